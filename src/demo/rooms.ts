import type { Room, Timer } from '../domain/rooms/room.queries.ts'
import { defaults, type RoomSettings } from '../domain/rooms/room.ts'
import type { Platform, Tx } from '../kernel/context.ts'
import type { PersonId, RoomId, WorkspaceId } from '../kernel/ids.ts'

/** A workspace of the sample community; `channel` is where its rooms live, null on the web. */
export type Quarter = { readonly id: WorkspaceId; readonly platform: Platform; readonly channel: string | null }

/** A room as the sample community has it; `places` begins with its home. */
export type Plot = {
  readonly id: RoomId
  readonly name: string
  readonly places: readonly [Quarter, ...Quarter[]]
  readonly owner: PersonId | null
  /** Its voice channel on Discord; null: none. */
  readonly voice: string | null
  readonly settings?: Partial<RoomSettings>
  readonly opened: Date
  /** When its owner closed it; null while it is open. */
  readonly closed: Date | null
}

export type Built = { readonly plot: Plot; readonly room: Room; readonly timer: Timer }

/** Builds rooms with their timers and places, all at once. */
export async function build(tx: Tx, plots: readonly Plot[]): Promise<readonly Built[]> {
  if (plots.length === 0) return []
  const rooms = await tx.db
    .insertInto('room')
    .values(
      plots.map((plot) => ({
        id: plot.id,
        ...defaults,
        ...plot.settings,
        keep: plot.owner === null,
        room_name: plot.name,
        named_after: null,
        workspace_id: plot.places[0].id,
        host_id: plot.owner,
        is_active: plot.closed === null,
        empty_since: null,
        closed_at: plot.closed,
        created_at: plot.opened,
        updated_at: plot.closed ?? plot.opened,
      })),
    )
    .returningAll()
    .execute()
  const timers = await tx.db
    .insertInto('timer')
    .values(
      plots.map((plot) => ({
        room_id: plot.id,
        phase_id: null,
        planned_seconds: null,
        ends_at: null,
        remaining_seconds: null,
        paused_by: null,
        run_work_minutes: null,
        run_break_minutes: null,
        warn_at: null,
        updated_at: plot.opened,
      })),
    )
    .returningAll()
    .execute()
  await tx.db
    .insertInto('room_binding')
    .values(
      plots.flatMap((plot) =>
        plot.places.map((place) => ({
          room_id: plot.id,
          workspace_id: place.id,
          platform: place.platform,
          channel: place.channel,
          voice_channel: place.platform === 'discord' ? plot.voice : null,
          panel_channel: null,
          panel_message: null,
          line_message: null,
          created_at: plot.opened,
        })),
      ),
    )
    .execute()
  return plots.map((plot) => {
    const room = rooms.find((one) => one.id === plot.id)
    const timer = timers.find((one) => one.room_id === plot.id)
    if (room === undefined || timer === undefined) throw new Error('a room that was just written is there')
    return { plot, room, timer }
  })
}
