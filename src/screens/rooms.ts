import type { RoomLine } from '../domain/rooms/room.queries.ts'
import { button, buttons, message } from './room.ts'
import type { Block, Button, Screen } from './screen.ts'

/** One page of a list of rooms: at most this many lines. */
export const roomsOnPage = 10

/** The open rooms of a workspace, with a way into each and, where there are more, to the next page. */
export function roomList(rooms: readonly RoomLine[]): Screen {
  const page = rooms.slice(0, roomsOnPage)
  const last = page.at(-1)
  const table: Block = {
    kind: 'table',
    columns: [
      { label: message('rooms.column.name') },
      { label: message('rooms.column.state') },
      { label: message('rooms.column.people'), numeric: true },
    ],
    rows: page.map((room) => [
      room.isPrivate ? message('rooms.private', { name: room.name }) : room.name,
      message('rooms.state', { status: room.status, phase: room.phase_type }),
      message('rooms.people', { count: room.count, max: room.max }),
    ]),
    empty: message('rooms.empty'),
  }
  const choose: readonly Block[] =
    page.length === 0
      ? []
      : [
          {
            kind: 'select',
            label: message('rooms.choose'),
            press: { command: 'room join', args: {} },
            option: 'room',
            inRow: message('room.join'),
            choices: page.map((room) => ({
              label: room.name,
              value: room.id,
              about: message('rooms.people', { count: room.count, max: room.max }),
            })),
          },
        ]
  const next: readonly Button[] =
    rooms.length > roomsOnPage && last !== undefined ? [button('rooms.more', { command: 'room list', args: { after: last.id } })] : []
  return {
    tone: 'calm',
    title: message('rooms.title'),
    blocks: [
      table,
      ...choose,
      buttons(...next, button('room.create', { command: 'room create', args: {} }, page.length === 0 ? 'primary' : 'plain')),
    ],
  }
}
