import { sql } from 'kysely'
import type { Role } from '../db/schema.ts'
import { attachHours } from '../domain/imports/given.actions.ts'
import { zoneAt } from '../domain/people/calendar.queries.ts'
import { meet, seeUse } from '../domain/people/person.actions.ts'
import { displayNameFrom, type Sighting } from '../domain/people/person.ts'
import { themed } from '../domain/people/reader.queries.ts'
import { countInWorkspaces } from '../domain/sessions/count.actions.ts'
import { installWorkspace, seeMember } from '../domain/workspaces/workspace.actions.ts'
import { home, type WorkspaceSighting } from '../domain/workspaces/workspace.ts'
import { after, minutes, seconds } from '../kernel/clock.ts'
import type { App, Platform } from '../kernel/context.ts'
import type { PersonId, WorkspaceId } from '../kernel/ids.ts'
import type { Locale } from '../locales/text.ts'

/** Who asks: as the platform told it, or as the signed cookie of the web says. */
export type Caller =
  | { readonly sighting: Sighting; readonly workspace: WorkspaceSighting | null }
  | { readonly person: PersonId; readonly workspace: WorkspaceId }

/** The caller as somebody we know. */
export type Known = {
  readonly person: PersonId
  readonly workspace: WorkspaceId
  readonly platform: Platform
  readonly locale: Locale
  readonly timezone: string
  readonly theme?: 'light' | 'dark'
  /** What precedes a user id of the caller's platform in our external ids: the team on Slack. */
  readonly prefix: string
  /** They check in, and gave no sign for a while or since the timer moved: what they do now is one. */
  readonly isSilent: boolean
}

/** A role told again is written down only when it changed or grew this old: the web trusts it for 15 minutes. */
const roleFreshMilliseconds = minutes(5)

/** Makes or finds the person, the workspace and their membership; an unchanged caller costs one query and writes nothing. */
export async function identify(app: App, caller: Caller): Promise<Known> {
  if ('person' in caller) return knownOnWeb(app, caller.person, caller.workspace)
  const { sighting, workspace } = caller
  const seen = workspace ?? { platform: home.platform, externalId: home.external_id, name: home.name, role: 'member' as const }
  const row = await find(app, sighting, seen.platform, seen.externalId)
  const fresh =
    row !== undefined &&
    row.used_at !== null &&
    row.display_name === displayNameFrom(sighting.displayName) &&
    isFresh(row, seen, app.clock.now())
  if (fresh && (sighting.locale === null || sighting.locale === row.told_locale)) return known(row, sighting)
  await app.write('clock', null, async (tx) => {
    const id = row?.workspace ?? (await installWorkspace(tx, seen))
    const person = await meet(tx, sighting, id)
    if (await seeUse(tx, person)) await countInWorkspaces(tx, person, 1)
    if (row === undefined || row.role === null || !isFresh(row, seen, tx.now)) {
      if (seen.platform !== 'web' || row?.role == null) await seeMember(tx, id, person, seen.role)
    }
    if (sighting.platform === 'discord') await attachHours(tx, person)
  })
  const met = await find(app, sighting, seen.platform, seen.externalId)
  if (met === undefined) throw new Error('somebody who was just met is known')
  return known(met, sighting)
}

type Row = {
  person: PersonId
  workspace: WorkspaceId
  display_name: string
  locale: Locale | null
  told_locale: Locale | null
  timezone: string
  theme: 'system' | 'light' | 'dark'
  role: Role | null
  role_seen_at: Date | null
  silent: boolean
  /** When they first used the product; null for one who was only seen or named. */
  used_at: Date | null
}

/** A sign this fresh, in milliseconds, is as good as a new one. */
const signFreshMilliseconds = seconds(20)

const isSilent = (person: string, now: Date) => sql<boolean>`exists (select from presence_interval p join timer t on t.room_id = p.room_id
  where p.user_id = ${sql.ref(person)} and p.ended_at is null and p.last_sign_at < greatest(t.updated_at, ${after(now, -signFreshMilliseconds)}::timestamptz))`

/** The zone in which times are read: as chosen, else as the platform told it, else as guessed. */
const zoneRead = (person: string, now: Date) => sql<string>`coalesce(s.timezone, i.timezone, ${zoneAt(sql.ref(person), now)})`

const find = (app: App, sighting: Sighting, platform: Platform, workspace: string): Promise<Row | undefined> =>
  app.database.lookout
    .selectFrom('identity as i')
    .innerJoin('user_settings as s', 's.user_id', 'i.user_id')
    .innerJoin('user as u', 'u.id', 'i.user_id')
    .innerJoin('workspace as w', (join) => join.on('w.platform', '=', platform).on('w.external_id', '=', workspace))
    .leftJoin('workspace_member as m', (join) => join.onRef('m.user_id', '=', 'i.user_id').onRef('m.workspace_id', '=', 'w.id'))
    .select(['i.user_id as person', 'w.id as workspace', 'i.display_name', 's.locale', 'i.locale as told_locale', 's.theme'])
    .select('u.first_used_at as used_at')
    .select(zoneRead('i.user_id', app.clock.now()).as('timezone'))
    .select(['m.role', 'm.role_seen_at', isSilent('i.user_id', app.clock.now()).as('silent')])
    .where('i.platform', '=', sighting.platform)
    .where('i.external_id', '=', sighting.externalId)
    .where('w.uninstalled_at', 'is', null)
    .executeTakeFirst()

/** Membership of Home is ours to give, so its role never grows old. */
function isFresh(row: Row, seen: { readonly platform: Platform; readonly role: Role }, now: Date): boolean {
  if (row.role === null || row.role_seen_at === null) return false
  if (seen.platform === 'web') return true
  return row.role === seen.role && row.role_seen_at > after(now, -roleFreshMilliseconds)
}

const known = (row: Row, sighting: Sighting): Known => ({
  person: row.person,
  workspace: row.workspace,
  platform: sighting.platform,
  locale: row.locale ?? row.told_locale ?? sighting.locale ?? 'en',
  timezone: row.timezone,
  ...themed(row.theme),
  prefix: sighting.externalId.slice(0, sighting.externalId.indexOf(':') + 1),
  isSilent: row.silent,
})

async function knownOnWeb(app: App, person: PersonId, workspace: WorkspaceId): Promise<Known> {
  const row = await app.database.lookout
    .selectFrom('user_settings as s')
    .innerJoin('user as u', 'u.id', 's.user_id')
    .leftJoin('identity as i', 'i.user_id', 's.user_id')
    .select([
      'u.first_used_at',
      's.locale',
      'i.locale as told_locale',
      zoneRead('s.user_id', app.clock.now()).as('timezone'),
      isSilent('s.user_id', app.clock.now()).as('silent'),
    ])
    .where('s.user_id', '=', person)
    .orderBy('i.created_at')
    .executeTakeFirstOrThrow()
  if (row.first_used_at === null)
    await app.write('clock', null, async (tx) => {
      if (await seeUse(tx, person)) await countInWorkspaces(tx, person, 1)
    })
  const locale = row.locale ?? row.told_locale ?? 'en'
  return {
    person,
    workspace,
    platform: 'web',
    locale,
    timezone: row.timezone,
    prefix: '',
    isSilent: row.silent,
  }
}
