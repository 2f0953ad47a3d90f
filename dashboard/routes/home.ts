import type { FastifyInstance } from 'fastify'
import { goalOf } from '../../src/domain/goals/goal.queries.ts'
import { actingPerson } from '../../src/domain/people/person.queries.ts'
import { newestGap, openGap, openSilence } from '../../src/domain/presence/gap.queries.ts'
import { nextReservations, openedForMe } from '../../src/domain/reservations/reservation.queries.ts'
import { peopleInRooms } from '../../src/domain/rooms/people.queries.ts'
import { listRooms, myRoom, type RoomView, roomView } from '../../src/domain/rooms/room.queries.ts'
import { canSee } from '../../src/domain/rooms/room.ts'
import { mySolo, mySoloJustOver } from '../../src/domain/sessions/solo.queries.ts'
import { nowOf } from '../../src/domain/stats/own.queries.ts'
import type { Ctx } from '../../src/kernel/context.ts'
import { shortId } from '../../src/kernel/ids.ts'
import { say } from '../../src/locales/write.ts'
import { frontDoor } from '../../src/screens/answers.ts'
import { lapsedNotice } from '../../src/screens/debrief.ts'
import { nextScreen } from '../../src/screens/next.ts'
import { gapQuestion } from '../../src/screens/outage.ts'
import { privatePanel } from '../../src/screens/room.ts'
import type { Screen } from '../../src/screens/screen.ts'
import { soloCard, soloOver } from '../../src/screens/solo.ts'
import { standingOf } from '../../src/screens/standing.ts'
import { todayScreen } from '../../src/screens/stats.ts'
import { actorOf } from '../callers.ts'
import { drawCards } from '../cards.ts'
import { ink, type Spot } from '../desk.ts'
import type { Html } from '../html.ts'
import { loginOf } from '../plugins/logins.ts'
import { showPage, tokenFor } from '../plugins/pages.ts'
import { readerOfScreen } from '../readers.ts'
import { drawScreen } from '../render.ts'
import { screenId } from '../screen-id.ts'
import type { Site } from '../site.ts'
import { zoneQuestion } from '../zone-question.ts'

const roomsAtHome = 6
const peopleAtHome = 24

/**
 * "What now?": what waits for an answer, then my room; else the reserved one that opened for me, and my own session, what the one just over
 * counted or a big Start; then what comes up, today, the rooms here and who is focusing.
 */
export function homeRoutes(server: FastifyInstance, site: Site): void {
  server.get('/', async (request, reply) => {
    const reader = site.readerOf(request)
    const login = loginOf(request)
    const { mine, opened, solo, over, rooms, people, today, next, asked } = await site.app.read(atHome, {
      actor: actorOf(request),
      place: null,
    })
    const csrf = tokenFor(request, reply)
    const draw = async (screen: Screen, id: string, spot: Spot = 'page') =>
      drawScreen(screen, await readerOfScreen(site.app, request, screen), { csrf, id, spot })
    const room = mine ?? opened
    const door = solo ? soloCard(solo, reader.now) : over ? soloOver(over) : frontDoor
    const panels = [...(room ? [privatePanel(room, reader.now)] : []), ...(mine ? [] : [door])]
    const watched = [...new Set([...(room ? [room.room.id] : []), ...rooms.map(({ id }) => id)])].map(shortId)
    return showPage(site, request, reply, {
      view: 'home',
      title: say('web.home.title', reader.locale),
      words: {
        hello: ink({ key: 'web.home.hello', words: { name: login.name } }, reader),
        asked: await Promise.all(asked.map((question, n) => draw(question, `asked-${n}`, 'alone'))),
        zone: await zoneQuestion(site, request, reply),
        panels: await Promise.all(panels.map((screen) => draw(screen, screenId(screen, 'page')))),
        next: next && (await draw(next, 'next')),
        day: await draw(today, 'today'),
        mine: room,
        rooms,
        cards: drawCards(rooms, reader),
        people: people.map((name): Html => ink(name, reader)),
        watched: watched.join(','),
      },
    })
  })
}

async function atHome(ctx: Ctx) {
  const person = actingPerson(ctx)
  const solo = await mySolo(ctx)
  const mine = await myRoom(ctx)
  const opened = mine === null && solo === null ? await reservedRoom(ctx) : null
  const above = (mine ?? opened)?.room.id
  const rooms = (await listRooms(ctx, { limit: roomsAtHome + 1 })).filter(({ id }) => id !== above).slice(0, roomsAtHome)
  const people = await peopleInRooms(
    ctx,
    rooms.filter(({ status }) => status === 'running').map(({ id }) => id),
    peopleAtHome,
  )
  const [soonest = null] = await nextReservations(ctx, { most: 1 })
  return {
    mine,
    opened,
    solo,
    over: await mySoloJustOver(ctx),
    rooms,
    people,
    today: todayScreen(await nowOf(ctx, person), await standingOf(ctx, person)),
    next: nextScreen(soonest, await goalOf(ctx, person), ctx.now),
    asked: await openQuestions(ctx),
  }
}

/** The room that was reserved and has opened, where the person may see it. */
async function reservedRoom(ctx: Ctx): Promise<RoomView | null> {
  const room = await openedForMe(ctx)
  const view = room && (await roomView(ctx, room))
  return view && canSee(view.standing, view.room) ? view : null
}

/** What was asked in chat, where nobody who lives on these pages would read it: about an outage, and about a silence. */
async function openQuestions(ctx: Ctx): Promise<readonly Screen[]> {
  const gap = await newestGap(ctx)
  const missed = gap && (await openGap(ctx, gap))
  const silence = await openSilence(ctx)
  return [
    ...(gap && missed ? [gapQuestion(gap, missed)] : []),
    ...(silence === null ? [] : [lapsedNotice(silence.room, silence.presence, silence.until)]),
  ]
}
