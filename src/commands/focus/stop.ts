import { myRoom } from '../../domain/rooms/room.queries.ts'
import { soloNow, stopSolo, tellResult } from '../../domain/sessions/solo.actions.ts'
import { mySoloOutcome } from '../../domain/sessions/solo.queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { isUuid, type SoloId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { message, roomAnswer } from '../../screens/room.ts'
import type { Screen } from '../../screens/screen.ts'
import { soloOver, soloQuestion } from '../../screens/solo.ts'
import { command } from '../command.ts'

/**
 * Ends what I run by myself, and says how it went: done ticks the line it was for. Where an end was forgotten it asks again. In a
 * room it changes nothing, since the timer there is everyone's: it says what to press.
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
    if (solo !== undefined && isUuid(solo)) {
      const id = solo as SoloId
      if (result !== undefined) await tellResult(tx, id, result)
      return over(tx, id)
    }
    const open = await soloNow(tx)
    if (open?.state === 'asking') return soloQuestion(open)
    const ended = await stopSolo(tx, result ?? null)
    return ended === null ? nothingRuns(tx) : over(tx, ended)
  },
})

async function over(ctx: Ctx, solo: SoloId): Promise<Screen> {
  const outcome = await mySoloOutcome(ctx, solo)
  if (outcome === null) throw new Refusal('missing', 'solo.missing')
  return soloOver(outcome)
}

async function nothingRuns(ctx: Ctx): Promise<Screen> {
  const room = await myRoom(ctx)
  if (room !== null) return roomAnswer(room, ctx.now, message('solo.in-room', { room: room.room.room_name }))
  const wayOut = { label: 'solo.start-again', press: { command: 'focus start', args: { minutes: '25' } } } as const
  throw new Refusal('conflict', 'solo.none', {}, wayOut)
}
