import type { Field, Form, Option } from '../src/commands/command.ts'
import { choiceLabel, timeExample } from '../src/commands/labels.ts'
import { packPress } from '../src/commands/press.ts'
import type { MessageKey, Text } from '../src/locales/text.ts'
import { plainPen, type Reader, say, write } from '../src/locales/write.ts'
import { ink } from './desk.ts'
import { type Html, html } from './html.ts'

/** What was typed and what is wrong with it, by the name of the field. */
export type Filling = { readonly typed: Readonly<Record<string, string>>; readonly errors: ReadonlyMap<string, Text> }

export type FormFrame = { readonly csrf: string; readonly heading: 'h1' | 'h2' }

/** What the button below a form says: the deed. */
const deeds: Readonly<Record<string, MessageKey>> = {
  'room create': 'web.form.open',
  'room edit': 'web.form.save',
  'reserve create': 'web.form.reserve',
  'reserve edit': 'web.form.save',
  'room invite': 'web.form.invite',
  'settings set': 'web.form.save',
}

/** Commands that make something new, of which nothing is as it is yet. */
const making: ReadonlySet<string> = new Set(['room create', 'reserve create', 'focus add', 'focus start', 'todo add'])

/** Text longer than this is written in a box of several lines. */
const longestLine = 200

/** The fields that the web can fill in: it knows no channels and roles of a chat. */
export const shownFields = (form: Form): readonly Field[] => form.fields.filter(({ option }) => !ofChat.has(option.type))

const ofChat: ReadonlySet<Option['type']> = new Set(['channel', 'channels', 'roles'])

/** How a field is called in the body of the form, apart from what else the body holds. */
export const inputName = (field: Field): string => `o.${field.name}`

/** Form + Reader → HTML, pure. Errors stand by their field, what was typed stays. */
export function drawForm(form: Form, reader: Reader, frame: FormFrame, filling: Filling = untouched): Html {
  const title = html`<span>${ink(form.title, reader)}</span>`
  return html`<form class="form screen tone-calm" method="post" action="/form" novalidate aria-labelledby="form-title">
<input type="hidden" name="_csrf" value="${frame.csrf}"><input type="hidden" name="press" value="${packPress({ command: form.command, args: form.carried, ask: true })}">
${frame.heading === 'h1' ? html`<h1 id="form-title">${title}</h1>` : html`<h2 id="form-title">${title}</h2>`}
${shownFields(form).map((field) => drawField(form.command, field, reader, filling))}
<p class="buttons"><button class="button primary" id="form-send">${say(deeds[form.command] ?? 'web.select.go', reader.locale)}</button></p>
</form>`
}

const untouched: Filling = { typed: {}, errors: new Map() }

function drawField(command: string, field: Field, reader: Reader, filling: Filling): Html {
  const id = `field-${field.name}`
  const [firstWrong] = filling.errors.keys()
  const error = filling.errors.get(field.name)
  const value = filling.typed[field.name] ?? field.value
  const described = `${id}-about${error === undefined ? '' : ` ${id}-error`}`
  const needed = field.option.required ? html` <span class="needed">${say('web.form.required', reader.locale)}</span>` : null
  const wide = field.option.type === 'string' || field.option.type === 'users' ? ' wide' : ''
  return html`<div class="field${wide}"><label for="${id}">${ink(field.label, reader)}${needed}</label>
<p class="about" id="${id}-about">${ink({ key: field.option.about }, reader)}${hintOf(field, reader)}</p>
${error === undefined ? null : html`<p class="error" id="${id}-error"><span>${ink(error, reader)}</span></p>`}
${drawInput(command, field, value, reader, attributes(field, id, described, error !== undefined, field.name === firstWrong))}</div>`
}

const attributes = (field: Field, id: string, described: string, wrong: boolean, here: boolean): Html =>
  html`id="${id}" name="${inputName(field)}" aria-describedby="${described}"${field.option.required ? html` required` : null}${wrong ? html` aria-invalid="true"` : null}${here ? html` autofocus` : null}`

function hintOf({ option }: Field, reader: Reader): Html | null {
  if (option.type === 'user') return html` · ${say('web.form.person', reader.locale)}`
  if (option.type === 'users') return html` · ${say('web.form.people', reader.locale)}`
  if (option.type !== 'integer') return null
  const key = option.unit === 'minutes' ? 'web.form.minutes' : 'web.form.range'
  return html` · ${say(key, reader.locale, { min: option.min, max: option.max })}`
}

function drawInput(command: string, field: Field, value: string, reader: Reader, common: Html): Html {
  const { option } = field
  switch (option.type) {
    case 'string':
      if (option.max > longestLine) return html`<textarea ${common} maxlength="${option.max}">${value}</textarea>`
      return html`<input ${common} maxlength="${option.max}" value="${value}" autocomplete="off"${option.suggest ? listOf(command, field) : null}>${option.suggest ? listBelow(field) : null}`
    case 'integer':
      return html`<input ${common} type="number" inputmode="numeric" min="${option.min}" max="${option.max}" step="1" value="${value}">`
    case 'boolean':
      return drawChoices(command, field, value, common, reader, [
        { value: 'yes', words: say('web.form.yes', reader.locale) },
        { value: 'no', words: say('web.form.no', reader.locale) },
      ])
    case 'choice':
      return drawChoices(
        command,
        field,
        value,
        common,
        reader,
        option.choices.map((choice) => ({ value: choice, words: write(choiceLabel(field.name, choice), reader, plainPen) })),
      )
    case 'user':
      return html`<input ${common} value="${value}" autocomplete="off" autocapitalize="off"${listOf(command, field)}>${listBelow(field)}`
    case 'time':
      return html`<input ${common} value="${value}" autocomplete="off" placeholder="${say(timeExample(option), reader.locale)}">`
    case 'users':
    case 'channel':
    case 'channels':
    case 'roles':
      return html`<input ${common} value="${value}" autocomplete="off">`
    default:
      option satisfies never
      return html``
  }
}

/** Where the page's script asks for values that fit what is typed; without it the field is a plain one. */
const listOf = (command: string, field: Field): Html =>
  html` list="field-${field.name}-list" data-fill="/form/suggest?${new URLSearchParams({ command, option: field.name }).toString()}"`

const listBelow = (field: Field): Html => html`<datalist id="field-${field.name}-list"></datalist>`

type Listed = { readonly value: string; readonly words: string }

/** An empty choice stands first where nothing is filled in: left there, the form changes nothing, takes what is usual for something new, or asks again where it is needed. */
function drawChoices(command: string, field: Field, value: string, common: Html, reader: Reader, choices: readonly Listed[]): Html {
  const left = field.option.required ? 'web.form.choose' : making.has(command) ? 'web.form.usual' : 'web.form.none'
  const open = field.value === '' ? [{ value: '', words: say(left, reader.locale) }] : []
  const shown = value === '' || choices.some((choice) => choice.value === value) ? [] : [{ value, words: value }]
  return html`<select ${common}>${[...open, ...choices, ...shown].map(
    (choice) => html`<option value="${choice.value}"${choice.value === value ? html` selected` : null}>${choice.words}</option>`,
  )}</select>`
}
