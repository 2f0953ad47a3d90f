import { expect, test } from 'vitest'
import { sample } from '../testing/samples.ts'
import { formOf, usage } from './form.ts'

const create = sample('room create')
const room = '019abcde-0123-7abc-8def-0123456789ab'

test('a form has a field for each option that is not hidden, filled where a value is known', () => {
  const form = formOf(create, { name: 'Deep work' })
  expect(form.title).toEqual({ key: 'form.room.create' })
  expect(form.fields.map((field) => [field.name, field.value])).toEqual([
    ['name', 'Deep work'],
    ['focus', ''],
    ['capacity', ''],
    ['private', ''],
    ['control', ''],
    ['voice', ''],
  ])
  expect(form.fields[0]?.label).toEqual({ key: 'option.name' })
  expect(form.carried).toEqual({})
})

test('a form carries what has no field, and ids', () => {
  expect(formOf(create, { room, phase: 'x', focus: '50' }).carried).toEqual({ room, phase: 'x' })
  const join = formOf(sample('room join'), { room })
  expect([join.fields, join.carried]).toEqual([[], { room }])
})

test('a command is shown with an example of use', () => {
  expect(usage(create, 'en')).toBe('room create "Deep work" focus:50')
  expect(usage(create, 'ko')).toBe('방 만들기 "새벽 공부" 집중:50')
  expect(usage(sample('room list'), 'ko')).toBe('방 목록')
})
