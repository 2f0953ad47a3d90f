import { isDeepStrictEqual } from 'node:util'
import {
  type APIComponentInLabel,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ButtonStyle,
  ChannelType,
  ComponentType,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from 'discord.js'
import type { Field, Form } from '../../src/commands/command.ts'
import { timeExample } from '../../src/commands/labels.ts'
import { packPress } from '../../src/commands/press.ts'
import { choiceName } from '../../src/locales/names.ts'
import type { MessageKey } from '../../src/locales/text.ts'
import { plainPen, type Reader, say, write } from '../../src/locales/write.ts'
import { fitted } from './fit.ts'
import { limits } from './limits.ts'
import { cut, discordPen } from './markdown.ts'
import { container, type Payload, rowsOf } from './render.ts'

/** The form as a modal, which holds five fields: a longer form is shown in parts, each with its mark before the press. */
export const modal = (form: Form, reader: Reader, isPart: boolean): APIModalInteractionResponseCallbackData => ({
  custom_id: (isPart ? partMark : '') + packPress({ command: form.command, args: form.carried }),
  title: cut(write(form.title, reader, plainPen), limits.formTitle),
  components: form.fields.slice(0, limits.formFields).map((field) => labelled(field, reader)),
})

/** Fields with which a part of a long form begins, and what the part is about. */
const beginnings: Readonly<Record<string, MessageKey>> = {
  name: 'discord.form.part.lengths',
  repeat: 'discord.form.part.repeating',
  rounds: 'discord.form.part.people',
  keep: 'discord.form.part.habits',
  timezone: 'discord.form.part.time',
  visibility: 'discord.form.part.privacy',
  language: 'discord.form.part.place',
  creators: 'discord.form.part.opening',
  default_focus: 'discord.form.part.defaults',
  solo_voice: 'discord.form.part.voice',
}

/**
 * A form in modals of at most five fields. Each part is sent by itself and leaves the rest as it is; so a form that can't be
 * sent without some fields has one part, which begins with them.
 */
export function partsOf(form: Form): readonly Form[] {
  if (form.fields.length <= limits.formFields) return [form]
  const needed = form.fields.filter((field) => field.option.required)
  if (needed.length > 0)
    return [{ ...form, fields: [...needed, ...form.fields.filter((field) => !field.option.required)].slice(0, limits.formFields) }]
  return piecesOf(form.fields).map((fields) => ({ ...form, fields }))
}

/**
 * A piece begins with a field that begins one, where the piece before is full, or where other fields belong beside it than beside the piece
 * before. Those stand at its end.
 */
function piecesOf(fields: readonly Field[]): readonly (readonly Field[])[] {
  const pieces: { readonly own: Field[]; readonly beside: readonly Field[] }[] = []
  for (const field of fields.filter((one) => !isBeside(one))) {
    const beside = fields.filter(({ option }) => option.beside?.includes(field.name))
    const last = pieces.at(-1)
    const fits = last !== undefined && last.own.length + beside.length < limits.formFields && isDeepStrictEqual(last.beside, beside)
    if (fits && !Object.hasOwn(beginnings, field.name)) last.own.push(field)
    else pieces.push({ own: [field], beside })
  }
  return pieces.map(({ own, beside }) => [...own, ...beside])
}

const isBeside = ({ option }: Field): boolean => option.beside !== undefined

function nameOf({ fields }: Form, reader: Reader): string {
  const about = beginnings[fields[0]?.name ?? '']
  if (about !== undefined) return say(about, reader.locale)
  const own = fields.filter((field) => !isBeside(field))
  return own.map(({ label }) => write(label, reader, plainPen)).join(' · ')
}

/** A message with one button for each part of the form: the part's number goes before the press in its id. */
export function partsMessage(form: Form, reader: Reader): Payload {
  const press = packPress({ command: form.command, args: form.carried, ask: true })
  const buttons = partsOf(form).map((part, number) => ({
    type: ComponentType.Button as const,
    style: ButtonStyle.Secondary as const,
    custom_id: `${partMark}${number}${press}`,
    label: cut(nameOf(part, reader), limits.label),
  }))
  const pieces = [{ lines: [`### ${write(form.title, reader, discordPen)}`, say('discord.form.parts', reader.locale)] }, ...rowsOf(buttons)]
  return container('calm', fitted(pieces, say('discord.cut', reader.locale)))
}

const partMark = '~'

/** The press in the id of a button or a modal, and which part of a long form it is about: null where it is the whole. */
export function unmarked(id: string): { readonly part: number | null; readonly packed: string } {
  if (!id.startsWith(partMark)) return { part: null, packed: id }
  const [, part, packed = ''] = /^~(\d?)(.*)$/s.exec(id) ?? []
  return { part: Number(part), packed }
}

function labelled(field: Field, reader: Reader): APILabelComponent {
  const about = aboutField(field, reader)
  return {
    type: ComponentType.Label,
    label: cut(write(field.label, reader, plainPen), limits.fieldLabel),
    ...(about === '' ? {} : { description: cut(about, limits.fieldAbout) }),
    component: component(field, reader),
  }
}

function aboutField({ option }: Field, { locale }: Reader): string {
  const about = say(option.about, locale)
  return option.type === 'integer' ? `${about} (${option.min}–${option.max})` : about
}

/** The value that stands in the form goes into the component, so that sending it unchanged changes nothing. */
function component({ name, option, value }: Field, { locale }: Reader): APIComponentInLabel {
  const named = { custom_id: name, required: option.required === true }
  const ids = value.match(/\d+/g) ?? []
  const oneOf = (choices: readonly { readonly label: string; readonly value: string }[]) => ({
    ...named,
    type: ComponentType.StringSelect as const,
    options: choices.slice(0, limits.choices).map((choice) => ({ ...choice, ...(choice.value === value ? { default: true } : {}) })),
  })
  const typed = (most: number) => ({
    ...named,
    type: ComponentType.TextInput as const,
    style: most > 200 ? TextInputStyle.Paragraph : TextInputStyle.Short,
    max_length: Math.min(most, limits.typed),
    ...(value === '' ? {} : { value: cut(value, Math.min(most, limits.typed)) }),
  })
  switch (option.type) {
    case 'string':
      return typed(option.max)
    case 'integer':
      return typed(limits.number)
    case 'boolean':
      return oneOf(
        ['yes', 'no'].map((answer) => ({ label: say(answer === 'yes' ? 'commands.word.yes' : 'commands.word.no', locale), value: answer })),
      )
    case 'choice':
      return oneOf(option.choices.map((choice) => ({ label: cut(choiceName(name, choice, locale), limits.choice), value: choice })))
    case 'time':
      return { ...typed(100), placeholder: say(timeExample(option), locale) }
    case 'user':
      return { ...named, type: ComponentType.UserSelect }
    case 'users':
      return { ...named, type: ComponentType.UserSelect, max_values: limits.choices }
    case 'channel':
      return {
        ...named,
        type: ComponentType.ChannelSelect,
        channel_types: [ChannelType.GuildVoice, ChannelType.GuildStageVoice],
        ...(/^\d+$/.test(value) ? { default_values: [{ id: value, type: SelectMenuDefaultValueType.Channel }] } : {}),
      }
    case 'channels':
      return {
        ...named,
        type: ComponentType.ChannelSelect,
        channel_types: [...channelTypes[option.of]],
        min_values: 0,
        max_values: Math.min(option.most, limits.choices),
        ...(ids.length === 0 ? {} : { default_values: ids.map((id) => ({ id, type: SelectMenuDefaultValueType.Channel as const })) }),
      }
    case 'roles':
      return {
        ...named,
        type: ComponentType.RoleSelect,
        min_values: 0,
        max_values: Math.min(option.most, limits.choices),
        ...(ids.length === 0 ? {} : { default_values: ids.map((id) => ({ id, type: SelectMenuDefaultValueType.Role as const })) }),
      }
  }
  return option satisfies never
}

/** A list of voice channels takes whole categories too. */
const channelTypes = {
  voice: [ChannelType.GuildVoice, ChannelType.GuildStageVoice, ChannelType.GuildCategory],
  text: [ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.GuildVoice],
} as const
