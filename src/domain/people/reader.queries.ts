import type { Ctx, Platform } from '../../kernel/context.ts'
import type { PersonId, WorkspaceId } from '../../kernel/ids.ts'
import type { Locale } from '../../locales/text.ts'
import type { Reader } from '../../locales/write.ts'

export type Tongue = { readonly locale: Locale; readonly timezone: string; readonly platform: Platform }

/** A reader with the names of the people in the text; their mentions are those of the reader's platform. */
export async function readerOf(ctx: Ctx, { locale, timezone, platform }: Tongue, people: ReadonlySet<PersonId>): Promise<Reader> {
  return { locale, timezone, now: ctx.now, people: people.size === 0 ? new Map() : await namesOf(ctx, platform, [...people]), web: ctx.web }
}

async function namesOf(ctx: Ctx, platform: Platform, people: readonly PersonId[]): Promise<Reader['people']> {
  const found = await ctx.db
    .selectFrom('user')
    .leftJoin('identity', (join) =>
      join.onRef('identity.user_id', '=', 'user.id').on('identity.platform', '=', platform === 'slack' ? 'slack' : 'discord'),
    )
    .select(['user.id', 'user.display_name as name', 'identity.external_id'])
    .where('user.id', 'in', people)
    .execute()
  return new Map(found.map(({ id, name, external_id }) => [id, { name, mention: mentionOn(platform, external_id) }]))
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

/** The language and zone of a person, as chosen, else as the platform told it. */
export async function tongueOfPerson(ctx: Ctx, person: PersonId, platform: Exclude<Platform, 'web'>): Promise<Tongue> {
  const row = await ctx.db
    .selectFrom('user_settings as s')
    .leftJoin('identity as i', (join) => join.onRef('i.user_id', '=', 's.user_id').on('i.platform', '=', platform))
    .select(['s.locale', 's.timezone', 'i.locale as told_locale', 'i.timezone as told_timezone'])
    .where('s.user_id', '=', person)
    .executeTakeFirstOrThrow()
  return { locale: row.locale ?? row.told_locale ?? 'en', timezone: row.timezone ?? row.told_timezone ?? 'UTC', platform }
}
