import type { BlockSuggestion, types } from '@slack/bolt'
import { suggest } from '../../src/commands/perform.ts'
import type { App } from '../../src/kernel/context.ts'
import { carriedIn, choice } from './forms.ts'
import type { Installed } from './installed.ts'
import type { Account, People } from './people.ts'

/** Slack shows 100 options; a value has 150 characters at most. */
const longestValue = 150

export type Suggestions = { options(installed: Installed, account: Account, asked: BlockSuggestion): Promise<types.PlainTextOption[]> }

export const createSuggestions = (app: App, people: People): Suggestions => ({
  /** What the menu of an option offers. What was typed is offered too, since most options take any text. */
  options: async (installed, account, asked) => {
    const [, command, option] = asked.action_id.split(':')
    if (command === undefined || option === undefined) return []
    const channel = carriedIn(asked.view?.private_metadata ?? '')?.channel ?? null
    const caller = await people.caller(installed, account)
    const place = channel === null ? null : ({ platform: 'slack', channel } as const)
    const found = await suggest(app, caller, { command, option, typed: asked.value, place })
    const offered = found.filter(({ value }) => value !== '' && value.length <= longestValue)
    const typed = asked.value.trim().slice(0, longestValue)
    const isNew = typed !== '' && !offered.some(({ label, value }) => label === typed || value === typed)
    return [...offered.map(({ label, value }) => choice(value, label)), ...(isNew ? [choice(typed, typed)] : [])]
  },
})
