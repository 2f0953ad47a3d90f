import type { FastifyInstance } from 'fastify'
import { actingPerson } from '../../src/domain/people/person.queries.ts'
import { peopleInRooms } from '../../src/domain/rooms/people.queries.ts'
import { listRooms, myRoom, type RoomLine, type RoomView } from '../../src/domain/rooms/room.queries.ts'
import { mySolo } from '../../src/domain/sessions/solo.queries.ts'
import type { Solo } from '../../src/domain/sessions/solo.ts'
import { nowOf } from '../../src/domain/stats/own.queries.ts'
import type { Ctx } from '../../src/kernel/context.ts'
import { shortId } from '../../src/kernel/ids.ts'
import { say } from '../../src/locales/write.ts'
import { frontDoor } from '../../src/screens/answers.ts'
import { privatePanel } from '../../src/screens/room.ts'
import type { Screen } from '../../src/screens/screen.ts'
import { soloCard } from '../../src/screens/solo.ts'
import { standingOf } from '../../src/screens/standing.ts'
import { todayScreen } from '../../src/screens/stats.ts'
import { actorOf } from '../callers.ts'
import { drawCards } from '../cards.ts'
import type { Html } from '../html.ts'
import { loginOf } from '../plugins/logins.ts'
import { showPage, tokenFor } from '../plugins/pages.ts'
import { readerOfScreen } from '../readers.ts'
import { drawScreen, ink } from '../render.ts'
import { screenId } from '../screen-id.ts'
import type { Site } from '../site.ts'

const roomsAtHome = 6
const peopleAtHome = 24

/** "What now?": my room, my own session or a big Start, then today, the rooms here and who is focusing. */
export function homeRoutes(server: FastifyInstance, site: Site): void {
  server.get('/', async (request, reply) => {
    const reader = site.readerOf(request)
    const login = loginOf(request)
    const { mine, solo, rooms, people, today } = await site.app.read(atHome, { actor: actorOf(request), place: null })
    const csrf = tokenFor(request, reply)
    const screen = mine ? privatePanel(mine, reader.now) : solo ? soloCard(solo, reader.now) : frontDoor
    const panel = drawScreen(screen, await readerOfScreen(site.app, request, screen), { csrf, id: screenId(screen, 'page'), spot: 'page' })
    const day = drawScreen(today, await readerOfScreen(site.app, request, today), { csrf, id: 'today', spot: 'page' })
    const watched = [...new Set([...(mine ? [mine.room.id] : []), ...rooms.map(({ id }) => id)])].map(shortId)
    return showPage(site, request, reply, {
      view: 'home',
      title: say('web.home.title', reader.locale),
      words: {
        hello: ink({ key: 'web.home.hello', words: { name: login.name } }, reader),
        panel,
        day,
        mine,
        rooms,
        cards: drawCards(rooms, reader),
        people: people.map((name): Html => ink(name, reader)),
        watched: watched.join(','),
      },
    })
  })
}

async function atHome(
  ctx: Ctx,
): Promise<{ mine: RoomView | null; solo: Solo | null; rooms: readonly RoomLine[]; people: readonly string[]; today: Screen }> {
  const mine = await myRoom(ctx)
  const solo = await mySolo(ctx)
  const rooms = (await listRooms(ctx, { limit: roomsAtHome + 1 })).filter((room) => !room.mine).slice(0, roomsAtHome)
  const people = await peopleInRooms(
    ctx,
    rooms.filter(({ status }) => status === 'running').map(({ id }) => id),
    peopleAtHome,
  )
  const person = actingPerson(ctx)
  const today = todayScreen(await nowOf(ctx, person), await standingOf(ctx, person))
  return { mine, solo, rooms, people, today }
}
