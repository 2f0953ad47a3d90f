import { type Selectable, type SqlBool, sql } from 'kysely'
import type { DB } from '../../db/schema.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Locale, Text } from '../../locales/text.ts'
import { say } from '../../locales/write.ts'
import { isShown, shownName } from './visibility.queries.ts'
import { called } from './visibility.ts'

/** The acting person; a bug where the clock acts, since no command of a person is open to it. */
export function actingPerson(ctx: Ctx): PersonId {
  if (ctx.actor === 'clock') throw new Error('only a person can do this')
  return ctx.actor.person
}

export async function settingsOf(ctx: Ctx, person: PersonId): Promise<Selectable<DB['user_settings']>> {
  return ctx.db.selectFrom('user_settings').selectAll().where('user_id', '=', person).executeTakeFirstOrThrow()
}

/**
 * Those whom the acting person can name: members of their workspace, whoever sits in the same room or in a public one that is open
 * in their workspace, as far as everyone may read their names, and themselves.
 */
const reachable = (ctx: Ctx) => {
  if (ctx.actor === 'clock') throw new Error('only a person can do this')
  const { person, workspace } = ctx.actor
  return sql<SqlBool>`("user".id = ${person}::uuid or ${isShown('user.id')}) and (exists (select 1 from workspace_member m where m.user_id = "user".id and m.workspace_id = ${workspace}::uuid)
    or exists (select 1 from participant theirs join participant mine on mine.room_id = theirs.room_id and mine.left_at is null
      where theirs.user_id = "user".id and theirs.left_at is null and mine.user_id = ${person}::uuid)
    or exists (select 1 from participant theirs join room r on r.id = theirs.room_id and not r.is_private
      join room_binding b on b.room_id = r.id and b.workspace_id = ${workspace}::uuid
      where theirs.user_id = "user".id and theirs.left_at is null))`
}

/**
 * A person by username, by the name that others read where only one has it, or by id: nobody is found whom the acting person does
 * not share a place with, or may not see, and the answer is the same as for somebody who does not exist.
 * @throws Refusal `missing`, `conflict` where several people are called so
 */
export async function personNamed(ctx: Ctx, named: { readonly username: string } | { readonly person: PersonId }): Promise<PersonId> {
  const query = ctx.db.selectFrom('user').select('user.id').where(reachable(ctx))
  const found =
    'person' in named
      ? await query.where('user.id', '=', named.person).executeTakeFirst()
      : await query.where(sql<SqlBool>`lower("user".username) = lower(${named.username})`).executeTakeFirst()
  if (found !== undefined) return found.id
  if ('person' in named) throw new Refusal('missing', 'people.unknown', { name: '…' })
  const called = await query.select('username').where(sql<SqlBool>`lower(display_name) = lower(${named.username})`).limit(2).execute()
  const [only, other] = called
  if (only === undefined) throw new Refusal('missing', 'people.unknown', { name: named.username })
  if (other !== undefined)
    throw new Refusal('conflict', 'people.several', { name: named.username, one: only.username, other: other.username })
  return only.id
}

/** Whose chat account it is, or null where it was never seen. */
export async function personWith(ctx: Ctx, platform: 'discord' | 'slack', externalId: string): Promise<PersonId | null> {
  const row = await ctx.db
    .selectFrom('identity')
    .select('user_id')
    .where('platform', '=', platform)
    .where('external_id', '=', externalId)
    .executeTakeFirst()
  return row?.user_id ?? null
}

/** The acting person's accounts on a chat platform, by its ids. */
export async function accountsOf(ctx: Ctx, platform: 'discord' | 'slack'): Promise<readonly string[]> {
  const rows = await ctx.db
    .selectFrom('identity')
    .select('external_id')
    .where('user_id', '=', actingPerson(ctx))
    .where('platform', '=', platform)
    .execute()
  return rows.map(({ external_id }) => external_id)
}

/** People of the acting person's workspace whose username begins with `typed`: oneself, and those who may be named to everyone. */
export async function peopleStarting(ctx: Ctx, typed: string): Promise<readonly { username: string; displayName: string }[]> {
  if (ctx.actor === 'clock') return []
  const { person } = ctx.actor
  const start = `${typed.replace(/[\\%_]/g, '\\$&')}%`
  return ctx.db
    .selectFrom('workspace_member as m')
    .innerJoin('user', 'user.id', 'm.user_id')
    .select(['user.username', 'user.display_name as displayName'])
    .where('m.workspace_id', '=', ctx.actor.workspace)
    .where((e) => e.or([e('m.user_id', '=', person), isShown('m.user_id')]))
    .where(sql<SqlBool>`lower("user".username) like lower(${start})`)
    .orderBy((e) => e.fn('lower', ['user.username']))
    .limit(25)
    .execute()
}

/** How others read of a person; a bug where the person does not exist. */
export async function nameOf(ctx: Ctx, person: PersonId): Promise<Text> {
  const { name } = await ctx.db.selectFrom('user').select(shownName('user').as('name')).where('id', '=', person).executeTakeFirstOrThrow()
  return called(name)
}

/** A name that nobody typed, with the person whose name is in it. */
export type DefaultName = { readonly name: string; readonly after: PersonId | null }

/** "Ada's room", in the person's language; without a name where not everyone may read it. */
export async function defaultRoomName(ctx: Ctx): Promise<DefaultName> {
  const person = actingPerson(ctx)
  const { name } = await ctx.db.selectFrom('user').select(shownName('user').as('name')).where('id', '=', person).executeTakeFirstOrThrow()
  if (name === null) return { name: await unnamedRoom(ctx), after: null }
  return { name: say('room.default-name', await localeOf(ctx, person), { name }), after: person }
}

/** "Focus room", in the person's language. */
export const unnamedRoom = async (ctx: Ctx): Promise<string> => say('room.default-name.unnamed', await localeOf(ctx, actingPerson(ctx)))

async function localeOf(ctx: Ctx, person: PersonId): Promise<Locale> {
  const { locale } = await ctx.db
    .selectFrom('user_settings as s')
    .leftJoin('identity as i', 'i.user_id', 's.user_id')
    .select((e) => e.fn.coalesce('s.locale', 'i.locale').as('locale'))
    .where('s.user_id', '=', person)
    .executeTakeFirstOrThrow()
  return locale ?? 'en'
}
