import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cut, cutMarkdown, discordPen, escapeMarkdown, oneLine } from './markdown.ts'

/** What a reader of Discord's markdown sees: an escape shows the letter after it. */
const shown = (text: string): string => text.replace(/\\([^0-9A-Za-z\s])/g, '$1').replaceAll('@\u200b', '@')

describe('escaped text', () => {
  test.each([
    ['**bold** _it_ ~~gone~~ `code` ||spoiler||'],
    ['# heading'],
    ['- list'],
    ['1. list'],
    ['-# small'],
    ['> quote'],
    ['[words](https://evil.example)'],
    ['https://evil.example'],
    ['<@123> <#5> <@&9> <t:1:R> </room create:1>'],
    ['@everyone @here'],
    ['back\\slash'],
  ])('shows %s as it was typed', (typed) => {
    const written = escapeMarkdown(typed)
    expect(shown(written)).toBe(typed)
    expect(written).not.toMatch(/@(everyone|here|&?\d)/)
    expect(written).not.toMatch(/https?:\/\//)
    expect(written).not.toMatch(/(?<!\\)[*_~`|<>[\]]/)
    expect(written).not.toMatch(/^(#|-|\d+\.)/)
  })

  test('of any name forges nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const written = discordPen.typed(typed)
        expect(written).not.toMatch(/(?<!\\)(?:\\\\)*<[@#/:t]/)
        expect(written).not.toMatch(/@(everyone|here)/)
        expect(written).not.toMatch(/[\n\u202e]/)
        expect(shown(written)).toBe(oneLine(typed))
      }),
    )
  })
})

test('times are told by the reader’s own clock', () => {
  const reader = { locale: 'en', timezone: 'UTC', now: new Date(0), people: new Map(), web: null } as const
  expect(discordPen.time(new Date(90_000), 'clock', reader)).toBe('<t:90:t>')
  expect(discordPen.time(new Date(90_000), 'countdown', reader)).toBe('<t:90:R>')
  expect(discordPen.time(new Date(90_000), 'date', reader)).toBe('<t:90:D>')
})

test('a command is named in both languages', () => {
  expect(discordPen.command('방 만들기', 'room create')).toBe('`/방 만들기` (`/room create`)')
  expect(discordPen.command('room create "Deep work"', 'room create')).toBe('`/room create "Deep work"`')
})

describe('a cut', () => {
  test('never leaves half an escape, half a letter or half a time', () => {
    expect(cutMarkdown('abc\\*def', 5)).toBe('abc…')
    expect(cutMarkdown('ab\\\\cdef', 5)).toBe('ab\\\\…')
    expect(cutMarkdown('ab <t:123:R> x', 8)).toBe('ab …')
    expect(cut('ab👍cd', 4)).toBe('ab…')
  })

  test('is no longer than asked', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 40 }), (text, most) => {
        expect(cutMarkdown(text, most).length).toBeLessThanOrEqual(most)
        expect(cut(text, most).length).toBeLessThanOrEqual(most)
      }),
    )
  })
})
