import { answerSolo } from '../../domain/sessions/solo.actions.ts'
import { soloOutcome } from '../../domain/sessions/solo.queries.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { soloOver } from '../../screens/solo.ts'
import { command } from '../command.ts'

/** When I stopped a session that I forgot: by a tap, or at a moment that I choose. */
export const stopped = command({
  name: 'focus stopped',
  summary: 'command.focus.stopped.summary',
  reply: 'private',
  listed: false,
  options: {
    at: { type: 'time', past: true, about: 'option.stopped-at.about' },
    ago: { type: 'choice', choices: ['now', 'hour', 'two-hours', 'nothing'], hidden: true, about: 'option.ago.about' },
  },
  async run(tx, { at, ago }) {
    if (at === undefined && ago === undefined) throw new Refusal('invalid', 'solo.stopped-unsaid')
    const answer = at !== undefined ? { at } : ago === 'nothing' || ago === undefined ? 'nothing' : { ago }
    const outcome = await soloOutcome(tx, await answerSolo(tx, answer))
    if (outcome === null) throw new Refusal('missing', 'solo.missing')
    return soloOver(outcome)
  },
})
