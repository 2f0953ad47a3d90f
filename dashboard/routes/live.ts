import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sessionOf } from '../../src/domain/people/sign-in.queries.ts'
import { findRoom } from '../../src/domain/rooms/room.queries.ts'
import { minutes, seconds } from '../../src/kernel/clock.ts'
import { longId, type RoomId, shortId } from '../../src/kernel/ids.ts'
import { Refusal } from '../../src/kernel/refusal.ts'
import { actorOf } from '../callers.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import { cookieName, loginOf } from '../plugins/logins.ts'
import type { Site } from '../site.ts'

/** More than a page shows. */
const mostRooms = 40

/** A login that ended in another process is noticed at the next event, and without one after this long. */
const lookMilliseconds = seconds(30)

/** How long a browser waits before it opens a lost stream again. */
const retryMilliseconds = 3000

/** The open streams by the login they hang on. */
const streams = new Map<string, Set<() => void>>()

/** Ends every stream of a login in this process: it has just been signed out. */
export function endStreams(secret: string): void {
  for (const end of streams.get(secret) ?? []) end()
}

/**
 * Says that something of the person or of the named rooms changed: ids only, the page then fetches itself again. Before each word
 * login and visibility are looked at anew; where either is gone the stream says goodbye and ends. `here` is the room whose page it is:
 * while it is open, its person is there.
 */
export function liveRoutes(server: FastifyInstance, site: Site): void {
  const { app } = site
  const rate = { rateLimit: { max: site.rates.deeds, timeWindow: minutes(1) } }
  server.get<{ Querystring: { rooms?: string | string[]; here?: string } }>(
    '/live',
    { sse: 'only', config: rate },
    async (request, reply) => {
      const { person, workspace } = loginOf(request)
      const secret = request.cookies[cookieName(app)] ?? ''
      const rooms = roomsIn(request.query.rooms)
      const allowed = () => isAllowed(site, request, secret, rooms)
      if (!(await allowed())) throw new Refusal('missing', 'web.error.missing')
      // Whoever left meanwhile is never said to have closed the stream.
      if (reply.raw.destroyed) return

      const { sse } = reply
      const failed = (error: unknown) => {
        request.log.warn({ err: error }, 'a live stream ended by a fault')
        sse.close()
      }
      const end = () => {
        if (!sse.isConnected) return
        sse.send({ event: 'bye', data: {} }).catch(failed)
        sse.close()
      }
      // A page of one room says so: whoever has a seat there is seen by it.
      const [here] = rooms.filter((room) => shortId(room) === request.query.here)
      const heard = new Set<string>()
      const look = oneAtATime(async () => {
        if (!sse.isConnected) return
        const changed = [...heard]
        heard.clear()
        if (!(await allowed())) end()
        else if (changed.length > 0) await sse.send({ event: 'changed', data: { changed } })
      }, failed)
      const hear = (topic: string) => () => {
        heard.add(topic)
        look()
      }
      const deaf = [`person:${person}`, ...rooms.map((room) => `room:${room}`)].map((topic) => app.bus.listen(topic, hear(topic)))
      const watch = setInterval(look, lookMilliseconds)
      if (here !== undefined) {
        const page = { person, room: here, workspace }
        const left = await site.openPages.enter(page)
        const proving = oneAtATime(() => site.openPages.prove(page), failed)
        deaf.push(app.bus.listen(`person:${person}`, proving))
        sse.onClose(() => {
          left().catch((err: unknown) => request.log.error({ err }, 'a page closed, and its person still seems to be there'))
        })
      }
      remember(secret, end)
      sse.onClose(() => {
        clearInterval(watch)
        forget(secret, end)
        for (const stop of deaf) stop()
      })
      sse.keepAlive()
      await sse.send({ event: 'open', data: {}, retry: retryMilliseconds })
    },
  )
}

const roomsIn = (asked: string | string[] | undefined): readonly RoomId[] =>
  [asked ?? '']
    .flat()
    .join(',')
    .split(',')
    .slice(0, mostRooms)
    .flatMap((short) => (longId(short) ?? []) as RoomId | [])

async function isAllowed({ app }: Site, request: FastifyRequest, secret: string, rooms: readonly RoomId[]): Promise<boolean> {
  try {
    return await app.read(
      async (ctx) => {
        const login = await sessionOf(ctx, secret)
        if (login?.person !== loginOf(request).person) return false
        for (const room of rooms) await findRoom(ctx, room)
        return true
      },
      { actor: actorOf(request), place: null },
    )
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

function remember(secret: string, end: () => void): void {
  streams.set(secret, (streams.get(secret) ?? new Set()).add(end))
}

function forget(secret: string, end: () => void): void {
  const open = streams.get(secret)
  open?.delete(end)
  if (open?.size === 0) streams.delete(secret)
}
