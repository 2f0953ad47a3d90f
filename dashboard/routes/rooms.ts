import type { FastifyInstance } from 'fastify'
import { findRoom, listRooms } from '../../src/domain/rooms/room.queries.ts'
import { isUuid, longId, type RoomId, shortId } from '../../src/kernel/ids.ts'
import { Refusal } from '../../src/kernel/refusal.ts'
import { say } from '../../src/locales/write.ts'
import { privatePanel } from '../../src/screens/room.ts'
import { actorOf } from '../callers.ts'
import { drawCards } from '../cards.ts'
import { showPage, tokenFor } from '../plugins/pages.ts'
import { saidBefore } from '../plugins/parting.ts'
import { readerOfScreen } from '../readers.ts'
import { drawScreen } from '../render.ts'
import { screenId } from '../screen-id.ts'
import type { Site } from '../site.ts'

const roomsOnPage = 24

/** The rooms that exist for the person, and one of them with its panel. A room that may not be seen is missing, like one that is not there. */
export function roomRoutes(server: FastifyInstance, site: Site): void {
  server.get<{ Querystring: { after?: string | string[] } }>('/rooms', async (request, reply) => {
    const reader = site.readerOf(request)
    const after = [request.query.after].flat().at(-1)
    const found = await site.app.read((ctx) => listRooms(ctx, { limit: roomsOnPage + 1, page: pageAfter(after) }), {
      actor: actorOf(request),
      place: null,
    })
    const rooms = found.slice(0, roomsOnPage)
    const last = found.length > roomsOnPage ? rooms.at(-1) : undefined
    return showPage(site, request, reply, {
      view: 'rooms',
      title: say('web.rooms.title', reader.locale),
      words: {
        said: saidBefore(site, request, reply),
        rooms,
        cards: drawCards(rooms, reader),
        watched: rooms.map(({ id }) => shortId(id)).join(','),
        next: last && `/rooms?after=${shortId(last.id)}${encodeURIComponent(last.name)}`,
      },
    })
  })

  server.get<{ Params: { room: string } }>('/rooms/:room', async (request, reply) => {
    const { room } = request.params
    if (!isUuid(room)) throw new Refusal('missing', 'web.error.missing')
    const view = await site.app.read((ctx) => findRoom(ctx, room as RoomId), { actor: actorOf(request), place: null })
    const screen = privatePanel(view, site.app.clock.now())
    const panel = drawScreen(screen, await readerOfScreen(site.app, request, screen), {
      csrf: tokenFor(request, reply),
      id: screenId(screen, 'page'),
      spot: 'page',
    })
    return showPage(site, request, reply, {
      view: 'room',
      title: view.room.room_name,
      words: { panel, said: saidBefore(site, request, reply), name: view.room.room_name, watched: shortId(view.room.id) },
    })
  })
}

/** The keyset of the next page as its address holds it: a short id and the name after it. */
function pageAfter(text: string | undefined) {
  const id = text === undefined ? null : longId(text.slice(0, 22))
  return text === undefined || id === null ? undefined : { id: id as RoomId, name: text.slice(22).replaceAll('\u0000', '').toWellFormed() }
}
