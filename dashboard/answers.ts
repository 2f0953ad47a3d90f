import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Answer } from '../src/commands/perform.ts'
import { findRoom, type RoomView } from '../src/domain/rooms/room.queries.ts'
import { isUuid, type RoomId } from '../src/kernel/ids.ts'
import type { Press } from '../src/kernel/press.ts'
import { Refusal } from '../src/kernel/refusal.ts'
import type { MessageKey, Text } from '../src/locales/text.ts'
import { plainPen, say, write } from '../src/locales/write.ts'
import { privatePanel } from '../src/screens/room.ts'
import type { Screen } from '../src/screens/screen.ts'
import { actorOf } from './callers.ts'
import type { Spot } from './desk.ts'
import { type Html, html } from './html.ts'
import { isSwap } from './plugins/logins.ts'
import { showPage, tokenFor } from './plugins/pages.ts'
import { sayNext } from './plugins/parting.ts'
import { drawSaid, drawScreen } from './render.ts'
import { frontId, screenId } from './screen-id.ts'
import type { Site } from './site.ts'
import { wayBack } from './way-back.ts'

/** What was pressed, and the screen on which it was, as the button's form told it; only used to place the answer. */
export type Pressed = { readonly press: Press; readonly screen: string; readonly spot: Spot; readonly room: string | null }

const statuses: Readonly<Record<Answer['outcome'], number>> = { done: 200, refused: 422, failed: 500 }

/** Answers a press: in place for htmx, else by a page of its own, or by the room's page where the room is what there is to see. */
export async function answerPress(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
  pressed: Pressed,
): Promise<FastifyReply> {
  const shown = answer.outcome === 'done' ? answer.screen.shows?.room : undefined
  const room = shown && (await roomIfSeen(site, request, shown))
  if (answer.outcome === 'done' && !room && (await isGone(site, request))) return part(site, request, reply, answer)
  if (room && !(isSwap(request) && hasPanel(request, pressed, room))) return enter(site, request, reply, answer, room)
  if (isSwap(request)) return swapAnswer(request, reply, answer, pressed, room ?? null)
  return answerPage(site, request, reply, answer, { press: pressed.press })
}

/** The answer as a page: one of its own name, or what came of a press, with the way back to where it was pressed. */
export async function answerPage(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
  { called, press }: { readonly called?: MessageKey; readonly press?: Press } = {},
): Promise<FastifyReply> {
  const screen = drawScreen(answer.screen, answer.reader, { csrf: tokenFor(request, reply), id: 'alone', spot: 'alone' })
  reply.code(statuses[answer.outcome])
  if (called !== undefined) {
    return showPage(site, request, reply, { view: 'answer', title: say(called, answer.reader.locale), words: { screen, isNamed: true } })
  }
  const title = write(answer.screen.title, answer.reader, plainPen)
  const back = wayBack(request, press)
  return showPage(site, request, reply, { view: 'answer', title, of: back, words: { screen, back } })
}

/** Whether the person stands on the page of a room that is there for them no longer: closed, or left where only those inside see it. */
async function isGone(site: Site, request: FastifyRequest): Promise<boolean> {
  const [, room] = /^\/rooms\/(.+)$/.exec(wayBack(request)) ?? []
  return room !== undefined && isUuid(room) && (await roomIfSeen(site, request, room as RoomId)) === null
}

/** The answer goes along to the list of rooms, since the page it was asked on is gone. */
function part(site: Site, request: FastifyRequest, reply: FastifyReply, { screen, reader }: Answer): FastifyReply {
  sayNext(site, request, reply, write(screen.title, reader, plainPen))
  return isSwap(request) ? reply.header('hx-redirect', '/rooms').code(204).send() : reply.redirect('/rooms', 303)
}

/** Whether the room's panel stands on the page where the button was pressed, or may be drawn there. */
function hasPanel(request: FastifyRequest, pressed: Pressed, { room, standing }: RoomView): boolean {
  if (pressed.spot === 'log') return true
  if (pressed.spot === 'page' && pressed.screen === frontId) return true
  const from = wayBack(request)
  return from === `/rooms/${room.id}` || (from === '/' && standing.isPresent)
}

/** The person goes to the page of the room, which says what else there was to say. */
function enter(site: Site, request: FastifyRequest, reply: FastifyReply, { screen, reader }: Answer, room: RoomView): FastifyReply {
  const said = beyondPanel(screen, privatePanel(room, reader.now)).map((text) => write(text, reader, plainPen))
  if (said.length > 0) sayNext(site, request, reply, said.join(' '))
  const path = `/rooms/${room.room.id}`
  return isSwap(request) ? reply.header('hx-redirect', path).code(204).send() : reply.redirect(path, 303)
}

/**
 * In the console's log the screen answers where it stands, or below. A screen that is the whole page makes way for what follows it. On
 * other pages the room's panel is drawn anew, and what else there is to say goes below, where the next live swap does not take it away.
 */
function swapAnswer(request: FastifyRequest, reply: FastifyReply, answer: Answer, pressed: Pressed, room: RoomView | null): FastifyReply {
  const csrf = tokenFor(request, reply)
  const send = (markup: Html) => reply.code(statuses[answer.outcome]).type('text/html; charset=utf-8').send(markup.markup)
  const draw = (screen: Screen, id: string, spot: Spot) => drawScreen(screen, answer.reader, { csrf, id, spot })
  if (pressed.spot === 'log') {
    if (room && pressed.room === room.room.id) return send(draw(answer.screen, pressed.screen, 'log'))
    reply.headers({ 'hx-retarget': '#log', 'hx-reswap': 'beforeend' })
    return send(draw(answer.screen, screenId(answer.screen, 'log'), 'log'))
  }
  if (pressed.spot === 'alone' && answer.outcome === 'done') return send(draw(answer.screen, pressed.screen, 'alone'))
  if (room === null && answer.screen.door && pressed.screen === frontId) return send(draw(answer.screen, frontId, 'page'))
  if (room === null) {
    reply.headers({ 'hx-retarget': '#answers', 'hx-reswap': 'innerHTML' })
    return send(draw(answer.screen, 'answer', 'answer'))
  }
  const panel = privatePanel(room, answer.reader.now)
  const id = screenId(panel, 'page')
  // Home may show both: then the room's own panel is drawn anew, and no second one in the place of the front door.
  return send(html`<hx-partial hx-target="#${id}, #live:not(:has(#${id})) #${frontId}" hx-swap="outerHTML">${draw(panel, id, 'page')}</hx-partial>
<hx-partial hx-target="#answers" hx-swap="innerHTML">${drawSaid(beyondPanel(answer.screen, panel), answer.reader)}</hx-partial>`)
}

/** What an answer says before the panel: "You are in." */
const beyondPanel = (screen: Screen, panel: Screen): readonly Text[] =>
  screen.blocks
    .slice(0, Math.max(0, screen.blocks.length - panel.blocks.length))
    .flatMap((block) => (block.kind === 'lines' ? block.lines : []))

async function roomIfSeen(site: Site, request: FastifyRequest, room: RoomId): Promise<RoomView | null> {
  try {
    return await site.app.read((ctx) => findRoom(ctx, room), { actor: actorOf(request), place: null })
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}
