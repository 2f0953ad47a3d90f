import { setTimeout as wait } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../../src/db/schema.ts'
import type { Deed } from './traffic.ts'

/** Of whom, and when it was committed, in ms since 1970. */
type Recorded = { readonly account: string; readonly sign: string; readonly at: number }

/** Where every change that is written about somebody in voice is noted, in the same transaction. */
export async function noteRecords(db: Kysely<DB>): Promise<void> {
  await sql`create table recorded (n bigint generated always as identity, account text, sign text)`.execute(db)
}

/** Our own ledger notes by triggers: later changes of a row would hide when the earlier ones were committed. */
export async function noteLedger(db: Kysely<DB>): Promise<void> {
  const account = sql.raw("(select external_id from identity where user_id = i.user_id and platform = 'discord')")
  await sql`
    create function note_presence() returns trigger language plpgsql as $$ begin
      insert into recorded (account, sign) select ${account}, case when i.away_since is null then 'in ' || i.channel else 'left' end from (select new.*) i;
      return null; end $$`.execute(db)
  await sql`
    create function note_detail() returns trigger language plpgsql as $$ begin
      insert into recorded (account, sign) select ${account}, new.kind || case when new.ended_at is null then ' on' else ' off' end
      from presence_interval i where i.id = new.presence_id;
      return null; end $$`.execute(db)
  await sql`create trigger note_insert after insert on presence_interval for each row when (new.evidence = 'voice')
    execute function note_presence()`.execute(db)
  await sql`create trigger note_update after update on presence_interval for each row
    when ((old.away_since, old.channel) is distinct from (new.away_since, new.channel)) execute function note_presence()`.execute(db)
  await sql`create trigger note_detail after insert or update on presence_detail for each row execute function note_detail()`.execute(db)
}

/** On a machine that does much else, one transaction takes some seconds. */
const calmSeconds = 15
const patienceSeconds = 300

/** How many there are, `atLeast` so many, once no more have come for a while. */
export async function calm(db: Kysely<DB>, atLeast = 0): Promise<number> {
  let before = -1
  for (let waited = 0; waited < patienceSeconds; waited += calmSeconds) {
    const { rows } = await sql<{ count: number }>`select coalesce(max(n), 0)::int as count from recorded`.execute(db)
    const count = rows[0]?.count ?? 0
    if (count === before && count >= atLeast) return count
    before = count
    await wait(calmSeconds * 1000)
  }
  throw new Error(`after ${patienceSeconds} s ${before} are recorded, and it still writes`)
}

export async function recordsAfter(db: Kysely<DB>, n: number): Promise<readonly Recorded[]> {
  const { rows } = await sql<Recorded>`
    select account, sign, extract(epoch from pg_xact_commit_timestamp(xmin))::float8 * 1000 as at
    from recorded where n > ${n} and sign is not null order by n`.execute(db)
  return rows
}

/** Milliseconds from each deed until it was on record; never, where it is not. Of each account the records are in the order of its deeds. */
export function lateness(deeds: readonly Deed[], records: readonly Recorded[]): readonly number[] {
  const byAccount = Map.groupBy(records, ({ account }) => account)
  return deeds.flatMap(({ account, sign, sentAt }) => {
    if (sign === null) return []
    const own = byAccount.get(account) ?? []
    const nth = own.findIndex((record) => record.sign === sign)
    if (nth < 0) return [Number.POSITIVE_INFINITY]
    byAccount.set(account, own.slice(nth + 1))
    return [(own[nth]?.at ?? Number.POSITIVE_INFINITY) - sentAt]
  })
}
