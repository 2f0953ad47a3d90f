import type { OccurrenceState } from '../../db/schema.ts'
import { after, minutes } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { OccurrenceId } from '../../kernel/ids.ts'

/** A date as it stands, or should stand, in the server's own list of events. */
export type Scheduled = {
  /** Discord's id of the server. */
  readonly server: string
  readonly state: OccurrenceState
  readonly name: string
  readonly note: string | null
  readonly startsAt: Date
  readonly endsAt: Date
  readonly voiceChannel: string | null
  readonly channel: string | null
  /** The event that stands there already. */
  readonly event: string | null
  /** The server wants reservations in its list. */
  readonly wanted: boolean
}

export async function scheduledOf(ctx: Ctx, occurrence: OccurrenceId): Promise<Scheduled | null> {
  const row = await ctx.db
    .selectFrom('reservation_occurrence as o')
    .innerJoin('room_reservations as s', 's.id', 'o.reservation_id')
    .innerJoin('workspace as w', 'w.id', 's.workspace_id')
    .leftJoin('room as r', 'r.id', 's.room_id')
    .select((e) => [
      'w.external_id as server',
      'o.state',
      'o.starts_at as startsAt',
      's.voice_channel as voiceChannel',
      's.channel',
      'o.scheduled_event as event',
      'w.scheduled_events as wanted',
      'r.is_private',
      e.fn.coalesce('o.name', 's.name').as('name'),
      e.fn.coalesce('o.note', 's.note').as('note'),
      e.fn.coalesce('o.work_duration_minutes', 's.work_duration_minutes').as('minutes'),
    ])
    .where('o.id', '=', occurrence)
    .where('w.platform', '=', 'discord')
    .where('w.uninstalled_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) return null
  const { minutes: length, is_private: isPrivate, ...rest } = row
  return { ...rest, endsAt: after(row.startsAt, minutes(length)), wanted: row.wanted && isPrivate !== true }
}
