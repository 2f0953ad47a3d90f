import { describe, expect, test } from 'vitest'
import { commands } from '../../src/commands/index.ts'
import { commandList } from './command-list.ts'
import { checkCommandList, commandList as rules } from './simulator/rules/commands.ts'
import { checked } from './simulator/rules/fields.ts'

const list = commandList(commands)
const named = (name: string) => list.find((one) => one.name === name)

describe('the registered commands', () => {
  test('are what Discord takes', () => {
    const body = checked(rules, list)
    checkCommandList(body)
    expect(body).toHaveLength(list.length)
  })

  test('have Korean names, options and choices', () => {
    expect(named('room')).toMatchObject({
      name_localizations: { ko: '방' },
      options: expect.arrayContaining([
        expect.objectContaining({
          name: 'create',
          name_localizations: { ko: '만들기' },
          options: expect.arrayContaining([
            expect.objectContaining({ name: 'focus', name_localizations: { ko: '집중' }, min_value: 1, max_value: 180 }),
            expect.objectContaining({
              name: 'control',
              choices: expect.arrayContaining([expect.objectContaining({ value: 'vote', name_localizations: { ko: '투표로' } })]),
            }),
          ]),
        }),
      ]),
    })
  })

  test('leave out what is reached by buttons alone, and what only buttons fill', () => {
    const words = JSON.stringify(list)
    expect(words).not.toContain('"transfer"')
    expect(words).not.toContain('"phase"')
    expect(words).not.toContain('"sure"')
  })

  test('offer a menu that invites a person', () => {
    expect(named('Invite to room')).toMatchObject({ type: 2, name_localizations: { ko: '내 방에 초대' } })
  })

  test('are one command where a group has no second word', () => {
    expect(named('dashboard')).toMatchObject({ type: 1, options: [] })
  })

  test('are at most 80', () => {
    const [some] = commands
    if (!some) throw new Error('there are commands')
    const many = Array.from({ length: 81 }, (_, n) => ({ ...some, name: `room x${n}` }))
    expect(() => commandList(many)).toThrow('80')
  })
})
