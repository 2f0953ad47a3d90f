import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import type { PersonId, RoomId } from '../../kernel/ids.ts'
import { unseal } from '../../kernel/seal.ts'
import type { Grant, Wanted } from './status.ts'

/** The living rights of a person, one for each of their Slack accounts that gave it; those that `key` does not open are left out. */
export async function grantsOf(ctx: Ctx, key: Buffer, person: PersonId): Promise<readonly Grant[]> {
  const rows = await ctx.db
    .selectFrom('slack_person_token as t')
    .innerJoin('identity as i', 'i.id', 't.identity_id')
    .select([
      't.identity_id as identity',
      'i.external_id',
      't.sealed',
      't.status_text',
      't.status_emoji',
      't.status_until',
      't.snoozed_until',
    ])
    .where('i.user_id', '=', person)
    .where('t.revoked_at', 'is', null)
    .execute()
  return rows.flatMap(({ identity, external_id, sealed, status_text: text, status_emoji: emoji, status_until: until, snoozed_until }) => {
    const token = unseal(sealed, external_id, key)
    const [team = '', user = ''] = external_id.split(':')
    const status = text === null || until === null ? null : { text, emoji: emoji ?? '', until }
    return token === null ? [] : [{ identity, person, team, user, token, status, snoozedUntil: snoozed_until }]
  })
}

/** Whether the person's Slack account may be given a status: null where they have none in Slack. */
export async function slackConnection(ctx: Ctx, person: PersonId): Promise<'connected' | 'open' | null> {
  const accounts = await ctx.db
    .selectFrom('identity as i')
    .leftJoin('slack_person_token as t', (join) => join.onRef('t.identity_id', '=', 'i.id').on('t.revoked_at', 'is', null))
    .select('t.identity_id')
    .where('i.user_id', '=', person)
    .where('i.platform', '=', 'slack')
    .execute()
  if (accounts.length === 0) return null
  return accounts.some(({ identity_id }) => identity_id !== null) ? 'connected' : 'open'
}

/** What the person wants Slack to show while they focus now; null where they don't focus. A pause or a break is no focus. */
export async function wantedStatus(ctx: Ctx, person: PersonId): Promise<Wanted | null> {
  const { rows } = await sql<Wanted>`
    select f.until, s.slack_status as status, s.slack_snooze as snooze from user_settings s, lateral (
      select t.ends_at as until from participant p join timer t on t.room_id = p.room_id
        where p.user_id = s.user_id and p.left_at is null and t.status = 'running' and t.phase_type = 'work'
      union all
      select ends_at from solo_session where user_id = s.user_id and kind = 'self-run' and state = 'running') f
    where s.user_id = ${person}::uuid and f.until > ${ctx.now}
    order by f.until desc limit 1`.execute(ctx.db)
  return rows[0] ?? null
}

/** Of these people and of those in these rooms, everybody whose Slack may have to show something else now. */
export async function peopleShown(ctx: Ctx, rooms: readonly RoomId[], people: readonly PersonId[]): Promise<readonly PersonId[]> {
  const { rows } = await sql<{ person: PersonId }>`
    select distinct i.user_id as person from slack_person_token t
    join identity i on i.id = t.identity_id
    join user_settings s on s.user_id = i.user_id
    where t.revoked_at is null and (s.slack_status or s.slack_snooze or t.status_text is not null or t.snoozed_until is not null)
      and i.user_id in (
        select unnest(${people as PersonId[]}::uuid[])
        union select p.user_id from participant p where p.room_id = any(${[...new Set(rooms)]}::uuid[]) and p.left_at is null)`.execute(
    ctx.db,
  )
  return rows.map(({ person }) => person)
}
