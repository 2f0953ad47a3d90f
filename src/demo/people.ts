import { sql } from 'kysely'
import { rows } from '../db/rows.ts'
import type { Role } from '../db/schema.ts'
import { guessedZone, usualDayStart } from '../domain/people/calendar.ts'
import { usernameFrom } from '../domain/people/person.ts'
import type { Line } from '../domain/todos/todo.ts'
import { after, days, hours } from '../kernel/clock.ts'
import type { Platform, Tx } from '../kernel/context.ts'
import { newId, type PersonId, type WorkspaceId } from '../kernel/ids.ts'
import type { Locale } from '../locales/text.ts'
import { aims } from './aims.ts'
import type { Dice } from './dice.ts'

type Stretch = { readonly from: Date; readonly to: Date }

/**
 * Somebody of the sample community. `diligence`: how likely they come on a day, in percent; `away`: when they are nowhere to be seen;
 * `freeFrom`: when they ended what they did last.
 */
export type Resident = {
  readonly id: PersonId
  readonly platform: Platform
  readonly workspaces: readonly WorkspaceId[]
  readonly diligence: number
  readonly huddles: boolean
  readonly aims: readonly Line[]
  readonly since: Date
  readonly role: Role
  readonly away: readonly Stretch[]
  freeFrom: Date
}

/** Whether somebody could be in a room, or at it by themselves, all this time. */
export const isFree = ({ since, freeFrom, away }: Resident, from: Date, to: Date): boolean =>
  since <= from && freeFrom <= from && !away.some((stretch) => stretch.from < to && from < stretch.to)

const koreanFamilies = ['김', '이', '박', '최', '정', '강', '조', '윤', '장', '임']
const koreanGiven = ['지민', '서연', '민준', '도윤', '하은', '예준', '수아', '시우', '지우', '채원', '은우']
const englishGiven = ['Ada', 'Ben', 'Grace', 'Noor', 'Łukasz', 'Zoë', 'Mateo', 'Priya', 'Tom', 'Ines', 'Kofi', 'Maya', 'Jonas']
const englishFamilies = ['Reed', 'Okafor', 'Lind', 'Silva', 'Haddad', 'Novak', 'Moore', 'Tanaka', 'Berg', 'Quinn', 'Varga']

/** The n-th name, different from all before it up to the 110th Korean and the 143rd English one. */
function nameOf(n: number, locale: Locale): string {
  const half = Math.floor(n / 2)
  const part = (list: readonly string[], step: number): string => list[step % list.length] ?? ''
  const families = locale === 'ko' ? koreanFamilies : englishFamilies
  const given = locale === 'ko' ? koreanGiven : englishGiven
  return locale === 'ko' ? `${part(families, half)}${part(given, half)}` : `${part(given, half)} ${part(families, half)}`
}

const zones = { ko: ['Asia/Seoul'], en: ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Sydney'] } as const

type Community = { readonly id: WorkspaceId; readonly platform: 'discord' | 'slack'; readonly size: number; readonly first: number }

/** Moves in everybody of one workspace, with their accounts there, each first seen somewhere in the weeks since `opened`. */
export async function moveIn(tx: Tx, dice: Dice, { id, platform, size, first }: Community, opened: Date): Promise<readonly Resident[]> {
  const people = Array.from({ length: size }, (_, n) => {
    const locale: Locale = (first + n) % 2 === 0 ? 'ko' : 'en'
    const earlyBird = n < 20 || dice.chance(70)
    const since = after(opened, earlyBird ? hours(dice.between(0, 20)) : days(dice.between(1, 60)))
    const role = n === 0 ? 'admin' : n < 4 ? 'moderator' : platform === 'slack' && n % 25 === 24 ? 'guest' : 'member'
    const timezone = dice.pick(zones[locale]) ?? 'UTC'
    return { id: newId<PersonId>(), name: nameOf(first + n, locale), number: first + n, locale, timezone, since, role } as const
  })
  const seen = ({ since }: { readonly since: Date }) => ({ created_at: since, updated_at: since })
  await tx.db
    .insertInto('user')
    .values(
      people.map((one) => ({
        id: one.id,
        username: usernameFrom(one.name),
        display_name: one.name,
        email: null,
        hashed_password: null,
        bio: null,
        first_used_at: one.since,
        ...seen(one),
      })),
    )
    .execute()
  await tx.db
    .insertInto('user_settings')
    .values(
      people.map((one) => ({
        user_id: one.id,
        timezone: null,
        locale: null,
        ping: dice.pick(['never', 'never', 'never', 'break', 'focus', 'both'] as const) ?? 'never',
        visibility:
          one.role === 'admin'
            ? 'everyone'
            : (dice.pick(['everyone', 'everyone', 'everyone', 'everyone', 'friends', 'me'] as const) ?? 'everyone'),
        updated_at: one.since,
      })),
    )
    .execute()
  const zone = ({ locale, timezone }: (typeof people)[number]): string => guessedZone(platform === 'slack' ? timezone : null, locale, null)
  await sql`insert into user_calendar (user_id, effective_from, timezone, day_start)
    select id, '-infinity', timezone, ${usualDayStart}::time
    from ${rows(
      people.map((one) => ({ id: one.id, timezone: zone(one) })),
      'x',
      { id: 'uuid', timezone: 'text' },
    )}`.execute(tx.db)
  await tx.db
    .insertInto('identity')
    .values(
      people.map((one) => ({
        user_id: one.id,
        platform,
        external_id: platform === 'slack' ? `demo:${one.number}` : `demo-${one.number}`,
        display_name: one.name,
        locale: one.locale,
        timezone: platform === 'slack' ? one.timezone : null,
        home_opened_at: null,
        created_at: one.since,
      })),
    )
    .execute()
  await tx.db
    .insertInto('workspace_member')
    .values(people.map((one) => ({ workspace_id: id, user_id: one.id, role: one.role, role_seen_at: one.since, joined_at: one.since })))
    .execute()
  return people.map((one) => ({
    id: one.id,
    platform,
    workspaces: [id],
    huddles: dice.chance(60),
    aims: Array.from({ length: 3 }, () => dice.pick(aims[one.locale])).flatMap((aim) => aim ?? []),
    away: [],
    diligence: dice.between(15, 75),
    since: one.since,
    role: one.role,
    freeFrom: one.since,
  }))
}
