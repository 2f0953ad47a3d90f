import { sql } from 'kysely'
import { rows } from '../db/rows.ts'
import { ownDay } from '../domain/people/calendar.queries.ts'
import { correctSession } from '../domain/sessions/correction.actions.ts'
import { after, days } from '../kernel/clock.ts'
import type { Tx } from '../kernel/context.ts'
import type { Dice } from './dice.ts'
import { longestSince } from './owner.ts'
import type { Resident } from './people.ts'

/** Some choose goals of their own, and days of rest, for all of their time here. */
export async function chooseGoals(tx: Tx, dice: Dice, residents: readonly Resident[]): Promise<void> {
  const [some] = residents
  if (some === undefined) return
  // Zones lie at most a day apart.
  const first = await ownDay(tx, some.id, after(tx.now, -days(2)))
  const goals = residents
    .filter(() => dice.chance(40))
    .map(({ id }) => ({ id, minutes: dice.pick([45, 60, 90, 180]) ?? 60, sessions: dice.between(3, 15) }))
  await sql`insert into user_goals (user_id, effective_day, daily_focus_minutes, weekly_sessions, created_at, updated_at)
    select id, ${first}::date, minutes, sessions, ${tx.now}, ${tx.now} from ${rows(goals, 'x', { id: 'uuid', minutes: 'int', sessions: 'int' })}`.execute(
    tx.db,
  )
  const rests = residents.filter(() => dice.chance(30)).map(({ id }) => ({ id, weekday: dice.between(6, 7) }))
  await sql`insert into rest_days (user_id, effective_day, weekdays, created_at)
    select id, ${first}::date, array[weekday], ${tx.now} from ${rows(rests, 'x', { id: 'uuid', weekday: 'int' })}`.execute(tx.db)
}

/** Everybody has a few lines on the list. */
export async function writeLists(tx: Tx, residents: readonly Resident[]): Promise<void> {
  const lines = residents.flatMap(({ id, aims }) =>
    [...new Set(aims)].map(({ text, subject }, n) => ({
      id,
      text,
      subject,
      created: after(tx.now, -days(n + 3)),
      done: n === 2 ? after(tx.now, -days(n)) : null,
    })),
  )
  const columns = { id: 'uuid', text: 'text', subject: 'text', created: 'timestamptz', done: 'timestamptz' }
  await sql`insert into todo (user_id, text, subject, created_at, done_at)
    select id, text, subject, created, done from ${rows(lines, 'x', columns)}`.execute(tx.db)
}

/** How it went, for most sessions since a moment that had an aim: told by their own facts, so that it is the same each time. */
export async function tellResults(tx: Tx, since: Date): Promise<void> {
  await sql`update session_history set result = case when dice < 5 then 'done' when dice < 7 then 'partly' else 'no' end
    from (select id, mod(seconds + extract(epoch from started_at)::bigint, 10) as dice from session_history where aim is not null and source in ('room', 'solo') and completed_at > ${since}::timestamptz) d
    where d.id = session_history.id and dice < 8`.execute(tx.db)
}

/** A moderator of the server halves the longest session of last week there. */
export async function correctOther(tx: Tx, residents: readonly Resident[]): Promise<void> {
  const moderator = residents.find(({ platform, role }) => platform === 'discord' && role === 'moderator')
  const workspace = moderator?.workspaces[0]
  if (moderator === undefined || workspace === undefined) return
  const whose = sql`workspace_id = ${workspace}::uuid and source = 'room' and user_id <> ${moderator.id}::uuid`
  const session = await longestSince(tx, whose, after(tx.now, -days(7)))
  if (session === null) return
  const acting = { ...tx, now: after(tx.now, -days(1)), actor: { person: moderator.id, workspace } }
  await correctSession(acting, session.id, Math.floor(session.seconds / 120), 'Was asleep, by their own words', workspace)
}
