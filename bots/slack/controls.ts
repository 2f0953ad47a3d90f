import type { types } from '@slack/bolt'
import { packPress, packSelect, unpackPress, unpackSelect } from '../../src/commands/press.ts'
import type { Press } from '../../src/kernel/press.ts'
import type { Text } from '../../src/locales/text.ts'
import type { Button, Choice, Block as ScreenBlock } from '../../src/screens/screen.ts'
import { cut, piecesOf } from './cut.ts'

/** Names what a control does, so that it still works after a restart; the rest of the id is read back by `pressOf`. */
export const controls = { press: /^press:/, select: /^select:/, open: /^open:/ } as const

/** Slack's limits: https://docs.slack.dev/reference/block-kit/block-elements */
const limits = { label: 75, choices: 100, inRow: 5, value: 150, link: 3000 } as const

/** Writes a text where Slack reads no markup. */
export type Label = (text: Text) => string

export const plain = (text: string, longest: number): types.PlainTextElement => ({
  type: 'plain_text',
  text: cut(text.trim() === '' ? '–' : text, longest),
  emoji: false,
})

/**
 * Rows of buttons. `first` counts the buttons before these on the same surface, since an action_id is unique there. `web` is the address
 * of the pages: a link to them is left out where they have none that others can reach.
 */
export function buttonRows(buttons: readonly Button[], first: number, label: Label, web: string | null): types.ActionsBlock[] {
  const elements = buttons.flatMap((button, index) => buttonElement(button, first + index, label, web))
  return piecesOf(elements, limits.inRow).map((row) => ({ type: 'actions', elements: row }))
}

function buttonElement(button: Button, number: number, label: Label, web: string | null): types.Button[] {
  const look = button.look === 'plain' ? {} : { style: button.look }
  const text = plain(label(button.label), limits.label)
  if ('command' in button.do) return [{ type: 'button', text, ...look, action_id: `press:${number}`, value: packPress(button.do) }]
  const { open } = button.do
  const url = open.startsWith('/') ? web && web + open : open
  return url === null || url.length > limits.link ? [] : [{ type: 'button', text, ...look, action_id: `open:${number}`, url }]
}

/** A menu with its label beside it; the choice becomes the argument `option` of its press. */
export function selectMenu(select: Extract<ScreenBlock, { kind: 'select' }>, placeholder: string, label: Label): types.StaticSelect | null {
  const options = select.choices.filter((choice) => choice.value.length <= limits.value).slice(0, limits.choices)
  const chosen = options.find((choice) => choice.chosen)
  if (options.length === 0) return null
  return {
    type: 'static_select',
    action_id: `select:${packSelect(select.press, select.option)}`,
    placeholder: plain(placeholder, limits.value),
    options: options.map((choice) => choiceOf(choice, label)),
    ...(chosen ? { initial_option: choiceOf(chosen, label) } : {}),
  }
}

const choiceOf = (choice: Choice, label: Label): types.PlainTextOption => ({
  text: plain(label(choice.label), limits.label),
  value: choice.value,
  ...(choice.about === undefined ? {} : { description: plain(label(choice.about), limits.label) }),
})

/** What was pressed or chosen; null for a control that is none of ours, such as one of an older message. */
export function pressOf(action: Touched): Press | null {
  if (controls.press.test(action.action_id)) return unpackPress(action.value ?? '')
  const value = action.selected_option?.value
  return value === undefined ? null : unpackSelect(action.action_id.replace(controls.select, ''), value)
}

/** The part of a touched control that says what it means. */
type Touched = { readonly action_id: string; readonly value?: string; readonly selected_option?: { readonly value?: string } | null }
