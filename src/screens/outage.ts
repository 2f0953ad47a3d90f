import type { Selectable } from 'kysely'
import type { DB } from '../db/schema.ts'
import type { RoomView } from '../domain/rooms/room.queries.ts'
import type { GapId, OutageId } from '../kernel/ids.ts'
import type { Text } from '../locales/text.ts'
import { done } from './answers.ts'
import { button, buttons, lines, message, toneOf } from './room.ts'
import type { Screen } from './screen.ts'

const platformNames = { discord: 'Discord', slack: 'Slack', web: 'Focus Mate' } as const

/** What was missed of one person in a room, and the one button that says they kept focusing. */
export const gapQuestion = (
  gap: GapId,
  {
    platform,
    from,
    to,
    room,
  }: { readonly platform: Selectable<DB['outage']>['platform']; readonly from: Date; readonly to: Date; readonly room: string },
): Screen => ({
  tone: 'calm',
  title: room,
  blocks: [
    lines(
      message('outage.gap.ask', {
        platform: platformNames[platform],
        from: { time: from, as: 'clock' },
        to: { time: to, as: 'clock' },
        room,
      }),
    ),
    buttons(button('outage.gap.kept', { command: 'focus kept', args: { gap } }, 'primary')),
  ],
})

/** What "I kept focusing" counted, in seconds. */
export const gapCounted = (seconds: number): Screen =>
  done(seconds === 0 ? message('outage.gap.nothing') : message('outage.gap.counted', { time: { duration: seconds } }))

/** Said in the room once people are seen again: a moderator may count it for all of them. */
export const gapsLine = (
  view: RoomView,
  outage: OutageId,
  { count, seconds }: { readonly count: number; readonly seconds: number },
): Screen => ({
  tone: toneOf(view),
  title: view.room.room_name,
  blocks: [
    lines(message('outage.credit.offer', { count, time: { duration: seconds } })),
    buttons(button('outage.credit', { command: 'focus credit', args: { outage, room: view.room.id } })),
  ],
})

/** The public record of a moderator's credit. */
export const gapsCredited = (
  view: RoomView,
  name: Text,
  { count, seconds }: { readonly count: number; readonly seconds: number },
): Screen => ({
  tone: 'calm',
  title: view.room.room_name,
  blocks: [lines(message('outage.credit.done', { name, count, time: { duration: seconds } }))],
  ...(view.room.is_private ? {} : { audience: 'channel' }),
})
