import type { Result } from '../db/schema.ts'
import { called } from '../domain/people/visibility.ts'
import { bridgedMinutes } from '../domain/presence/presence.ts'
import type { RoomView, Vote } from '../domain/rooms/room.queries.ts'
import { votesNeeded } from '../domain/rooms/room.ts'
import { planOf, runOf, stateOf } from '../domain/timers/course.ts'
import { inRun, isFocus, type Plan, plannedSeconds, roundShown } from '../domain/timers/timer.ts'
import type { RoomId } from '../kernel/ids.ts'
import type { Press } from '../kernel/press.ts'
import type { Message, MessageKey, Text, Words } from '../locales/text.ts'
import type { Block, Button, Screen, Tone } from './screen.ts'

const mostNames = 10

export const message = (key: MessageKey, words?: Words): Message => (words === undefined ? { key } : { key, words })
export const lines = (...list: readonly Text[]): Block => ({ kind: 'lines', lines: list })
export const buttons = (...list: readonly Button[]): Block => ({ kind: 'buttons', buttons: list })
export const button = (label: MessageKey, press: Press | { readonly open: string }, look: Button['look'] = 'plain'): Button => ({
  label: { key: label },
  look,
  do: press,
})

/** A button of a room; `phase` ties it to the phase it was drawn for. */
const roomPress = (view: RoomView, command: string, more: Press['args'] = {}): Press => ({ command, args: { room: view.room.id, ...more } })

function phasePress(view: RoomView, command: string): Press {
  return roomPress(view, command, view.timer.phase_id === null ? {} : { phase: view.timer.phase_id })
}

const results: readonly Result[] = ['done', 'partly', 'no']

/** How the focus before it went, in one tap: the check-in of a break. `phase` is that focus, or the break. */
export const debriefButtons = (room: RoomId, phase: string): Block =>
  buttons(...results.map((result) => button(`choice.result.${result}`, { command: 'focus result', args: { room, phase, result } })))

/** The colour of what goes on. */
export function toneOf({ room, timer }: Pick<RoomView, 'room' | 'timer'>): Tone {
  if (!room.is_active || timer.status === 'idle' || timer.status === 'paused') return 'calm'
  return isFocus(timer.phase_type) ? 'focus' : 'break'
}

/** `round` and `of` as the catalogue takes them: no `of` is 0. */
export function roundWords(view: RoomView, plan: Plan): Words {
  const { round, of } = roundShown(view.timer.phase_type, view.timer.completed_rounds, plan)
  return { round, of: of ?? 0 }
}

function stateText(view: RoomView, plan: Plan): Message {
  const { room, timer } = view
  const phase = timer.phase_type
  if (!room.is_active) return message('panel.closed')
  if (timer.status === 'running') {
    const words = roundWords(view, plan)
    return message('panel.running', { phase, ...words, done: message('panel.done', words) })
  }
  if (timer.status === 'paused') return message('panel.paused', { phase })
  return inRun(stateOf(timer)) ? message('panel.ready', { phase }) : message('panel.idle')
}

function whenText({ timer, pausedBy }: RoomView, plan: Plan): Text {
  if (timer.status === 'running' && timer.ends_at !== null) {
    const words = { clock: { time: timer.ends_at, as: 'clock' }, countdown: { time: timer.ends_at, as: 'countdown' } } as const
    return message(isFocus(timer.phase_type) || !plan.autoStartWork ? 'panel.ends' : 'panel.focus-again', words)
  }
  if (timer.status === 'paused') {
    const left = { duration: timer.remaining_seconds ?? 0 }
    const name = pausedBy?.name ?? null
    return name === null ? message('panel.paused-left', { left }) : message('panel.paused-by', { name, left })
  }
  return message('panel.press-start')
}

/** Names side by side, each a text of its own: what was typed in one language is not taken for another. */
export const namesText = ([first = '', ...rest]: readonly string[]): Text =>
  rest.reduce<Text>((head, tail) => message('panel.names', { head, tail }), first)

function hereText({ here, count }: RoomView): Text {
  if (count === 0) return message('panel.nobody')
  const named = here.slice(0, mostNames).map(({ name }) => name)
  const more = count - named.length
  if (named.length === 0) return message('panel.here-unnamed', { count })
  return message(more === 0 ? 'panel.here' : 'panel.here-more', { count, names: namesText(named), more })
}

export const lengthsText = (plan: Plan): Text => {
  const { workMinutes: work, breakMinutes: rest, longBreakMinutes: long, longBreakAfter: after } = plan
  return after === null
    ? message('panel.lengths', { work, break: rest })
    : message('panel.lengths-long', { work, break: rest, long, after })
}

function meter({ timer }: RoomView, plan: Plan, now: Date, text: Text): Block {
  const max = timer.planned_seconds ?? plannedSeconds(timer.phase_type, plan)
  const left =
    timer.ends_at === null ? (timer.remaining_seconds ?? max) : Math.max(0, Math.round((timer.ends_at.getTime() - now.getTime()) / 1000))
  return { kind: 'meter', value: Math.max(0, max - left), max, text, ...(timer.ends_at === null ? {} : { until: timer.ends_at }) }
}

/** What the panel says for one phase after the platform was out of sight; nothing otherwise. */
const outageText = ({ timer: { outage_minutes: minutes } }: RoomView): readonly Text[] =>
  minutes === null ? [] : [message('outage.panel', { time: { duration: minutes * 60 }, bridged: minutes < bridgedMinutes ? 'yes' : 'no' })]

/**
 * The buttons of the state: running has Join, Pause, Skip, Leave, More; all else is under More. What starts a timer comes before Join.
 * One reader has the way in, or the way out; a panel for everybody has both.
 */
function panelButtons(view: RoomView, of: Readers): readonly Button[] {
  const { timer, standing } = view
  const join = of === 'one' && standing.isPresent ? [] : [button('room.join', roomPress(view, 'room join'))]
  const leave = of === 'one' && !standing.isPresent ? [] : [button('room.leave', roomPress(view, 'room leave'))]
  const more = button('room.more', roomPress(view, 'room more'))
  const skip = button('room.skip', phasePress(view, 'timer skip'))
  if (timer.status === 'running') {
    const first = view.count >= view.room.max_participants ? join : join.map((one) => ({ ...one, look: 'primary' }) as const)
    return [...first, button('room.pause', phasePress(view, 'timer pause')), skip, ...leave, more]
  }
  if (timer.status === 'paused') return [button('room.resume', phasePress(view, 'timer resume'), 'primary'), ...join, skip, ...leave, more]
  const label = isFocus(timer.phase_type) ? 'room.start' : 'room.start-break'
  return [button(label, roomPress(view, 'timer start'), 'primary'), ...join, ...leave, more]
}

/** For whom a panel is drawn: everybody in a channel, or the one person whose standing the view holds. */
type Readers = 'all' | 'one'

/** The one screen everybody sees: the same order on all three surfaces. */
export const roomPanel = (view: RoomView, now: Date): Screen => panel(view, now, 'all')

function panel(view: RoomView, now: Date, of: Readers): Screen {
  const { room, count } = view
  const plan = planOf(room, runOf(view.timer))
  const base = {
    tone: toneOf(view),
    title: room.room_name,
    state: stateText(view, plan),
    shows: { room: room.id, version: view.timer.version },
  } as const
  const shared = room.is_private ? {} : ({ audience: 'channel' } as const)
  if (!room.is_active) return { ...base, ...shared, blocks: [lines(message('panel.closed-line'))] }
  const full = count >= room.max_participants ? [message('panel.full', { count, max: room.max_participants })] : []
  const runBy = room.keep ? [message('panel.run-by', { workspace: view.workspaceName })] : []
  const when = whenText(view, plan)
  const clock = view.timer.status === 'idle' ? lines(when) : meter(view, plan, now, when)
  return {
    ...base,
    ...shared,
    blocks: [clock, lines(hereText(view), ...full, lengthsText(plan), ...runBy, ...outageText(view)), buttons(...panelButtons(view, of))],
  }
}

/** Who asks for what, and how the vote stands. */
export const voteText = ({ count }: RoomView, { deed, asker, voted }: Vote): Text =>
  message('timer.vote.line', { name: called(asker), deed, voted, needed: votesNeeded(count) })

/** The way to join a vote. */
export function voteButton(view: RoomView, { deed }: Vote): Button {
  const { command, args } = phasePress(view, `timer ${deed}`)
  return { label: message('timer.vote.yes', { deed }), look: 'primary', do: { command, args: { ...args, vote: 'yes' } } }
}

/** The votes under way, for one who did not hear of them in a channel; whoever is in the room and did not vote yet may join them. */
function votesFor(view: RoomView): readonly Block[] {
  const { votes, standing } = view
  const open = standing.isPresent ? votes.filter(({ mine }) => !mine) : []
  return [
    ...(votes.length === 0 ? [] : [lines(...votes.map((vote) => voteText(view, vote)))]),
    ...(open.length === 0 ? [] : [buttons(...open.map((vote) => voteButton(view, vote)))]),
  ]
}

/** The panel for one person alone: it says which votes run, and in a break it asks how it went. */
export function privatePanel(view: RoomView, now: Date): Screen {
  const { audience: _everyone, ...shared } = panel(view, now, 'one')
  const alone: Screen = { ...shared, blocks: [...shared.blocks, ...votesFor(view)] }
  const { status, phase_type, phase_id } = view.timer
  if (!view.standing.isPresent || status === 'idle' || isFocus(phase_type) || phase_id === null) return alone
  return { ...alone, blocks: [...alone.blocks, lines(message('debrief.ask')), debriefButtons(view.room.id, phase_id)] }
}

/** What a person alone is told about their own deed in a room, above the panel. */
export const roomAnswer = (view: RoomView, now: Date, ...said: readonly Text[]): Screen => {
  const alone = privatePanel(view, now)
  return { ...alone, shows: { room: view.room.id, version: view.timer.version, said: true }, blocks: [lines(...said), ...alone.blocks] }
}

/** What joining did; whoever is not seen yet may choose to be asked instead of entering the voice channel. */
export function joinedAnswer(view: RoomView, now: Date, said: Text, unseen?: true): Screen {
  const answer = roomAnswer(view, now, said)
  if (unseen === undefined) return answer
  const [first, ...rest] = answer.blocks
  const press = { command: 'room join', args: { room: view.room.id, without_voice: 'yes' } }
  return { ...answer, blocks: [...(first === undefined ? [] : [first]), buttons(button('room.join-without-voice', press)), ...rest] }
}

/** Only what an answer about a room says to the person: the panel itself stands beside it. */
export const saidAlone = ({ tone, title, blocks }: Screen): Screen => ({ tone, title, blocks: blocks.slice(0, 1) })

/** A panel that no longer lives where it stands. */
export const movedPanel = (name: string): Screen => ({ tone: 'calm', title: name, blocks: [lines(message('panel.moved'))] })
