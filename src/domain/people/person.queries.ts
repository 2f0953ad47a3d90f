import type { Selectable } from 'kysely'
import type { DB } from '../../db/schema.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { say } from '../../locales/write.ts'

/** The acting person; a bug where the clock acts, since no command of a person is open to it. */
export function actingPerson(ctx: Ctx): PersonId {
  if (ctx.actor === 'clock') throw new Error('only a person can do this')
  return ctx.actor.person
}

export async function settingsOf(ctx: Ctx, person: PersonId): Promise<Selectable<DB['user_settings']>> {
  return ctx.db.selectFrom('user_settings').selectAll().where('user_id', '=', person).executeTakeFirstOrThrow()
}

/**
 * A person by username among those of the acting person's workspace: a name typed by hand finds nobody elsewhere.
 * @throws Refusal `missing`
 */
export async function personNamed(ctx: Ctx, username: string): Promise<PersonId> {
  if (ctx.actor === 'clock') throw new Error('only a person can do this')
  const found = await ctx.db
    .selectFrom('user')
    .innerJoin('workspace_member as m', 'm.user_id', 'user.id')
    .select('user.id')
    .where((e) => e.fn('lower', ['user.username']), '=', username.toLowerCase())
    .where('m.workspace_id', '=', ctx.actor.workspace)
    .executeTakeFirst()
  if (found === undefined) throw new Refusal('missing', 'people.unknown', { name: username })
  return found.id
}

/** People of the acting person's workspace whose username or display name begins with `typed`. */
export async function peopleStarting(ctx: Ctx, typed: string): Promise<readonly { username: string; displayName: string }[]> {
  if (ctx.actor === 'clock') return []
  const start = `${typed.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  return ctx.db
    .selectFrom('workspace_member as m')
    .innerJoin('user', 'user.id', 'm.user_id')
    .select(['user.username', 'user.display_name as displayName'])
    .where('m.workspace_id', '=', ctx.actor.workspace)
    .where((e) => e.fn('lower', ['user.username']), 'like', start)
    .orderBy((e) => e.fn('lower', ['user.username']))
    .limit(25)
    .execute()
}

/** The name others read; a bug where the person does not exist. */
export async function nameOf(ctx: Ctx, person: PersonId): Promise<string> {
  const row = await ctx.db.selectFrom('user').select('display_name').where('id', '=', person).executeTakeFirstOrThrow()
  return row.display_name
}

/** "Ada's room", in the person's language. */
export async function defaultRoomName(ctx: Ctx): Promise<string> {
  const { name, locale } = await ctx.db
    .selectFrom('user')
    .innerJoin('user_settings as s', 's.user_id', 'user.id')
    .leftJoin('identity as i', 'i.user_id', 'user.id')
    .select((e) => ['user.display_name as name', e.fn.coalesce('s.locale', 'i.locale').as('locale')])
    .where('user.id', '=', actingPerson(ctx))
    .executeTakeFirstOrThrow()
  return say('room.default-name', locale ?? 'en', { name })
}
