import { sql } from 'kysely'
import type { Ctx, Platform } from '../../kernel/context.ts'
import type { PersonId, WorkspaceId } from '../../kernel/ids.ts'
import type { Locale } from '../../locales/text.ts'
import { type Reader, say } from '../../locales/write.ts'
import { zoneAt } from './calendar.queries.ts'
import { shownName } from './visibility.queries.ts'

/** `theme` is there where the person chose one: pictures in a chat follow it. */
export type Tongue = { readonly locale: Locale; readonly timezone: string; readonly platform: Platform; readonly theme?: 'light' | 'dark' }

/** The theme as a tongue carries it. */
export const themed = (theme: 'system' | 'light' | 'dark'): Pick<Tongue, 'theme'> => (theme === 'system' ? {} : { theme })

/** A reader with the names of the people in the text, as far as everyone may read them; their mentions are those of the reader's platform. */
export async function readerOf(ctx: Ctx, { platform, locale, timezone, theme }: Tongue, people: ReadonlySet<PersonId>): Promise<Reader> {
  const names = people.size === 0 ? new Map() : await namesOf(ctx, platform, locale, [...people])
  return { locale, timezone, now: ctx.now, people: names, web: ctx.web, ...themed(theme ?? 'system') }
}

async function namesOf(ctx: Ctx, platform: Platform, locale: Locale, people: readonly PersonId[]): Promise<Reader['people']> {
  const found = await ctx.db
    .selectFrom('user')
    .leftJoin('identity', (join) =>
      join.onRef('identity.user_id', '=', 'user.id').on('identity.platform', '=', platform === 'slack' ? 'slack' : 'discord'),
    )
    .select(['user.id', shownName('user').as('name'), 'identity.external_id'])
    .where('user.id', 'in', people)
    .execute()
  return new Map(
    found.map(({ id, name, external_id }) => [
      id,
      name === null ? { name: say('people.somebody', locale), mention: null } : { name, mention: mentionOn(platform, external_id) },
    ]),
  )
}

/** What the platform writes for a mention; Slack knows a person by the second half of our id. */
function mentionOn(platform: Platform, external: string | null): string | null {
  if (external === null || platform === 'web') return null
  return `<@${platform === 'slack' ? external.slice(external.indexOf(':') + 1) : external}>`
}

/** The language of what is said to everyone in a workspace. */
export async function tongueOf(ctx: Ctx, workspace: WorkspaceId): Promise<Tongue> {
  const row = await ctx.db.selectFrom('workspace').select(['locale', 'platform']).where('id', '=', workspace).executeTakeFirstOrThrow()
  return { locale: row.locale ?? 'en', timezone: 'UTC', platform: row.platform }
}

/** The language and zone of a person, as chosen, else as the platform told it; the zone else as guessed. */
export async function tongueOfPerson(ctx: Ctx, person: PersonId, platform: Exclude<Platform, 'web'>): Promise<Tongue> {
  const row = await ctx.db
    .selectFrom('user_settings as s')
    .leftJoin('identity as i', (join) => join.onRef('i.user_id', '=', 's.user_id').on('i.platform', '=', platform))
    .select(['s.locale', 's.theme', 'i.locale as told_locale'])
    .select(sql<string>`coalesce(s.timezone, i.timezone, ${zoneAt(sql`s.user_id`, ctx.now)})`.as('timezone'))
    .where('s.user_id', '=', person)
    .executeTakeFirstOrThrow()
  const locale = row.locale ?? row.told_locale ?? 'en'
  return { locale, timezone: row.timezone, platform, ...themed(row.theme) }
}
