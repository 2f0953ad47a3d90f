import { ComponentType } from 'discord.js'
import { describe, expect, test } from 'vitest'
import type { Form } from '../../src/commands/command.ts'
import { formOf } from '../../src/commands/form.ts'
import { commands } from '../../src/commands/index.ts'
import type { Reader } from '../../src/locales/write.ts'
import { rawFromFields } from './fields.ts'
import { modal, partsMessage, partsOf, unmarked } from './forms.ts'
import { checked } from './simulator/rules/fields.ts'
import { messageBody } from './simulator/rules/messages.ts'
import { modalBody } from './simulator/rules/modals.ts'

const english: Reader = { locale: 'en', timezone: 'UTC', now: new Date(0), people: new Map(), web: null }
const readers: readonly Reader[] = [english, { ...english, locale: 'ko' }]
const room = '019abcde-0123-7abc-8def-0123456789ab'
const named = (name: string) => {
  const found = commands.find((command) => command.name === name)
  if (!found) throw new Error(`there is no command ${name}`)
  return found
}
const editForm = formOf(named('room edit'), { room, name: 'Deep work', focus: '50', private: 'no', control: 'vote' })

describe('the form of any command', () => {
  test.each(commands.map((command) => [command.name, formOf(command, { room })] as const))(
    '%s is one that Discord takes',
    (_name, form) => {
      for (const reader of readers) {
        if (form.fields.length === 0) continue
        for (const part of partsOf(form)) checked(modalBody, modal(part, reader, false))
        if (partsOf(form).length > 1) checked(messageBody, partsMessage(form, reader))
      }
    },
  )
})

describe('a long form', () => {
  test('comes in parts of at most five fields that hold every field once', () => {
    const parts = partsOf(editForm)
    expect(parts.length).toBeGreaterThan(1)
    for (const part of parts) expect(part.fields.length).toBeLessThanOrEqual(5)
    expect(parts.flatMap((part) => part.fields)).toEqual(editForm.fields)
  })

  test('has in each part what is said about its fields, and in no other', () => {
    const form = formOf(named('reserve edit'), { reservation: room, at: '2026-03-03 09:00', following: 'no' })
    expect(partsOf(form).map(({ fields }) => fields.map(({ name }) => name))).toEqual([
      ['at', 'following'],
      ['name', 'focus', 'break', 'following'],
      ['where', 'voice'],
      ['repeat', 'days', 'until', 'times', 'remind'],
      ['note', 'following'],
    ])
    const shown = JSON.stringify(partsMessage(form, english))
    for (const name of ['When', 'Name and lengths', 'Repeating and reminder', 'Note']) expect(shown).toContain(`"label":"${name}"`)
  })

  test('that needs a field is one part, which begins with it', () => {
    const [first, ...others] = editForm.fields
    if (!first) throw new Error('the form has fields')
    const needy: Form = { ...editForm, fields: [...others, { ...first, option: { ...first.option, required: true } }] }
    expect(partsOf(needy)).toHaveLength(1)
    expect(partsOf(needy)[0]?.fields[0]?.name).toBe(first.name)
  })

  test('tells from a button which part it opens', () => {
    const body = checked(messageBody, partsMessage(editForm, english))
    const ids = [...JSON.stringify(body).matchAll(/"custom_id":"([^"]+)"/g)].map(([, id]) => unmarked(id ?? ''))
    expect(ids.map(({ part }) => part)).toEqual(partsOf(editForm).map((_, number) => number))
    expect(unmarked('room.join|room=x')).toEqual({ part: null, packed: 'room.join|room=x' })
  })
})

describe('a field', () => {
  test('shows what is there', () => {
    const shown = JSON.stringify(partsOf(editForm).map((part) => modal(part, english, true)))
    expect(shown).toContain('"value":"Deep work"')
    expect(shown).toMatch(/"value":"vote","default":true/)
    expect(shown).toMatch(/"value":"no","default":true/)
  })

  test('comes back as an argument, and what is no option does not', () => {
    const fields = [
      { type: ComponentType.TextInput, id: 1, customId: 'name', value: 'Late work' },
      { type: ComponentType.StringSelect, id: 2, customId: 'control', values: ['anyone'] },
      { type: ComponentType.StringSelect, id: 3, customId: 'private', values: [] },
      { type: ComponentType.TextInput, id: 4, customId: 'evil', value: 'x' },
    ]
    expect(rawFromFields(named('room edit'), fields)).toEqual({ name: 'Late work', control: 'anyone', private: null })
  })

  test('of a person names the person', () => {
    const user = { id: '7', username: 'ben', globalName: 'Ben' }
    const fields = [{ type: ComponentType.UserSelect, id: 1, customId: 'user', values: ['7'], users: new Map([['7', user]]) }]
    expect(rawFromFields(named('room invite'), fields)).toEqual({ user: { external: '7', displayName: 'Ben' } })
  })
})
