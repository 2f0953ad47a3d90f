import { sql } from 'kysely'
import { emit } from '../../events/emit.ts'
import type { Platform, Tx } from '../../kernel/context.ts'
import type { BindingId, RoomId, WorkspaceId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { lockRooms } from '../timers/lock.actions.ts'
import { isHereAtLeast } from '../workspaces/workspace.queries.ts'
import { assertHost } from './host.actions.ts'
import type { Room, RoomView } from './room.queries.ts'

/** Whoever opens a room from a voice channel waits for others who do so there: the second finds the room of the first. */
export async function lockVoiceChannel(tx: Tx): Promise<void> {
  if (tx.place?.voice === undefined) return
  const { platform, voice } = tx.place
  await sql`select pg_advisory_xact_lock(hashtextextended(${`voice ${platform} ${voice}`}, 0))`.execute(tx.db)
}

/**
 * Gives the room a place in a workspace: the channel where it is said, and a voice channel if one is named.
 * Bound again, it moves there; its old panel stays behind until the next one is drawn.
 * @throws Refusal `invalid` for a voice channel named elsewhere than on its own platform, where nobody can tell whose it is
 */
export async function bind(tx: Tx, room: RoomId, workspace: WorkspaceId, voice: string | undefined): Promise<BindingId> {
  const { platform } = await tx.db.selectFrom('workspace').select('platform').where('id', '=', workspace).executeTakeFirstOrThrow()
  const channel = tx.place !== null && tx.place.platform === platform ? tx.place.channel : null
  if (voice !== undefined && channel === null) throw new Refusal('invalid', 'room.voice.elsewhere')
  const place = { ...(channel === null ? {} : { channel }), ...(voice === undefined ? {} : { voice_channel: voice }) }
  const row = await tx.db
    .insertInto('room_binding')
    .values({
      room_id: room,
      workspace_id: workspace,
      platform,
      channel,
      voice_channel: voice ?? null,
      panel_channel: null,
      panel_message: null,
      line_message: null,
      created_at: tx.now,
    })
    .onConflict((conflict) => conflict.columns(['room_id', 'workspace_id']).doUpdateSet({ ...place, platform }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/**
 * Moves the room's home to another voice channel; its text channel stays.
 * @throws Refusal `invalid` where it is said elsewhere than at home, where nobody can tell whose channel it is
 */
export async function moveVoice(tx: Tx, { id, workspace_id: home }: Room, voice: string): Promise<void> {
  if (tx.place === null || tx.actor === 'clock' || tx.actor.workspace !== home) throw new Refusal('invalid', 'room.voice.elsewhere')
  await tx.db.updateTable('room_binding').set({ voice_channel: voice }).where('room_id', '=', id).where('workspace_id', '=', home).execute()
}

/** A room that has no voice channel in the acting person's workspace gets this one there. */
export async function giveVoice(tx: Tx, room: RoomId, voice: string): Promise<void> {
  if (tx.actor === 'clock') throw new Error('only a person gives a room a voice channel')
  const { person, workspace } = tx.actor
  await lockRooms(tx, [room])
  const given = await tx.db
    .updateTable('room_binding')
    .set({ voice_channel: voice })
    .where('room_id', '=', room)
    .where('workspace_id', '=', workspace)
    .where('voice_channel', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (given === undefined) return
  await tx.db
    .updateTable('timer')
    .set((e) => ({ version: e('version', '+', 1) }))
    .where('room_id', '=', room)
    .execute()
  await emit(tx, { type: 'room.edited', room, by: person })
}

/**
 * Takes the room away from the workspace where it is said: by its hosts, or by moderators of that workspace.
 * @throws Refusal `conflict` for the home workspace, where a room closes instead
 */
export async function unbindRoom(tx: Tx, view: RoomView): Promise<void> {
  if (tx.actor === 'clock') throw new Error('only a person unbinds a room')
  const { person, workspace } = tx.actor
  if (view.room.workspace_id === workspace) throw new Refusal('conflict', 'room.unbind.home')
  if (!(await isHereAtLeast(tx, 'moderator'))) assertHost(view)
  const gone = await tx.db
    .deleteFrom('room_binding')
    .where('room_id', '=', view.room.id)
    .where('workspace_id', '=', workspace)
    .returningAll()
    .executeTakeFirst()
  if (gone === undefined) throw new Refusal('conflict', 'room.unbind.not-here')
  const place = { platform: gone.platform, workspace, channel: gone.panel_channel, message: gone.panel_message }
  await emit(tx, { type: 'room.unbound', room: view.room.id, by: person, place })
}

export type PanelMessage = { readonly channel: string; readonly message: string; readonly version: number }

/**
 * Makes a posted message the room's panel in its place and returns the one it replaces, so that it can be taken down.
 * Null: the room has no place in that channel, and the message stays as it is.
 */
export async function livePanel(
  tx: Tx,
  panel: PanelMessage & { readonly room: RoomId; readonly platform: Platform },
): Promise<{ readonly binding: BindingId; readonly replaced: { readonly channel: string; readonly message: string } | null } | null> {
  const before = await tx.db
    .selectFrom('room_binding')
    .select(['id', 'panel_channel', 'panel_message'])
    .where('room_id', '=', panel.room)
    .where('platform', '=', panel.platform)
    .where((e) => e.or([e('channel', '=', panel.channel), e('panel_channel', '=', panel.channel), e('voice_channel', '=', panel.channel)]))
    .forUpdate()
    .executeTakeFirst()
  if (before === undefined) return null
  await tx.db
    .updateTable('room_binding')
    .set({ panel_channel: panel.channel, panel_message: panel.message, panel_version: panel.version })
    .where('id', '=', before.id)
    .execute()
  const { panel_channel: channel, panel_message: message } = before
  const replaced = channel === null || message === null || message === panel.message ? null : { channel, message }
  return { binding: before.id, replaced }
}
