import { describe, expect, test } from 'vitest'
import { isMessageKey } from '../locales/catalogue.ts'
import { koreanCommand, koreanOption } from '../locales/names.ts'
import { readArgs } from './arguments.ts'
import type { Command } from './command.ts'
import { usage } from './form.ts'
import { commands } from './index.ts'
import { parse } from './parse.ts'

/** Discord takes no upper case and no space, and 1 to 32 characters. */
const englishName = /^[a-z_]{1,32}$/
const koreanName = /^[\p{Script=Hangul}\p{N}]{1,32}$/u

const shown = ({ options }: Command) => Object.entries(options).filter(([, option]) => !option.hidden)
const twice = (names: readonly string[]) => names.filter((name, i) => names.indexOf(name) !== i)

describe('the list of commands', () => {
  test('has every name once, in one or two words', () => {
    const names = commands.map((command) => command.name)
    expect(twice(names)).toEqual([])
    expect(names.filter((name) => name.split(' ').length > 2 || !name.split(' ').every((word) => englishName.test(word)))).toEqual([])
  })

  test('names nobody where a command only looks', () => {
    const naming = commands.filter(
      ({ look, options }) => look !== undefined && Object.values(options).some(({ type }) => /^users?$/.test(type)),
    )
    expect(naming.map(({ name }) => name)).toEqual([])
  })

  test('has no group with a bare form', () => {
    const groups = new Set(commands.filter(({ name }) => name.includes(' ')).map(({ name }) => name.split(' ')[0]))
    expect(commands.filter(({ name }) => groups.has(name)).map(({ name }) => name)).toEqual([])
  })

  test('needs nothing that only buttons can fill', () => {
    const needing = commands.filter(({ options }) => Object.values(options).some(({ required, hidden }) => required && hidden))
    expect(needing.map(({ name }) => name)).toEqual([])
  })

  test.each(commands.map((command) => [command.name, command] as const))('names %s and its options in Korean', (name, command) => {
    const options = shown(command).map(([option]) => koreanOption(name, option))
    expect([koreanCommand(name), ...options].filter((korean) => !koreanName.test(korean))).toEqual([])
    expect(twice([...options, ...Object.keys(command.options)])).toEqual([])
  })

  test('has unique Korean names in each group', () => {
    const byGroup = Map.groupBy(commands, ({ name }) => name.split(' ')[0])
    for (const group of byGroup.values()) expect(twice(group.map(({ name }) => koreanCommand(name)))).toEqual([])
  })

  test.each(commands.map((command) => [command.name, command] as const))('labels the options and choices of %s', (_, command) => {
    const keys = shown(command).flatMap(([name, option]) => [
      `option.${name}`,
      ...(option.type === 'choice' ? option.choices.map((choice) => `choice.${name}.${choice}`) : []),
    ])
    expect(keys.filter((key) => !isMessageKey(key))).toEqual([])
  })

  test.each(commands.map((command) => [command.name, command] as const))('shows an example of %s that works', (name, command) => {
    for (const locale of ['en', 'ko'] as const) {
      const read = parse(usage(command, locale), commands)
      expect(read.command.name).toBe(name)
      expect(Object.keys(readArgs(command, read.raw, { now: new Date('2026-11-23T05:00:00Z'), timezone: 'Asia/Seoul' })).sort()).toEqual(
        Object.keys(read.raw).sort(),
      )
    }
  })
})
