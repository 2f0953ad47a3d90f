import type { Tx } from '../../kernel/context.ts'
import type { BindingId, RoomId, WorkspaceId } from '../../kernel/ids.ts'

/** The panel shows this version now; nothing is written where another message has become the panel meanwhile. */
export async function panelDrawn(tx: Tx, binding: BindingId, message: string, version: number): Promise<void> {
  await tx.db
    .updateTable('room_binding')
    .set({ panel_version: version })
    .where('id', '=', binding)
    .where('panel_message', '=', message)
    .execute()
}

/** The message is no panel any more: it was taken down, or can't be reached. */
export async function panelGone(tx: Tx, binding: BindingId, message: string): Promise<void> {
  await tx.db
    .updateTable('room_binding')
    .set({ panel_channel: null, panel_message: null })
    .where('id', '=', binding)
    .where('panel_message', '=', message)
    .execute()
}

/** Keeps the message of the newest phase line, null for none, and returns the one before, so that it can be taken down. */
export async function lineSaid(tx: Tx, binding: BindingId, message: string | null): Promise<string | null> {
  const before = await tx.db.selectFrom('room_binding').select('line_message').where('id', '=', binding).forUpdate().executeTakeFirst()
  if (before === undefined || before.line_message === message) return null
  await tx.db.updateTable('room_binding').set({ line_message: message }).where('id', '=', binding).execute()
  return before.line_message
}

/** A room whose channel can't be written in shows its panel elsewhere in that workspace, unless it has one already. */
export async function panelElsewhere(tx: Tx, room: RoomId, workspace: WorkspaceId, channel: string): Promise<void> {
  await tx.db
    .updateTable('room_binding')
    .set({ panel_channel: channel })
    .where('room_id', '=', room)
    .where('workspace_id', '=', workspace)
    .where('panel_message', 'is', null)
    .execute()
}
