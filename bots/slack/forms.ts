import type { types } from '@slack/bolt'
import { z } from 'zod'
import type { Filled, Form, Field as FormField, Option } from '../../src/commands/command.ts'
import { timeExample } from '../../src/commands/labels.ts'
import { choiceName } from '../../src/locales/names.ts'
import type { Locale, MessageKey } from '../../src/locales/text.ts'
import { type Reader, say } from '../../src/locales/write.ts'
import { plain } from './controls.ts'
import type { Renderer } from './render.ts'

export const formId = 'form'
/** A menu that asks while one types: the rest of its action_id is command and option. */
export const suggestId = /^suggest:/

/** https://docs.slack.dev/reference/block-kit/block-elements, https://docs.slack.dev/reference/views */
const limits = { title: 24, label: 2000, typed: 3000, longText: 150, choice: 75, placeholder: 150 } as const

/** What a form remembers until it is sent: private_metadata, seen by Slack and us only. `channel` is where it was asked for, null in App Home. */
export type Carried = { readonly command: string; readonly args: Filled; readonly channel: string | null; readonly locale: Locale }

/** The form as a modal. `complaint` stands above the fields: why it was not taken. */
export function formView(
  renderer: Renderer,
  form: Form,
  reader: Reader,
  channel: string | null,
  complaint: readonly types.KnownBlock[] = [],
): types.ModalView {
  const carried: Carried = { command: form.command, args: form.carried, channel, locale: reader.locale }
  return {
    type: 'modal',
    callback_id: formId,
    private_metadata: JSON.stringify(carried),
    title: plain(renderer.label(form.title, reader), limits.title),
    submit: plain(say('slack.form.submit', reader.locale), limits.title),
    close: plain(say('slack.form.cancel', reader.locale), limits.title),
    blocks: [...complaint, ...form.fields.filter(isShown).map((field) => inputOf(renderer, form.command, field, reader))],
  }
}

const carriedShape = z.object({
  command: z.string(),
  args: z.record(z.string(), z.string()),
  channel: z.string().nullable(),
  locale: z.enum(['en', 'ko']),
})

/** What a form of ours remembers; null for any other view. */
export function carriedIn(metadata: string): Carried | null {
  if (!metadata.startsWith('{')) return null
  return carriedShape.nullable().catch(null).parse(parsed(metadata))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** Slack has no voice channels and no roles, so a form here does not ask for them. */
const isShown = ({ option }: FormField): boolean =>
  option.type !== 'channel' && option.type !== 'roles' && !(option.type === 'channels' && option.of === 'voice')

export const fieldBlock = (name: string): string => `field:${name}`

function inputOf(renderer: Renderer, command: string, field: FormField, reader: Reader): types.InputBlock {
  const { option, name, value } = field
  const hint = renderer.label({ key: option.about }, reader)
  return {
    type: 'input',
    block_id: fieldBlock(name),
    label: plain(renderer.label(field.label, reader), limits.label),
    element: elementOf(command, name, option, value, reader.locale),
    ...(hint.trim() === '' ? {} : { hint: plain(hint, limits.label) }),
    optional: option.required !== true,
  }
}

function elementOf(command: string, name: string, option: Option, value: string, locale: Locale): types.InputBlockElement {
  const action_id = name
  switch (option.type) {
    case 'string':
      return option.suggest ? suggesting(command, name, value, locale) : typing(name, option.max, value)
    case 'integer': {
      const whole = Number(value)
      const fits = value !== '' && Number.isInteger(whole) && whole >= option.min && whole <= option.max
      return {
        type: 'number_input',
        action_id,
        is_decimal_allowed: false,
        min_value: String(option.min),
        max_value: String(option.max),
        ...(fits ? { initial_value: value } : {}),
      }
    }
    case 'boolean':
      return choosing(name, [choice('yes', say('commands.word.yes', locale)), choice('no', say('commands.word.no', locale))], value, locale)
    case 'choice':
      return choosing(
        name,
        option.choices.map((one) => choice(one, choiceName(name, one, locale))),
        value,
        locale,
      )
    case 'time':
      return { ...typing(name, 100, value), placeholder: placeholder(timeExample(option), locale) }
    case 'user':
      return { type: 'users_select', action_id, placeholder: placeholder('slack.form.person', locale) }
    case 'users':
      return { type: 'multi_users_select', action_id, placeholder: placeholder('slack.form.people', locale) }
    case 'channels': {
      const chosen = value.match(/[CG][A-Z0-9]+/g) ?? []
      return {
        type: 'multi_conversations_select',
        action_id,
        placeholder: placeholder('slack.form.channels', locale),
        max_selected_items: option.most,
        filter: { include: ['public', 'private'], exclude_bot_users: true },
        ...(chosen.length === 0 ? {} : { initial_conversations: chosen }),
      }
    }
    case 'channel':
    case 'roles':
      return typing(name, limits.typed, value)
  }
  return option satisfies never
}

const typing = (name: string, max: number, value: string): types.PlainTextInput => ({
  type: 'plain_text_input',
  action_id: name,
  max_length: Math.min(max, limits.typed),
  ...(max > limits.longText ? { multiline: true } : {}),
  ...(value === '' ? {} : { initial_value: value.slice(0, Math.min(max, limits.typed)) }),
})

const suggesting = (command: string, name: string, value: string, locale: Locale): types.ExternalSelect => ({
  type: 'external_select',
  action_id: `suggest:${command}:${name}`,
  min_query_length: 0,
  placeholder: placeholder('slack.form.type', locale),
  ...(value === '' || value.length > limits.longText ? {} : { initial_option: choice(value, value) }),
})

function choosing(name: string, options: types.PlainTextOption[], value: string, locale: Locale): types.StaticSelect {
  const chosen = options.find((option) => option.value === value)
  return {
    type: 'static_select',
    action_id: name,
    placeholder: placeholder('slack.form.choose', locale),
    options,
    ...(chosen ? { initial_option: chosen } : {}),
  }
}

export const choice = (value: string, label: string): types.PlainTextOption => ({ text: plain(label, limits.choice), value })

const placeholder = (key: MessageKey, locale: Locale): types.PlainTextElement => plain(say(key, locale), limits.placeholder)
