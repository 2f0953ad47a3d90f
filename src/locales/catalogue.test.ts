import { describe, expect, test } from 'vitest'
import { isMessageKey, messageOf } from './catalogue.ts'
import { commands } from './en/commands.ts'
import { discord } from './en/discord.ts'
import { rooms } from './en/rooms.ts'
import { slack } from './en/slack.ts'
import { web } from './en/web.ts'
import { en } from './en.ts'
import { ko } from './ko.ts'
import type { MessageKey } from './text.ts'

type Element = ReturnType<ReturnType<typeof messageOf>['getAst']>[number]

const keys = Object.keys(en).filter(isMessageKey)

/** A particle right after a word would be a guess at its last letter, so no word is followed by one: `{name} 님이`, `‘{room}’ 방에`. */
const guessedParticle = /^[’”'")]? ?(은|는|이|가|을|를|과|와|으로|로|이에요|예요|이나|나|이랑|랑|아|야)(?![가-힣])/

const branches = (element: Element): Element[][] =>
  'options' in element ? Object.values(element.options).map((option) => option.value) : []

/** Literals and pounds have no name. */
const isWord = (element: Element): boolean => element.type !== 0 && element.type !== 7

function argumentsOf(elements: readonly Element[]): string[] {
  return elements.flatMap((element) => [
    ...(isWord(element) && 'value' in element ? [String(element.value)] : []),
    ...branches(element).flatMap(argumentsOf),
  ])
}

function guesses(elements: readonly Element[]): string[] {
  return elements.flatMap((element, i) => {
    const next = elements[i + 1]
    const guess = element.type !== 0 && next?.type === 0 && guessedParticle.test(next.value) ? [next.value] : []
    return [...guess, ...branches(element).flatMap(guesses)]
  })
}

const words = (key: MessageKey, locale: 'en' | 'ko') => [...new Set(argumentsOf(messageOf(key, locale).getAst()))].sort()

function isReadable(key: MessageKey, locale: 'en' | 'ko'): boolean {
  try {
    return messageOf(key, locale).getAst().length > 0
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

describe('the catalogue', () => {
  test('has the same keys in both languages', () => {
    expect(Object.keys(ko).sort()).toEqual(Object.keys(en).sort())
  })

  test('says nothing twice under one key', () => {
    const parts = [commands, discord, rooms, slack, web].flatMap((part) => Object.keys(part))
    expect(parts.filter((key, i) => parts.indexOf(key) !== i)).toEqual([])
  })

  test('has only messages that can be read', () => {
    expect(keys.filter((key) => !isReadable(key, 'en') || !isReadable(key, 'ko'))).toEqual([])
  })

  test('takes the same words in both languages', () => {
    expect(keys.filter((key) => words(key, 'ko').join() !== words(key, 'en').join())).toEqual([])
  })

  test('guesses no particle in Korean', () => {
    expect(keys.filter((key) => guesses(messageOf(key, 'ko').getAst()).length > 0)).toEqual([])
  })

  test('calls moderators by one word in Korean, which is not that of admins', () => {
    expect(keys.filter((key) => /moderator/i.test(en[key]) && ko[key].includes('관리자'))).toEqual([])
  })

  test.each([
    ['이 멈췄어요', true],
    ['’가 ', true],
    [' 님이 멈췄어요', false],
    ['’ 방에', false],
    ['가지', false],
  ])('after a word, “%s” is a guess: %s', (after, guess) => {
    expect(guessedParticle.test(after)).toBe(guess)
  })

  test('fits where platforms show it', () => {
    const short = keys.filter((key) => key.startsWith('command.') || key.endsWith('.about'))
    expect(short.filter((key) => en[key].length > 100 || ko[key].length > 100)).toEqual([])
  })
})
