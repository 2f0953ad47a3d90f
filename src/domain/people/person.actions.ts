import { sql, type Updateable } from 'kysely'
import type { DB } from '../../db/schema.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId, WorkspaceId } from '../../kernel/ids.ts'
import { beginCalendar, type CalendarChange, changeCalendar, checkCalendar, type Origin } from './calendar.actions.ts'
import { actingPerson } from './person.queries.ts'
import { displayNameFrom, isTimezone, type Sighting, usernameFrom } from './person.ts'

/**
 * The person behind a chat account: made with identity and settings on first sight, renamed when the platform renames them.
 * Two first sights at once make one person. `workspace` is where they were seen.
 */
export async function meet(tx: Tx, sighting: Sighting, workspace: WorkspaceId | null = workspaceOf(tx)): Promise<PersonId> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`identity ${sighting.platform} ${sighting.externalId}`}, 0))`.execute(tx.db)
  const displayName = displayNameFrom(sighting.displayName)
  const known = await tx.db
    .selectFrom('identity')
    .select(['id', 'user_id', 'display_name', 'locale', 'timezone'])
    .where('platform', '=', sighting.platform)
    .where('external_id', '=', sighting.externalId)
    .executeTakeFirst()
  const timezone = sighting.timezone !== null && isTimezone(sighting.timezone) ? sighting.timezone : null
  if (known === undefined) return introduce(tx, { ...sighting, displayName, timezone }, workspace)
  const seen = { display_name: displayName, locale: sighting.locale ?? known.locale, timezone: timezone ?? known.timezone }
  if (seen.display_name !== known.display_name || seen.locale !== known.locale || seen.timezone !== known.timezone) {
    await tx.db.updateTable('identity').set(seen).where('id', '=', known.id).execute()
    await tx.db.updateTable('user').set({ display_name: displayName, updated_at: tx.now }).where('id', '=', known.user_id).execute()
  }
  return known.user_id
}

/**
 * Whoever uses the product for the first time is no longer a stranger: what was recorded of them is theirs to see.
 * @returns whether it is the first time
 */
export async function seeUse(tx: Tx, person: PersonId): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('user')
    .set({ first_used_at: tx.now })
    .where('id', '=', person)
    .where('first_used_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

const workspaceOf = ({ actor }: Tx): WorkspaceId | null => (actor === 'clock' ? null : actor.workspace)

async function introduce(tx: Tx, sighting: Sighting, workspace: WorkspaceId | null): Promise<PersonId> {
  const person = await addPerson(tx, sighting.displayName, { ...sighting, workspace })
  await tx.db
    .insertInto('identity')
    .values({
      user_id: person,
      platform: sighting.platform,
      external_id: sighting.externalId,
      display_name: sighting.displayName,
      locale: sighting.locale,
      timezone: sighting.timezone,
      home_opened_at: null,
      created_at: tx.now,
    })
    .execute()
  return person
}

/** A new person with settings and a calendar. The username comes from the display name; a number is added where it is taken. */
export async function addPerson(tx: Tx, displayName: string, origin: Origin, isAdmin = false): Promise<PersonId> {
  const wanted = usernameFrom(displayName)
  for (let number = await firstFreeNumber(tx, wanted); ; number += 1) {
    const username = number === 1 ? wanted : `${wanted}${number}`
    const made = await tx.db
      .insertInto('user')
      .values({
        username,
        display_name: displayNameFrom(displayName),
        email: null,
        hashed_password: null,
        bio: null,
        is_admin: isAdmin,
        created_at: tx.now,
        updated_at: tx.now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (made === undefined) continue
    await tx.db.insertInto('user_settings').values({ user_id: made.id, timezone: null, locale: null, updated_at: tx.now }).execute()
    await beginCalendar(tx, made.id, origin)
    return made.id
  }
}

/** One more than the highest number that stands behind this name. The database folds and counts letters, as its index does. */
async function firstFreeNumber(tx: Tx, wanted: string): Promise<number> {
  const number = sql`substr(lower(username), length(lower(${wanted})) + 1)`
  const taken = await tx.db
    .selectFrom('user')
    .select(sql<number>`coalesce(max(nullif(${number}, '')::bigint), 1)::float8`.as('highest'))
    .where(sql`lower(username)`, 'like', sql<string>`lower(${`${wanted.replace(/[\\%_]/g, '\\$&')}%`})`)
    .where(number, '~', '^[0-9]{0,5}$')
    .having((e) => e.fn.countAll(), '>', 0)
    .executeTakeFirst()
  return taken === undefined ? 1 : taken.highest + 1
}

const startOf = ({ dayStart }: CalendarChange): SettingsChange => (dayStart === undefined ? {} : { day_start: dayStart })

export type SettingsChange = Omit<Updateable<DB['user_settings']>, 'user_id' | 'updated_at'>

/**
 * Changes the acting person's settings. The zone and the start of the day are those of the calendar too, as `changeCalendar` says.
 * @returns from when a changed calendar counts; null where it counts already
 * @throws Refusal `invalid` for a zone that is none or a start of the day that is none
 */
export async function changeSettings(tx: Tx, change: SettingsChange): Promise<Date | null> {
  const { timezone, day_start: dayStart } = change
  const asked = { ...(typeof timezone === 'string' ? { timezone } : {}), ...(dayStart === undefined ? {} : { dayStart }) }
  const calendar = await checkCalendar(tx, asked)
  const from = Object.keys(calendar).length === 0 ? null : await changeCalendar(tx, calendar)
  await tx.db
    .updateTable('user_settings')
    .set({
      ...change,
      ...(calendar.timezone === undefined ? {} : { timezone: calendar.timezone }),
      ...startOf(calendar),
      updated_at: tx.now,
    })
    .where('user_id', '=', actingPerson(tx))
    .execute()
  return from
}
