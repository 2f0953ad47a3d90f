import type { Result } from '../../db/schema.ts'
import { debrief } from '../../domain/debriefs/debrief.actions.ts'
import { phaseAsked } from '../../domain/debriefs/debrief.queries.ts'
import { actingPerson } from '../../domain/people/person.queries.ts'
import { myRoom } from '../../domain/rooms/room.queries.ts'
import { soloNow, stopSolo, tellResult } from '../../domain/sessions/solo.actions.ts'
import { mySoloOutcome } from '../../domain/sessions/solo.queries.ts'
import { isFocus } from '../../domain/timers/timer.ts'
import { openLines } from '../../domain/todos/todo.queries.ts'
import type { Ctx, Tx } from '../../kernel/context.ts'
import { isUuid, type SoloId } from '../../kernel/ids.ts'
import { Refusal, type WayOut } from '../../kernel/refusal.ts'
import { debriefAnswer } from '../../screens/debrief.ts'
import { message, roomAnswer } from '../../screens/room.ts'
import type { Screen } from '../../screens/screen.ts'
import { soloOver, soloQuestion } from '../../screens/solo.ts'
import { command } from '../command.ts'
import { tellJustOver } from './just-over.ts'

/**
 * Ends what I run by myself, and says how it went: done ticks the line it was for. A button means its own session, also when that is
 * over. Where an end was forgotten it asks again. In a room the timer is everyone's, so it stops nothing there: it takes the result, or
 * says what to press.
 */
export const stop = command({
  name: 'focus stop',
  summary: 'command.focus.stop.summary',
  reply: 'private',
  options: {
    result: { type: 'choice', choices: ['done', 'partly', 'no'], about: 'option.result.about' },
    solo: { type: 'string', max: 36, hidden: true, about: 'option.solo.about' },
  },
  async run(tx, { result, solo }) {
    const open = await soloNow(tx)
    if (solo !== undefined && isUuid(solo) && solo !== open?.id) {
      const id = solo as SoloId
      if (result !== undefined) await tellResult(tx, id, result)
      return over(tx, id)
    }
    if (open?.state === 'asking') return soloQuestion(open)
    const ended = await stopSolo(tx, result ?? null)
    return ended === null ? nothingRuns(tx, result) : over(tx, ended)
  },
})

async function over(ctx: Ctx, solo: SoloId): Promise<Screen> {
  const outcome = await mySoloOutcome(ctx, solo)
  if (outcome === null) throw new Refusal('missing', 'solo.missing')
  return soloOver(outcome)
}

/**
 * In a room a result is that of the focus phase that was over last, but never while another runs; elsewhere of what has just ended by
 * itself; else it is said what to press.
 */
async function nothingRuns(tx: Tx, result: Result | undefined): Promise<Screen> {
  const there = await myRoom(tx)
  if (there === null) {
    const told = result === undefined ? null : await tellJustOver(tx, result)
    if (told === null) throw new Refusal('conflict', 'solo.none', {}, startAgain)
    return told
  }
  const { id, room_name: room } = there.room
  const isFocusing = there.timer.status !== 'idle' && isFocus(there.timer.phase_type)
  if (result === undefined || isFocusing || (await phaseAsked(tx, id, undefined)) === null)
    return roomAnswer(there, tx.now, message('solo.in-room', { room }))
  return debriefAnswer(id, await debrief(tx, id, undefined, result), result, await openLines(tx, actingPerson(tx)))
}

const startAgain: WayOut = { label: 'solo.start-again', press: { command: 'focus start', args: { minutes: '25' } } }
