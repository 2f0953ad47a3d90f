import { sql } from 'kysely'
import { graveyard } from '../../deliveries/failures.ts'
import { schema } from '../../deliveries/worker.ts'
import { after, days } from '../../kernel/clock.ts'
import type { Ctx, Platform } from '../../kernel/context.ts'

/** How the installation is, for whoever runs it. */
export type Health = {
  readonly databaseBytes: number
  readonly connections: number
  readonly mostConnections: number
  readonly waiting: number
  /** Seconds that the job waits which is due longest; 0 where none is due. */
  readonly oldestSeconds: number
  /** Whose process works that job. */
  readonly oldestRole: 'worker' | 'discord' | 'slack'
  readonly givenUp: number
  /** By how much the clock of the database is ahead of ours, in seconds. */
  readonly skewSeconds: number
  readonly outages: readonly { readonly platform: Platform; readonly from: Date; readonly to: Date | null }[]
}

export async function healthNow(ctx: Ctx): Promise<Health> {
  const jobs = sql.table(`${schema}.job`)
  const databaseNow = sql.raw(`${schema}.job_now()`)
  const { rows } = await sql<Omit<Health, 'outages'>>`
    with due as (select name, start_after from ${jobs} where state < 'active' and start_after <= ${databaseNow} and name <> ${graveyard})
    select pg_database_size(current_database())::float8 as "databaseBytes",
      (select count(*)::int from pg_stat_activity where datname = current_database()) as connections,
      current_setting('max_connections')::int as "mostConnections",
      (select count(*)::int from due) as waiting,
      coalesce((select extract(epoch from ${databaseNow} - min(start_after)) from due), 0)::float8 as "oldestSeconds",
      coalesce((select case split_part(name, '-', 1) when 'discord' then 'discord' when 'slack' then 'slack' else 'worker' end
        from due order by start_after limit 1), 'worker') as "oldestRole",
      (select count(*)::int from ${jobs} j where j.name = ${graveyard} and j.created_on > ${after(ctx.now, -days(7))}) as "givenUp",
      extract(epoch from ${databaseNow} - ${ctx.now}::timestamptz)::float8 as "skewSeconds"`.execute(ctx.db)
  const [now] = rows
  if (now === undefined) throw new Error('a query without a table gives one row')
  const outages = await ctx.db
    .selectFrom('outage')
    .select(['platform', 'started_at as from', 'ended_at as to'])
    .orderBy('started_at', 'desc')
    .limit(5)
    .execute()
  return { ...now, outages }
}
