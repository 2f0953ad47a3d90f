import type { Selectable } from 'kysely'
import type { DB } from '../../db/schema.ts'
import type { Ctx, Platform } from '../../kernel/context.ts'
import type { BindingId, PersonId, RoomId } from '../../kernel/ids.ts'
import type { Locale } from '../../locales/text.ts'
import { type Tongue, tongueOf, tongueOfPerson } from '../people/reader.queries.ts'

/** A place where a room lives, with what is needed to draw there. `external` is the platform's id of the workspace. */
export type PanelPlace = Selectable<DB['room_binding']> & { readonly external: string; readonly locale: Locale | null }

/** The place, or null where the binding is gone or the workspace has thrown us out: nothing is sent there any more. */
export async function panelPlace(ctx: Ctx, binding: BindingId): Promise<PanelPlace | null> {
  const row = await ctx.db
    .selectFrom('room_binding as b')
    .innerJoin('workspace as w', 'w.id', 'b.workspace_id')
    .selectAll('b')
    .select(['w.external_id as external', 'w.locale'])
    .where('b.id', '=', binding)
    .where('w.uninstalled_at', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

/** The language in which a room speaks to a whole channel: the workspace's where one is set, else its host's. */
export async function panelTongue(ctx: Ctx, { workspace_id, locale, platform }: PanelPlace, host: PersonId | null): Promise<Tongue> {
  const tongue = await tongueOf(ctx, workspace_id)
  if (locale !== null || host === null || platform === 'web') return tongue
  return { ...tongue, locale: (await tongueOfPerson(ctx, host, platform)).locale }
}

/** Whether the message is the live panel of the room on this platform. */
export async function isPanel(ctx: Ctx, room: RoomId, platform: Platform, message: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('room_binding')
    .select('id')
    .where('room_id', '=', room)
    .where('platform', '=', platform)
    .where('panel_message', '=', message)
    .executeTakeFirst()
  return row !== undefined
}

/** Whether the room lives in this channel of the platform: elsewhere a panel would never be redrawn. */
export const livesIn = async (ctx: Ctx, room: RoomId, platform: Platform, channel: string): Promise<boolean> =>
  (await bindingIn(ctx, room, platform, channel)) !== null

/** How the room is bound to this channel, or null. */
export async function bindingIn(ctx: Ctx, room: RoomId, platform: Platform, channel: string): Promise<BindingId | null> {
  const row = await ctx.db
    .selectFrom('room_binding')
    .select('id')
    .where('room_id', '=', room)
    .where('platform', '=', platform)
    .where((e) => e.or([e('channel', '=', channel), e('panel_channel', '=', channel), e('voice_channel', '=', channel)]))
    .executeTakeFirst()
  return row?.id ?? null
}

/** The version of the room's timer: that which a fresh panel would show. */
export async function versionOf(ctx: Ctx, room: RoomId): Promise<number> {
  const row = await ctx.db.selectFrom('timer').select('version').where('room_id', '=', room).executeTakeFirst()
  return row?.version ?? 0
}

/** Whether a panel said at this place would live: the room is bound to the channel. */
export async function livesHere(ctx: Ctx, room: RoomId): Promise<boolean> {
  if (ctx.place === null) return false
  const { platform, channel } = ctx.place
  const row = await ctx.db
    .selectFrom('room_binding')
    .select('id')
    .where('room_id', '=', room)
    .where('platform', '=', platform)
    .where((e) => e.or([e('channel', '=', channel), e('voice_channel', '=', channel)]))
    .executeTakeFirst()
  return row !== undefined
}
