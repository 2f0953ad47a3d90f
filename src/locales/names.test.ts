import { describe, expect, test } from 'vitest'
import { en } from './en.ts'
import { choiceNamed, commandNamed, koreanChoice, koreanCommand, koreanMenu, koreanOption, optionNamed, spokenCommand } from './names.ts'

/** Whatever the catalogue describes: groups, commands, options. */
const described = (pattern: RegExp): string[] => Object.keys(en).flatMap((key) => pattern.exec(key)?.[1]?.replace('.', ' ') ?? [])
const groups = described(/^command\.(\w+)\.summary$/)
const commands = described(/^command\.(\w+\.\w+)\.summary$/)
const options = described(/^option\.(\w+)$/)

/** Discord takes no upper case and no space, and 1 to 32 characters. */
const fitting = /^[\p{Script=Hangul}\p{N}]{1,32}$/u

describe('Korean names', () => {
  test('are there for whatever is described, and fit', () => {
    const groupOfOption: Record<string, string> = { aim: 'focus', minutes: 'focus', command: 'help' }
    const names = [...groups, ...commands].map(koreanCommand)
    const optionNames = options.map((option) => koreanOption(groupOfOption[option] ?? 'settings', option))
    expect([...names, ...optionNames].filter((name) => !fitting.test(name) || name !== name.normalize('NFC'))).toEqual([])
  })

  test('are unique among siblings', () => {
    const twice = (names: string[]) => names.filter((name, i) => names.indexOf(name) !== i)
    expect(twice(groups.map(koreanCommand))).toEqual([])
    for (const group of groups) expect(twice(commands.filter((command) => command.startsWith(`${group} `)).map(koreanCommand))).toEqual([])
  })

  test('stand for commands, options, choices and menus', () => {
    expect(koreanCommand('room')).toBe('방')
    expect(koreanCommand('room create')).toBe('만들기')
    expect(spokenCommand('room create', 'ko')).toBe('방 만들기')
    expect(spokenCommand('dashboard', 'ko')).toBe('대시보드')
    expect(koreanOption('room create', 'long_break')).toBe('긴휴식')
    expect(koreanOption('settings set', 'timezone')).toBe('시간대')
    expect(koreanChoice('control', 'vote')).toBe('투표로')
    expect(koreanMenu('Start focusing')).toBe('집중 시작하기')
  })

  test('fall back to the English name', () => {
    expect([koreanCommand('x'), koreanCommand('room x'), koreanOption('room', 'x'), koreanChoice('x', 'y'), koreanMenu('z')]).toEqual([
      'x',
      'x',
      'x',
      'y',
      'z',
    ])
  })

  test('are found in both languages, in any case and normal form', () => {
    expect(commandNamed('방'.normalize('NFD'), ['timer', 'room'])).toBe('room')
    expect(commandNamed('ROOM', ['timer', 'room'])).toBe('room')
    expect(commandNamed('만들기', ['room list', 'room create'])).toBe('room create')
    expect(commandNamed('create', ['room list', 'room create'])).toBe('room create')
    expect(optionNamed('room create', '긴휴식', ['break', 'long_break'])).toBe('long_break')
    expect(choiceNamed('control', 'only THE host', ['vote', 'host'])).toBe('host')
    expect(choiceNamed('control', '방장 만', ['vote', 'host'])).toBe('host')
    expect(choiceNamed('control', 'nobody', ['vote', 'host'])).toBeNull()
    expect(choiceNamed('repeat', '평일', ['none', 'daily', 'weekdays', 'weekly', 'monthly'])).toBe('weekdays')
    expect(choiceNamed('repeat', '매', ['daily', 'weekly'])).toBeNull()
    expect(choiceNamed('repeat', 'every', ['daily', 'weekly'])).toBeNull()
  })
})
