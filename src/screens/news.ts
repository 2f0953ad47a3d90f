import { nameOf } from '../domain/people/person.queries.ts'
import { roomView } from '../domain/rooms/room.queries.ts'
import { longestOf } from '../domain/sessions/session.queries.ts'
import { settingsOfWorkspace } from '../domain/workspaces/settings.queries.ts'
import { eventOf } from '../events/event.queries.ts'
import type { Ctx } from '../kernel/context.ts'
import type { WorkspaceId } from '../kernel/ids.ts'
import { gapsCredited } from './outage.ts'
import type { Screen } from './screen.ts'

/** What is said of an event in the news channel of a workspace, and the channel; null where there is none, or the room became private. */
export async function newsOf(
  ctx: Ctx,
  workspace: WorkspaceId,
  id: string,
): Promise<{ readonly channel: string; readonly screen: Screen } | null> {
  const event = await eventOf(ctx, id)
  const { announcement_channel: channel } = await settingsOfWorkspace(ctx, workspace)
  if (event?.type !== 'room.credited' || channel === null) return null
  const view = await roomView(ctx, event.room)
  if (view === null || view.room.is_private) return null
  const seconds = await longestOf(ctx, event.sessions)
  return { channel, screen: gapsCredited(view, await nameOf(ctx, event.by), { count: event.sessions.length, seconds }) }
}
