import { touchablesIn } from './blocks/elements-of.ts'
import { isJson, type Json, jsonList, textField } from './json.ts'
import type { Team, ViewValues } from './world.ts'

/** What a person may put into an element: words, several of them, or nothing. */
export type Given = string | number | readonly string[] | null

const FIELDS: Readonly<Record<string, { readonly field: string; readonly initial: string }>> = {
  static_select: { field: 'selected_option', initial: 'initial_option' },
  external_select: { field: 'selected_option', initial: 'initial_option' },
  radio_buttons: { field: 'selected_option', initial: 'initial_option' },
  overflow: { field: 'selected_option', initial: '' },
  multi_static_select: { field: 'selected_options', initial: 'initial_options' },
  multi_external_select: { field: 'selected_options', initial: 'initial_options' },
  checkboxes: { field: 'selected_options', initial: 'initial_options' },
  users_select: { field: 'selected_user', initial: 'initial_user' },
  multi_users_select: { field: 'selected_users', initial: 'initial_users' },
  conversations_select: { field: 'selected_conversation', initial: 'initial_conversation' },
  multi_conversations_select: { field: 'selected_conversations', initial: 'initial_conversations' },
  channels_select: { field: 'selected_channel', initial: 'initial_channel' },
  multi_channels_select: { field: 'selected_channels', initial: 'initial_channels' },
  datepicker: { field: 'selected_date', initial: 'initial_date' },
  timepicker: { field: 'selected_time', initial: 'initial_time' },
  datetimepicker: { field: 'selected_date_time', initial: 'initial_date_time' },
}
const TYPED = { field: 'value', initial: 'initial_value' }
const fieldOf = (element: Json) => FIELDS[textField(element, 'type')] ?? TYPED
const nothingIn = (element: Json): unknown => (fieldOf(element).field.endsWith('s') ? [] : null)

/** The state of a fresh surface: what the app filled in beforehand. */
export function initialValues(blocks: readonly Json[]): ViewValues {
  const values: Record<string, Record<string, Json>> = {}
  for (const { block, element } of touchablesIn(blocks)) {
    if (element.type === 'button' || element.type === 'overflow') continue
    const { field, initial } = fieldOf(element)
    values[textField(block, 'block_id')] = {
      ...values[textField(block, 'block_id')],
      [textField(element, 'action_id')]: { type: element.type, [field]: element[initial] ?? nothingIn(element) },
    }
  }
  return values
}

/** The state of an element after a person put something in. Options are meant by value or words; people and channels by id or name. */
export function valueFrom(team: Team, element: Json, given: Given): Json {
  const { field } = fieldOf(element)
  const one = (word: string): unknown => {
    if (field.startsWith('selected_option')) return optionOf(element, word)
    if (field.startsWith('selected_user')) return idOf([...team.users.values()], word)
    if (field.startsWith('selected_channel') || field.startsWith('selected_conversation')) return idOf([...team.channels.values()], word)
    if (field === 'selected_date_time') return Number(word)
    return word
  }
  if (given === null) return { type: element.type, [field]: nothingIn(element) }
  if (field.endsWith('s')) return { type: element.type, [field]: (typeof given === 'object' ? given : [String(given)]).map(one) }
  return { type: element.type, [field]: one(typeof given === 'object' ? given.join(',') : String(given)) }
}

function optionOf(element: Json, word: string): Json {
  const all = [...jsonList(element.options), ...jsonList(element.option_groups).flatMap((group) => jsonList(group.options))]
  const found = all.find((option) => option.value === word) ?? all.find((option) => isJson(option.text) && option.text.text === word)
  if (found) return found
  if (textField(element, 'type').includes('external')) return { text: { type: 'plain_text', text: word }, value: word }
  throw new Error(`"${word}" is no choice here, only ${all.map((option) => `"${textField(option, 'value')}"`).join(', ')}`)
}

function idOf(all: readonly { readonly id: string; readonly name: string }[], word: string): string {
  const found = all.find((one) => one.id === word) ?? all.find((one) => one.name === word.replace(/^[@#]/, ''))
  if (!found) throw new Error(`nobody and nothing here is called "${word}"`)
  return found.id
}

/** Why Slack itself would not let a person submit this, by block_id: an empty field that is required, or a text too long or too short. */
export function refusedByClient(blocks: readonly Json[], values: ViewValues): Record<string, string> {
  const refused: Record<string, string> = {}
  for (const { block, element } of touchablesIn(blocks).filter((one) => one.isInput)) {
    const id = textField(block, 'block_id')
    const value = values[id]?.[textField(element, 'action_id')]?.[fieldOf(element).field]
    const empty = value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
    if (empty && block.optional !== true) refused[id] = 'Please complete this required field.'
    else if (!empty && typeof value === 'string') {
      const fault = typedFault(element, value)
      if (fault) refused[id] = fault
    }
  }
  return refused
}

function typedFault(element: Json, value: string): string | null {
  const { max_length: most, min_length: least, min_value: lowest, max_value: highest } = element
  if (element.type === 'plain_text_input' && value.length > (typeof most === 'number' ? most : 3000)) return 'Too many characters.'
  if (element.type === 'plain_text_input' && typeof least === 'number' && value.length < least) return 'Too few characters.'
  if (element.type !== 'number_input') return null
  if (!Number.isFinite(Number(value)) || (element.is_decimal_allowed !== true && !Number.isInteger(Number(value))))
    return 'Must be a number.'
  if (typeof lowest === 'string' && Number(value) < Number(lowest)) return 'Too small a number.'
  return typeof highest === 'string' && Number(value) > Number(highest) ? 'Too large a number.' : null
}
