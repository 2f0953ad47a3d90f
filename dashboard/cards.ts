import type { RoomLine } from '../src/domain/rooms/room.queries.ts'
import type { Text } from '../src/locales/text.ts'
import { type Reader, say } from '../src/locales/write.ts'
import type { Tone } from '../src/screens/screen.ts'
import { ink } from './desk.ts'
import { type Html, html } from './html.ts'

/** The rooms as a list of cards; each leads to its room. */
export const drawCards = (rooms: readonly RoomLine[], reader: Reader): Html =>
  html`<ul class="cards" role="list">${rooms.map((room) => drawCard(room, reader))}</ul>`

function drawCard(room: RoomLine, reader: Reader): Html {
  const open = { key: 'web.rooms.private' } as const
  return html`<li class="card tone-${toneOf(room)}"><a id="card-${room.id}" href="/rooms/${room.id}">${ink(room.name, reader)}</a>
<p class="state">${ink(stateOf(room), reader)}</p>
<p class="muted">${say('web.rooms.people', reader.locale, { n: room.count, max: room.max })}${room.mine ? html` · ${say('web.rooms.mine', reader.locale)}` : null}${
    room.isPrivate ? html` · ${ink(open, reader)}` : null
  }</p></li>`
}

function toneOf(room: RoomLine): Tone {
  if (room.status !== 'running') return 'calm'
  return room.phase_type === 'work' ? 'focus' : 'break'
}

function stateOf(room: RoomLine): Text {
  if (room.status === 'idle') return { key: 'web.rooms.idle' }
  if (room.status === 'paused' || room.ends_at === null) return { key: 'web.rooms.paused' }
  return { key: room.phase_type === 'work' ? 'web.rooms.focus' : 'web.rooms.break', words: { time: { time: room.ends_at, as: 'clock' } } }
}
