import type { Result } from '../db/schema.ts'
import { shortestSessionSeconds } from '../domain/sessions/earned.queries.ts'
import type { SoloOutcome } from '../domain/sessions/solo.queries.ts'
import { limitOf, type Solo } from '../domain/sessions/solo.ts'
import { written } from '../domain/todos/todo.ts'
import { after, seconds } from '../kernel/clock.ts'
import type { Message, Text } from '../locales/text.ts'
import { button, buttons, lines, message } from './room.ts'
import type { Block, Button, Screen } from './screen.ts'

/** What the session is for, as it was typed; or that it is one's own. */
const aimText = ({ aim, subject }: Pick<Solo, 'aim' | 'subject'>): Text =>
  aim === null ? message('solo.title') : written({ text: aim, subject })

const results: readonly Result[] = ['done', 'partly', 'no']

/** How it went, in one tap. The button names its session: by then that one may be over, and something else may run. */
const resultButtons = ({ id }: Solo): readonly Button[] =>
  results.map((result) => button(`choice.result.${result}`, { command: 'focus stop', args: { result, solo: id } }))

const startAgain = button('solo.start-again', { command: 'focus start', args: { minutes: '25' } }, 'primary')
const today = button('solo.today', { command: 'focus list', args: {} })

/** The card of a session that a person runs by themselves, or is asked about; for nobody else's eyes. `said` stands above it. */
export function soloCard(solo: Solo, now: Date, ...said: readonly Text[]): Screen {
  if (solo.state === 'asking') return soloQuestion(solo)
  const before = said.length === 0 ? [] : [lines(...said)]
  return {
    tone: 'focus',
    title: aimText(solo),
    state: message('solo.running'),
    door: true,
    blocks: [
      ...before,
      ...whileRunning(solo, now),
      buttons(button('solo.stop', { command: 'focus stop', args: { solo: solo.id } }, 'primary')),
      lines(message('solo.stop-how')),
      buttons(...resultButtons(solo)),
    ],
  }
}

function whileRunning({ started_at: since, ends_at: until, planned_minutes: planned }: Solo, now: Date): readonly Block[] {
  const began = message('solo.since', { clock: { time: since, as: 'clock' } })
  if (until === null) return [lines(began)]
  const words = { clock: { time: until, as: 'clock' }, countdown: { time: until, as: 'countdown' } } as const
  if (planned === null) return [lines(began, message('solo.open-end', words))]
  const value = Math.min(planned * 60, Math.max(0, Math.round((now.getTime() - since.getTime()) / 1000)))
  return [{ kind: 'meter', value, max: planned * 60, text: message('solo.ends', words), until }, lines(began)]
}

/** A session that was forgotten: when was it stopped? Nothing is guessed. */
export function soloQuestion(solo: Solo): Screen {
  const answer = (when: 'now' | 'hour' | 'two-hours' | 'nothing', look: Button['look'] = 'plain'): Button =>
    button(`solo.stopped.${when}`, { command: 'focus stopped', args: { ago: when } }, look)
  const clock = { time: solo.started_at, as: 'clock' } as const
  const day = { time: solo.started_at, as: 'date' } as const
  return {
    tone: 'warning',
    title: message('solo.asked.title'),
    ...(solo.aim === null ? {} : { state: aimText(solo) }),
    door: true,
    blocks: [
      lines(
        message('solo.asked.since', { clock, day }),
        message('solo.asked.limit', { clock: { time: limitOf(solo), as: 'clock' } }),
        ...(solo.ends_at === null ? [] : [message('solo.asked.until', { day: { time: solo.ends_at, as: 'date' } })]),
      ),
      buttons(
        answer('now', 'primary'),
        answer('hour'),
        answer('two-hours'),
        button('solo.stopped.choose', { command: 'focus stopped', args: {}, ask: true }),
        answer('nothing'),
      ),
    ],
  }
}

/** What a session that is over has earned; asks how it went where nobody said so. */
export function soloOver(outcome: SoloOutcome): Screen {
  const { solo, session } = outcome
  const { result, is_reported: reported } = solo
  const waits = solo.state === 'ended' && solo.credited_at === null
  const ask = (session !== null || waits) && result === null
  const facts: readonly Text[] = [
    ...(reported ? [message('solo.reported')] : []),
    ...(solo.aim === null ? [] : [message('solo.aim', { aim: aimText(solo) })]),
    ...(result === null ? [] : [message('solo.result', { result: message(`choice.result.${result}`) })]),
    ...(ask ? [message('solo.how')] : []),
  ]
  return {
    tone: 'calm',
    title: verdict(outcome),
    door: true,
    blocks: [...(facts.length === 0 ? [] : [lines(...facts)]), buttons(...(ask ? resultButtons(solo) : []), startAgain, today)],
  }
}

function verdict({ solo, session, seconds }: SoloOutcome): Text {
  if (solo.state === 'lapsed') return message('solo.lapsed')
  if (solo.credited_at === null) return message('solo.waiting')
  return session === null ? tooShort('solo.too-short', solo) : message('solo.counted', { length: { duration: seconds } })
}

/** Why nothing is counted: it was short by itself, or by what counted elsewhere at the same time. */
export const tooShort = (key: 'solo.too-short' | 'solo.before-short', { started_at: from, ended_at: to }: Solo): Message =>
  message(key, { elsewhere: to !== null && to >= after(from, seconds(shortestSessionSeconds)) ? 'yes' : 'no' })
