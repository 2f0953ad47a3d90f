import type { Ctx } from '../../kernel/context.ts'
import type { PersonId, WorkspaceId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { hashOf, isSecret } from '../../kernel/token.ts'
import type { Locale } from '../../locales/text.ts'

export type LinkOwner = {
  readonly person: PersonId
  readonly workspace: WorkspaceId
  readonly name: string
  readonly workspaceName: string
}
/** `locale` and `timezone` are the person's own, else what a chat platform told; null where nobody has said. */
export type Login = LinkOwner & {
  readonly locale: Locale | null
  readonly timezone: string | null
  readonly theme: 'system' | 'light' | 'dark'
  readonly seenAt: Date
}

/** Whose account the link opens. Spends nothing, since link previews fetch links. Refused: missing, where it is spent, too old or none at all. */
export async function linkOwner(ctx: Ctx, token: string): Promise<LinkOwner> {
  const owner = isSecret(token) ? await openLink(ctx, hashOf(token)) : undefined
  if (!owner) throw new Refusal('missing', 'web.signin.spent')
  return owner
}

const openLink = (ctx: Ctx, hash: Buffer): Promise<LinkOwner | undefined> =>
  ctx.db
    .selectFrom('sign_in_link as link')
    .innerJoin('user', 'user.id', 'link.user_id')
    .innerJoin('workspace', 'workspace.id', 'link.workspace_id')
    .select(['link.user_id as person', 'link.workspace_id as workspace', 'user.display_name as name', 'workspace.name as workspaceName'])
    .where('link.token_hash', '=', hash)
    .where('link.spent_at', 'is', null)
    .where('link.expires_at', '>', ctx.now)
    .where('user.is_active', '=', true)
    .executeTakeFirst()

/** Who is signed in with this cookie, or null. */
export async function sessionOf(ctx: Ctx, cookie: string): Promise<Login | null> {
  if (!isSecret(cookie)) return null
  const login = await ctx.db
    .selectFrom('web_session as login')
    .innerJoin('user', 'user.id', 'login.user_id')
    .innerJoin('user_settings as settings', 'settings.user_id', 'login.user_id')
    .innerJoin('workspace', 'workspace.id', 'login.workspace_id')
    .select(['login.user_id as person', 'login.workspace_id as workspace', 'login.seen_at as seenAt'])
    .select(['user.display_name as name', 'workspace.name as workspaceName', 'settings.theme'])
    .select((e) => [
      e.fn
        .coalesce(
          'settings.locale',
          e
            .selectFrom('identity')
            .select('locale')
            .whereRef('user_id', '=', 'user.id')
            .where('locale', 'is not', null)
            .orderBy('created_at')
            .limit(1),
        )
        .as('locale'),
      e.fn
        .coalesce(
          'settings.timezone',
          e
            .selectFrom('identity')
            .select('timezone')
            .whereRef('user_id', '=', 'user.id')
            .where('timezone', 'is not', null)
            .orderBy('created_at')
            .limit(1),
        )
        .as('timezone'),
    ])
    .where('login.id_hash', '=', hashOf(cookie))
    .where('login.expires_at', '>', ctx.now)
    .where('user.is_active', '=', true)
    .executeTakeFirst()
  return login ?? null
}
