/** Buttons, selects and forms under a person's hands. */

import { interactionTypes } from '../interactions.ts'
import type { Message } from '../messages.ts'
import { allComponents, type Button, type EntitySelect, type StringSelect } from '../rules/components.ts'
import { type Field, fieldsOf } from '../rules/modals.ts'
import { type Channel, channelById, type World } from '../world.ts'
import type { Answer, Modal } from './answers.ts'
import { interact, type Person, seenMessage } from './interact.ts'
import { type Named, resolved } from './resolved.ts'

const buttonIn = (message: Message, wanted: string): Button => {
  const buttons = allComponents(message.components).filter((component): component is Button => component.type === 2)
  const button = buttons.find((made) => made.custom_id === wanted) ?? buttons.find((made) => made.label === wanted)
  if (!button) throw new Error(`No button ${wanted}, but: ${buttons.map((made) => made.label ?? made.custom_id).join(', ')}`)
  if (!button.custom_id) throw new Error(`${wanted} is a link`)
  if (button.disabled) throw new Error(`${wanted} is switched off`)
  return button
}

/** Presses the button with this custom id or label. */
export const press = async (person: Person, message: Message, customIdOrLabel: string): Promise<Answer> => {
  const channel = seenMessage(person, message)
  const { custom_id, id } = buttonIn(message, customIdOrLabel)
  return interact(person, channel, {
    type: interactionTypes.component,
    source: message,
    data: { component_type: 2, custom_id, id: id ?? 0 },
  })
}

const within = (count: number, least: number, most: number): void => {
  if (count < least || count > most) throw new Error(`Between ${least} and ${most} can be chosen, not ${count}`)
}

/** The chosen values, by value or by label. */
const picked = (options: readonly { readonly label: string; readonly value: string }[], wanted: readonly string[]): string[] =>
  wanted.map((word) => {
    const option = options.find((made) => made.value === word) ?? options.find((made) => made.label === word)
    if (!option) throw new Error(`No choice ${word}, but: ${options.map((made) => made.label).join(', ')}`)
    return option.value
  })

const entities = (world: World, type: EntitySelect['type'], ids: readonly string[]): Named => {
  if (type === 8) return { channels: ids }
  return { users: ids.filter((id) => world.users.has(id)), roles: ids.filter((id) => !world.users.has(id)) }
}

type Select = StringSelect | EntitySelect
const isSelect = (component: { readonly type: number }): component is Select => [3, 5, 6, 7, 8].includes(component.type)

const chosen = (
  world: World,
  channel: Channel,
  select: Select,
  wanted: readonly string[],
): { values: readonly string[]; resolved?: object } => {
  within(wanted.length, select.min_values ?? 1, select.max_values ?? 1)
  if (select.type === 3) return { values: picked(select.options, wanted) }
  return { values: wanted, resolved: resolved(world, channel, entities(world, select.type, wanted)) }
}

/** Chooses in a select: values or labels; ids for people, roles and channels. */
export const select = async (person: Person, message: Message, customId: string, wanted: readonly string[]): Promise<Answer> => {
  const channel = seenMessage(person, message)
  const menus = allComponents(message.components).filter(isSelect)
  const menu = menus.find((made) => made.custom_id === customId) ?? menus.find((made) => made.placeholder === customId)
  if (!menu) throw new Error(`No select ${customId}, but: ${menus.map((made) => made.custom_id).join(', ')}`)
  if (menu.disabled) throw new Error(`${customId} is switched off`)
  const data = { component_type: menu.type, custom_id: menu.custom_id, id: menu.id ?? 0, ...chosen(person.world, channel, menu, wanted) }
  return interact(person, channel, { type: interactionTypes.component, source: message, data })
}

export type FieldValue = string | boolean | readonly string[]

const asList = (given: FieldValue | undefined): readonly string[] =>
  given === undefined || typeof given === 'boolean' ? [] : [given].flat()

/** One field as it is submitted; what is not given stays as the form had it. */
const filled = (world: World, channel: Channel, field: Field, given: FieldValue | undefined): { value: object; resolved?: object } => {
  const shared = { type: field.type, id: field.id ?? 0, custom_id: field.custom_id }
  const needed = !('required' in field) || field.required !== false
  const defaults = 'options' in field ? field.options.filter((option) => option.default).map((option) => option.value) : []
  const wanted = given === undefined ? defaults : asList(given)
  switch (field.type) {
    case 4: {
      const value = String(given ?? field.value ?? '')
      if (needed && value === '') throw new Error(`${field.custom_id} must be filled in`)
      if (value !== '') within(value.length, field.min_length ?? 0, field.max_length ?? 4000)
      return { value: { ...shared, value } }
    }
    case 23:
      return { value: { ...shared, value: given === undefined ? field.default === true : given === true } }
    case 21: {
      const [value = null] = picked(field.options, wanted)
      if (needed && value === null) throw new Error(`${field.custom_id} must be chosen`)
      return { value: { ...shared, value } }
    }
    case 22:
      within(wanted.length, needed ? (field.min_values ?? 1) : 0, field.max_values ?? field.options.length)
      return { value: { ...shared, values: picked(field.options, wanted) } }
    default: {
      const preset = field.type === 3 ? [] : (field.default_values ?? []).map((entry) => entry.id)
      const ids = given === undefined && preset.length ? preset : wanted
      if (!needed && ids.length === 0) return { value: { ...shared, values: [] } }
      const { values, resolved } = chosen(world, channel, field, ids)
      return { value: { ...shared, values }, ...(resolved ? { resolved } : {}) }
    }
  }
}

/** Sends a form: values by custom id or by label. */
export const submit = async (person: Person, modal: Modal, given: Readonly<Record<string, FieldValue>>): Promise<Answer> => {
  const { world } = person
  const channel = channelById(world, modal.channelId)
  const fields = fieldsOf(modal.body)
  const stray = Object.keys(given).find((key) => !fields.some(({ label, field }) => field.custom_id === key || label === key))
  if (stray) throw new Error(`The form has no field ${stray}, but: ${fields.map(({ label }) => label).join(', ')}`)
  const answers = fields.map(({ label, field }) => filled(world, channel, field, given[field.custom_id] ?? given[label]))
  let next = 0
  const components = modal.body.components.map((component) => {
    if (component.type === 10) return { type: 10, id: component.id ?? 0 }
    const value = answers[next++]?.value
    return component.type === 18
      ? { type: 18, id: component.id ?? 0, component: value }
      : { type: 1, id: component.id ?? 0, components: [value] }
  })
  const named = answers.map((answer) => answer.resolved).filter((one) => one !== undefined)
  const data = { custom_id: modal.body.custom_id, components, ...(named.length ? { resolved: merged(named) } : {}) }
  return interact(person, channel, { type: interactionTypes.modal, source: modal.source, data })
}

const merged = (tables: readonly object[]): object => {
  const sum: Record<string, object> = {}
  for (const table of tables) for (const [kind, entries] of Object.entries(table)) sum[kind] = { ...sum[kind], ...entries }
  return sum
}
