import { actingPerson } from '../../domain/people/person.queries.ts'
import { giveWay } from '../../domain/presence/give-way.actions.ts'
import { aimAt } from '../../domain/rooms/aim.actions.ts'
import { full, joinRoom } from '../../domain/rooms/participant.actions.ts'
import { freshView } from '../../domain/rooms/room.actions.ts'
import { myRoom, type RoomView, roomOfMyVoiceChannel } from '../../domain/rooms/room.queries.ts'
import { canDoWithoutVote } from '../../domain/rooms/room.ts'
import { soloNow, startSolo } from '../../domain/sessions/solo.actions.ts'
import { soloOutcome } from '../../domain/sessions/solo.queries.ts'
import { soloLimitMinutes } from '../../domain/sessions/solo.ts'
import { moveTimer } from '../../domain/timers/timer.actions.ts'
import { type Aim, aimFrom } from '../../domain/todos/todo.actions.ts'
import { openLines } from '../../domain/todos/todo.queries.ts'
import { longestLine, written } from '../../domain/todos/todo.ts'
import type { Ctx, Tx } from '../../kernel/context.ts'
import type { SoloId } from '../../kernel/ids.ts'
import type { WayOut } from '../../kernel/refusal.ts'
import type { Text } from '../../locales/text.ts'
import { message, privatePanel, roomAnswer } from '../../screens/room.ts'
import type { Screen } from '../../screens/screen.ts'
import { soloCard, tooShort } from '../../screens/solo.ts'
import { zoneQuestion } from '../../screens/zone.ts'
import { command, type Suggest } from '../command.ts'
import { saidOnJoining } from '../room/join.ts'
import { minutesIn } from '../values.ts'

/** A focus phase of a room is no longer than this. */
const longestPhaseMinutes = 180

/** Open lines of the list: what is chosen goes along as one types it. */
const lines: Suggest = async (ctx, typed) =>
  (await openLines(ctx, actingPerson(ctx)))
    .map((line) => ({ label: written(line), value: line.id }))
    .filter(({ label }) => label.toLowerCase().includes(typed.toLowerCase()))

/**
 * The front door: the room of my voice channel is joined, else the room I am in goes on, else I focus by myself. A timer that
 * stands still there is started by those who may. Without an option a session of my own that runs already is shown; with one it ends,
 * counts, and the new one begins.
 */
export const start = command({
  name: 'focus start',
  summary: 'command.focus.start.summary',
  reply: 'private',
  options: {
    aim: { type: 'string', max: longestLine, suggest: lines, about: 'option.aim.about' },
    minutes: { type: 'integer', min: 1, max: soloLimitMinutes, unit: 'minutes', about: 'option.minutes.about' },
    alone: { type: 'boolean', hidden: true, about: 'option.alone.about' },
  },
  async run(tx, { aim: typed, minutes: given, alone }) {
    const minutes = given ?? lengthIn(typed)
    const aim = given === undefined && minutes !== undefined ? undefined : typed
    const wanted = await aimFrom(tx, aim)
    const there = (alone === true ? null : await roomOfMyVoiceChannel(tx)) ?? (await myRoom(tx))
    if (there !== null) return enterAndStart(tx, there, wanted, minutes ?? null)
    const running = await soloNow(tx)
    if (running?.state === 'asking' || (running !== null && aim === undefined && minutes === undefined)) return soloCard(running, tx.now)
    await giveWay(tx, actingPerson(tx))
    const { solo, before } = await startSolo(tx, { ...wanted, minutes: minutes ?? null })
    return zoneQuestion(tx, soloCard(solo, tx.now, ...(await saidOfBefore(tx, before))))
  },
})

/** `focus start 50` means minutes, where they fit. */
function lengthIn(aim: string | undefined): number | undefined {
  const minutes = aim === undefined ? null : minutesIn(aim)
  return minutes !== null && minutes >= 1 && minutes <= soloLimitMinutes ? minutes : undefined
}

/** Whoever is in a room focuses with it: the minutes are those of a run that starts now, the aim is theirs alone. */
async function enterAndStart(tx: Tx, there: RoomView, aim: Aim, minutes: number | null): Promise<Screen> {
  const { count, room, standing } = there
  if (!standing.isPresent && count >= room.max_participants) throw full(count, room.max_participants, startAlone(aim, minutes))
  const joined = standing.isPresent ? null : await joinRoom(tx, there)
  if (aim.aim !== null) await aimAt(tx, there.room.id, actingPerson(tx), aim)
  const view = await freshView(tx, there.room.id)
  const run = { work: minutes === null ? null : Math.min(minutes, longestPhaseMinutes), break: null }
  if (view.timer.status === 'idle' && canDoWithoutVote(view.standing, view.room.control, 'start'))
    await moveTimer(tx, view, { verb: 'start', run })
  const now = await freshView(tx, there.room.id)
  const said: readonly Text[] = [
    ...(joined === null ? [] : [saidOnJoining(joined)]),
    ...(aim.aim === null ? [] : [message('aim.told', { aim: written({ text: aim.aim, subject: aim.subject }) })]),
  ]
  return said.length === 0 ? privatePanel(now, tx.now) : roomAnswer(now, tx.now, ...said)
}

/** Whose voice channel has no seat for them may focus by themselves. A typed aim may be too long for a button, a line of the list is not. */
const startAlone = ({ todo_id }: Aim, minutes: number | null): WayOut => ({
  label: 'solo.start-alone',
  press: {
    command: 'focus start',
    args: {
      alone: 'yes',
      ...(minutes === null ? {} : { minutes: String(minutes) }),
      ...(todo_id === null ? {} : { aim: todo_id }),
    },
  },
})

/** What the session earned that ended because the next one began. */
async function saidOfBefore(ctx: Ctx, before: SoloId | null): Promise<readonly Text[]> {
  const over = before === null ? null : await soloOutcome(ctx, before)
  if (over === null) return []
  if (over.solo.credited_at === null) return [message('solo.before-waiting')]
  return [over.session === null ? tooShort('solo.before-short', over.solo) : message('solo.before', { length: { duration: over.seconds } })]
}
