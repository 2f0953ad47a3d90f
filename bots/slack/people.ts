import type { WebClient } from '@slack/web-api'
import type { Answer, Asked, Caller } from '../../src/commands/perform.ts'
import type { Role } from '../../src/db/schema.ts'
import { minutes } from '../../src/kernel/clock.ts'
import type { App } from '../../src/kernel/context.ts'
import type { Locale } from '../../src/locales/text.ts'
import { type Cache, createCache } from './cache.ts'
import type { Installed } from './installed.ts'
import { troubleOf } from './refusals.ts'

/** A Slack account as the payload names it. `team` is its home, which in a shared channel may be another workspace. */
export type Account = { readonly team: string; readonly user: string; readonly name: string }

type Profile = { readonly displayName: string; readonly locale: Locale | null; readonly timezone: string | null; readonly role: Role }
type Remembered = Profile & { readonly isUnasked?: boolean }
type UserInfo = NonNullable<Awaited<ReturnType<WebClient['users']['info']>>['user']>

const profileMilliseconds = minutes(10)
const mostProfiles = 10_000

export const externalId = (account: Pick<Account, 'team' | 'user'>): string => `${account.team}:${account.user}`

export function accountFrom(external: string, name: string): Account {
  const [team = '', user = ''] = external.split(':')
  return { team, user, name }
}

/** What we tell the domain of somebody in Slack. `isUnasked`: Slack could not be asked, so they are taken for a guest, true or not. */
export type SlackCaller = Extract<Caller, { readonly sighting: unknown }> & { readonly isUnasked: boolean }

/** Who acts, with name, language, zone and role as Slack knows them, asked at most every ten minutes a person. */
export type People = { caller(installed: Installed, account: Account): Promise<SlackCaller> }

export function createPeople(app: App): People {
  const profiles = createCache<Profile>(app.clock.now, profileMilliseconds, mostProfiles)
  return {
    caller: async (installed, account) => {
      const { role, isUnasked = false, ...seen }: Remembered = await profileOf(app, profiles, installed, account)
      const workspace = { platform: 'slack', externalId: installed.team, name: installed.name, role } as const
      return { sighting: { platform: 'slack', externalId: externalId(account), ...seen }, workspace, isUnasked }
    },
  }
}

/** A refusal of somebody whom we took for a guest says why, so that a member is not told that they are none. */
export function explained<T extends Answer | Asked>({ isUnasked }: SlackCaller, answer: T): T {
  if (!isUnasked || 'form' in answer || answer.outcome !== 'refused') return answer
  const why = { kind: 'lines', lines: [{ key: 'slack.unasked' }] } as const
  return { ...answer, screen: { ...answer.screen, blocks: [why, ...answer.screen.blocks] } }
}

async function profileOf(app: App, profiles: Cache<Profile>, installed: Installed, account: Account): Promise<Remembered> {
  const key = `${installed.team} ${externalId(account)}`
  const known = profiles.fresh(key)
  if (known) return known
  try {
    const { user } = await installed.client.users.info({ user: account.user, include_locale: true })
    if (user) {
      const profile = profileFrom(user, account, installed.team)
      profiles.keep(key, profile)
      return profile
    }
  } catch (error) {
    const trouble = troubleOf(error)
    if (trouble.kind === 'uninstalled') await installed.leave(trouble.code)
  }
  return profiles.stale(key) ?? (await remembered(app, installed, account))
}

/**
 * Somebody about whom Slack could not be asked, as we knew them last. They are a member at most, and where we never met a guest,
 * so that a failed look-up opens no door.
 */
async function remembered(app: App, installed: Installed, account: Account): Promise<Remembered> {
  const known = await app.read((ctx) =>
    ctx.db
      .selectFrom('identity as i')
      .leftJoin('workspace_member as m', (join) => join.onRef('m.user_id', '=', 'i.user_id').on('m.workspace_id', '=', installed.workspace))
      .select(['i.display_name', 'm.role'])
      .where('i.platform', '=', 'slack')
      .where('i.external_id', '=', externalId(account))
      .executeTakeFirst(),
  )
  const role = known?.role && known.role !== 'guest' ? 'member' : 'guest'
  return { displayName: known?.display_name ?? account.name, locale: null, timezone: null, role, isUnasked: role === 'guest' }
}

const profileFrom = (user: UserInfo, account: Account, team: string): Profile => ({
  displayName: [user.profile?.display_name, user.profile?.real_name, user.real_name, user.name].find((name) => name) ?? account.name,
  locale: localeFrom(user.locale),
  timezone: user.tz ?? null,
  role: roleOf(user, account.team !== team),
})

function roleOf(user: UserInfo, isFromElsewhere: boolean): Role {
  if (isFromElsewhere || user.is_stranger || user.is_restricted || user.is_ultra_restricted) return 'guest'
  return user.is_admin || user.is_owner || user.is_primary_owner ? 'admin' : 'member'
}

/** Slack says `ko-KR`; whoever reads another language than ours reads English. */
const localeFrom = (told: string | undefined): Locale | null => (told === undefined ? null : told.startsWith('ko') ? 'ko' : 'en')
