import type { PhaseType } from '../db/schema.ts'
import { phaseAsked } from '../domain/debriefs/debrief.queries.ts'
import { nameOf } from '../domain/people/person.queries.ts'
import { isShown } from '../domain/people/visibility.queries.ts'
import { openGaps } from '../domain/presence/gap.queries.ts'
import { type RoomView, roomView, type Vote } from '../domain/rooms/room.queries.ts'
import { planOf, runOf } from '../domain/timers/course.ts'
import { isFocus } from '../domain/timers/timer.ts'
import { eventOf } from '../events/event.queries.ts'
import type { Told } from '../events/event.ts'
import type { Ctx, Platform } from '../kernel/context.ts'
import type { PersonId, PhaseId } from '../kernel/ids.ts'
import type { Message } from '../locales/text.ts'
import { gapsLine } from './outage.ts'
import { openedLine } from './reservation-notices.ts'
import { buttons, debriefButtons, lines, message, roundWords, toneOf, voteButton, voteText } from './room.ts'
import type { Screen } from './screen.ts'

/**
 * The one line that a room says to its channel about an event; null where it has nothing to say: nobody is present, or the
 * moment is over. It calls exactly those present who asked to be called, on the platform where it is said, and whom everyone may see.
 */
export async function phaseLine(ctx: Ctx, id: string, platform: Platform): Promise<Screen | null> {
  const event = await eventOf(ctx, id)
  const view = event === null || event.room === null ? null : await roomView(ctx, event.room)
  if (event === null || view === null || !view.room.is_active) return null
  // A reservation calls those who are not there yet.
  if (event.type === 'reservation.opened') return openedLine(ctx, event, view)
  if (view.count === 0) return null
  if (event.type === 'timer.moved') return moved(ctx, event, view, platform)
  if (event.type === 'timer.warned') return roomLine(view, message('line.warning'))
  if (event.type === 'timer.voted') return voted(event, view)
  if (event.type === 'room.gaps') {
    const open = await openGaps(ctx, event.outage, event.room)
    return open.count === 0 ? null : gapsLine(view, event.outage, open)
  }
  return null
}

/** What a room says to its channel, calling these people; of a focus phase that is over it asks how it went. */
export const roomLine = (view: RoomView, said: Message, called: readonly PersonId[] = [], over: PhaseId | null = null): Screen => ({
  tone: toneOf(view),
  title: view.room.room_name,
  blocks: [
    lines(said),
    ...(called.length === 0 ? [] : [lines(...called.map((person) => ({ person, call: true }) as const))]),
    ...(over === null ? [] : [...(said.key === 'debrief.ask' ? [] : [lines(message('debrief.ask'))]), debriefButtons(view.room.id, over)]),
  ],
})

async function moved(ctx: Ctx, event: Told<'timer.moved'>, view: RoomView, platform: Platform): Promise<Screen | null> {
  if (event.verb === 'stop') {
    if (event.by === null || view.count < 2) return null
    return roomLine(view, message('line.stopped', { name: await nameOf(ctx, event.by) }), [], await focusOver(ctx, event))
  }
  // A later step has overtaken this one, and its own line says how things stand.
  if (event.phase !== view.timer.phase_id || event.status !== view.timer.status) return null
  const called = await calledFor(ctx, view, event.to, platform)
  if (event.verb === 'start' && called.every((person) => person === event.by)) return null
  const over = await focusOver(ctx, event)
  if (event.status === 'idle')
    return roomLine(view, isOver(event) ? message('line.over') : message('line.ready', { phase: event.to }), [], over)
  if (event.endsAt === null) return null
  return roomLine(view, began(view, event.to, new Date(event.endsAt)), called, over)
}

/** The focus phase that this step ended; null where it ended none. */
const focusOver = async (ctx: Ctx, { room, from, phase }: Told<'timer.moved'>): Promise<PhaseId | null> =>
  from === 'work' ? phaseAsked(ctx, room, phase ?? undefined) : null

/** How it went, asked of one person of a room that says nothing in a channel; null where focus runs again. */
export async function askedAlone(ctx: Ctx, event: Told<'timer.moved'>, view: RoomView): Promise<Screen | null> {
  if (!view.room.is_active || (view.timer.status === 'running' && isFocus(view.timer.phase_type))) return null
  const over = await focusOver(ctx, event)
  return over === null ? null : roomLine(view, message('debrief.ask'), [], over)
}

/** The run ended with a focus phase and nothing follows: the timer is fresh again. */
const isOver = ({ from, to }: Told<'timer.moved'>): boolean => from === 'work' && to === 'work'

/** A phase began, and until when it runs. */
export function began(view: RoomView, phase: PhaseType, endsAt: Date): Message {
  const clock = { time: endsAt, as: 'clock' } as const
  if (!isFocus(phase)) return message('line.began', { phase, clock })
  return message('line.began-round', { clock, ...roundWords(view, planOf(view.room, runOf(view.timer))) })
}

/** Those present, with an account on the platform, who asked to be called when such a phase begins: a call names them in front of all. */
async function calledFor(ctx: Ctx, { room }: RoomView, phase: PhaseType, platform: Platform): Promise<readonly PersonId[]> {
  if (platform === 'web') return []
  const rows = await ctx.db
    .selectFrom('participant as p')
    .innerJoin('user_settings as s', 's.user_id', 'p.user_id')
    .innerJoin('identity as i', (join) => join.onRef('i.user_id', '=', 'p.user_id').on('i.platform', '=', platform))
    .select('p.user_id')
    .distinct()
    .where('p.room_id', '=', room.id)
    .where('p.left_at', 'is', null)
    .where(isShown('p.user_id'))
    .where('s.ping', 'in', ['both', isFocus(phase) ? 'focus' : 'break'])
    .execute()
  return rows.map(({ user_id }) => user_id)
}

function voted({ deed, phase }: Told<'timer.voted'>, view: RoomView): Screen | null {
  // Done meanwhile, or whoever asked has left.
  const vote = phase === view.timer.phase_id ? view.votes.find((one) => one.deed === deed) : undefined
  return vote === undefined ? null : voteLine(view, vote)
}

/** Who asks for what, how the vote stands, and a button to join it. */
export const voteLine = (view: RoomView, vote: Vote): Screen => ({
  tone: toneOf(view),
  title: message('timer.vote.title', { room: view.room.room_name }),
  blocks: [lines(voteText(view, vote)), buttons(voteButton(view, vote))],
})
