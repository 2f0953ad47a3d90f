import { nameOf } from '../domain/people/person.queries.ts'
import { type RoomView, roomView } from '../domain/rooms/room.queries.ts'
import { eventOf } from '../events/event.queries.ts'
import type { Told } from '../events/event.ts'
import type { Ctx } from '../kernel/context.ts'
import type { PersonId } from '../kernel/ids.ts'
import type { Message } from '../locales/text.ts'
import { askedAlone } from './lines.ts'
import { personalNotice } from './personal-notices.ts'
import { openedNotice } from './reservation-notices.ts'
import { button, buttons, lines, message } from './room.ts'
import type { Screen } from './screen.ts'

/** What one person is told about an event; null where it no longer concerns them. */
export async function noticeOf(ctx: Ctx, id: string, person: PersonId): Promise<Screen | null> {
  const event = await eventOf(ctx, id)
  if (event === null) return null
  if (event.room === null) return 'person' in event ? personalNotice(ctx, event) : null
  const view = await roomView(ctx, event.room)
  if (view === null) return null
  if (event.type === 'timer.moved') return askedAlone(ctx, event, view)
  if (event.type === 'reservation.opened') return openedNotice(ctx, event, view)
  const said = await sentence(ctx, event, view, person)
  if (said === null) return null
  return notice(view, said)
}

/** One sentence about a room for one person; an invitation can be followed at once. */
export function notice({ room }: Pick<RoomView, 'room'>, said: Message): Screen {
  const join =
    said.key === 'notice.invited' ? [buttons(button('room.join', { command: 'room join', args: { room: room.id } }, 'primary'))] : []
  return { tone: 'calm', title: room.room_name, blocks: [lines(said), ...join] }
}

async function sentence(ctx: Ctx, event: Told, { room }: RoomView, person: PersonId): Promise<Message | null> {
  const words = { room: room.room_name }
  switch (event.type) {
    case 'room.invited':
      return room.is_active ? message('notice.invited', { ...words, name: await nameOf(ctx, event.by) }) : null
    case 'room.left':
      if (event.how === 'banned') return message('notice.banned', words)
      return message('notice.kicked', { ...words, private: room.is_private ? 'yes' : 'no' })
    case 'room.transferred':
      return room.host_id === person ? message('notice.transferred', words) : null
    case 'room.closed':
      return message('notice.closed-empty', words)
    default:
      return null
  }
}
