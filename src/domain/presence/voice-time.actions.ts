import { type RawBuilder, sql } from 'kysely'
import { rows } from '../../db/rows.ts'
import { after, seconds } from '../../kernel/clock.ts'
import type { Ctx, Tx } from '../../kernel/context.ts'
import { newId, type OutageId, type PersonId, type PresenceId, type SoloId, type WorkspaceId } from '../../kernel/ids.ts'
import { asMuchAsFits, type Portion } from '../../kernel/portion.ts'
import { creditedUntil, unwrittenFrom } from '../sessions/earned.queries.ts'
import { creditSolo } from '../sessions/session.actions.ts'
import type { VoiceChannel } from '../voice/voice.ts'
import { awaySeconds } from './presence.ts'

/** Time in a voice channel without a room that begins; in the AFK channel it is recorded and never counts. */
export type VoiceTime = {
  readonly person: PersonId
  readonly workspace: WorkspaceId
  readonly kind: 'voice' | 'afk'
  readonly channel: VoiceChannel
  readonly at: Date
}

const columns = {
  solo: 'uuid',
  presence: 'uuid',
  person: 'uuid',
  workspace: 'uuid',
  kind: 'text',
  channel: 'text',
  name: 'text',
  at: 'timestamptz',
}

export async function openVoiceTime(tx: Tx, begun: readonly VoiceTime[]): Promise<void> {
  if (begun.length === 0) return
  const list = begun.map(({ channel, ...time }) => ({
    ...time,
    solo: newId<SoloId>(),
    presence: newId<PresenceId>(),
    channel: channel.id,
    name: channel.name.slice(0, 100),
  }))
  await sql`insert into solo_session (id, user_id, workspace_id, kind, channel, channel_name, started_at)
    select solo, person, workspace, kind, channel, nullif(name, ''), ${unwrittenFrom(sql`person`, sql`at`)} from ${rows(list, 'x', columns)}`.execute(
    tx.db,
  )
  await sql`insert into presence_interval (id, user_id, solo_id, workspace_id, channel, evidence, started_at)
    select presence, person, solo, workspace, channel, 'voice', ${unwrittenFrom(sql`person`, sql`at`)} from ${rows(list, 'x', columns)}`.execute(
    tx.db,
  )
}

/** Voice time of those who left and did not come back within a minute ended when they left. */
export function endLeftVoiceTime(tx: Tx, portion: Portion): Promise<number> {
  const gone = sql<boolean>`i.away_since <= ${after(tx.now, -seconds(awaySeconds))}::timestamptz`
  return endVoiceTime(tx, gone, sql`i.away_since`, { portion })
}

/** The same of these presences, whenever it was. */
export async function endLeftVoiceTimeOf(tx: Tx, presences: readonly PresenceId[]): Promise<void> {
  if (presences.length === 0) return
  await endVoiceTime(tx, sql<boolean>`i.id = any(${presences as PresenceId[]}::uuid[]) and i.away_since is not null`, sql`i.away_since`)
}

/** When the next of them is due. */
export async function nextLeftVoiceTime(ctx: Ctx): Promise<Date | null> {
  const next = await ctx.db
    .selectFrom('presence_interval')
    .select('away_since')
    .where('away_since', 'is not', null)
    .where('ended_at', 'is', null)
    .where('solo_id', 'is not', null)
    .orderBy('away_since')
    .limit(1)
    .executeTakeFirst()
  return next?.away_since ? after(next.away_since, seconds(awaySeconds)) : null
}

/** Ends people's voice time in a workspace each: they are seen in one of its rooms from then on. */
export async function endVoiceTimeOf(
  tx: Tx,
  seen: readonly { readonly person: PersonId; readonly workspace: WorkspaceId; readonly at: Date }[],
): Promise<void> {
  if (seen.length === 0) return
  const theirs = sql`select x.at from ${rows(seen, 'x', { person: 'uuid', workspace: 'uuid', at: 'timestamptz' })}
    where x.person = i.user_id and x.workspace = i.workspace_id`
  const people = seen.map(({ person }) => person)
  await endVoiceTime(tx, sql<boolean>`i.user_id = any(${people}::uuid[]) and exists (${theirs})`, sql`least(i.away_since, (${theirs}))`)
}

/** Ends voice time with an outage, where the platform was last seen: nobody can say what was between then and now. */
export async function endVoiceTimeIn(tx: Tx, which: RawBuilder<boolean>, outage: OutageId, at: Date): Promise<void> {
  for (let ended = batch; ended === batch; ) ended = await endVoiceTime(tx, which, sql`least(i.away_since, ${at}::timestamptz)`, { outage })
}

const batch = 500

/** Ends and credits, at most a batch. One that somebody else is just changing is left to them, unless it ends with an outage. */
async function endVoiceTime(
  tx: Tx,
  which: RawBuilder<boolean>,
  at: RawBuilder<unknown>,
  { outage = null, portion: { skip, most } = asMuchAsFits }: { readonly outage?: OutageId | null; readonly portion?: Portion } = {},
): Promise<number> {
  const ended = await sql<{ id: SoloId }>`
    with due as (
      select i.id, i.solo_id, greatest(${creditedUntil('i')}, ${at}) as at from presence_interval i join solo_session o on o.id = i.solo_id
      where i.ended_at is null and o.kind in ('voice', 'afk') and ${which}
      order by i.id limit ${Math.min(batch, most)} offset ${skip} for update of i ${outage === null ? sql`skip locked` : sql``}
    ), closed as (
      update presence_interval i set ended_at = due.at, outage_id = ${outage}::uuid from due where i.id = due.id
    ), done as (
      update presence_detail d set ended_at = greatest(d.started_at, due.at) from due where d.presence_id = due.id and d.ended_at is null
    )
    update solo_session o set state = 'ended', ended_at = due.at from due where o.id = due.solo_id returning o.id`.execute(tx.db)
  await creditSolo(
    tx,
    ended.rows.map(({ id }) => id),
  )
  return ended.rows.length
}
