import type { Ctx } from '../../kernel/context.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { settingsHere } from '../workspaces/settings.queries.ts'
import { isHereAtLeast } from '../workspaces/workspace.queries.ts'

/**
 * What the workspace decided about opening rooms; moderators stand above it. A page of the web is no channel, and knows no roles.
 * @throws Refusal `forbidden` for those who may not, and where rooms may not live
 */
export async function assertMayOpenHere(ctx: Ctx, voice: string | undefined): Promise<void> {
  const settings = await settingsHere(ctx)
  const free = settings.room_creators === 'everyone' && settings.room_channels.length === 0
  if (free || (await isHereAtLeast(ctx, 'moderator'))) return
  if (settings.room_creators === 'moderators') throw new Refusal('forbidden', 'room.create.only-moderators')
  if (settings.room_creators === 'roles') {
    if (ctx.place?.roles === undefined) throw new Refusal('forbidden', 'room.create.roles-unseen')
    const held = new Set(ctx.place.roles)
    if (!settings.creator_roles.some((role) => held.has(role))) throw new Refusal('forbidden', 'room.create.only-roles')
  }
  assertPlace(ctx, settings.room_channels, voice)
}

/** @throws Refusal `forbidden` where a room may not live, naming a channel where it may */
export async function assertMayLiveHere(ctx: Ctx): Promise<void> {
  const { room_channels: channels } = await settingsHere(ctx)
  if (channels.length > 0 && !(await isHereAtLeast(ctx, 'moderator'))) assertPlace(ctx, channels, undefined)
}

function assertPlace(ctx: Ctx, channels: readonly string[], voice: string | undefined): void {
  const [first] = channels
  if (first === undefined || ctx.place === null) return
  const here = new Set([ctx.place.channel, voice])
  if (!channels.some((channel) => here.has(channel)))
    throw new Refusal('forbidden', 'room.create.elsewhere', { channel: { channel: first } })
}
