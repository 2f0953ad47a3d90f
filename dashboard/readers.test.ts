import { describe, expect, it } from 'vitest'
import { browserLocale } from './readers.ts'
import { tongueOf } from './tongue.ts'

describe('the language of a page before sign-in', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['ko-KR,ko;q=0.9,en-US;q=0.8', 'ko'],
    ['en;q=0.4,ko;q=0.9', 'ko'],
    ['en-GB,en;q=0.9,ko;q=0.8', 'en'],
    ['de,fr;q=0.9', 'en'],
    ['de,ko;q=0.2', 'ko'],
    [';;;,q=', 'en'],
  ] as const)('%s is read as %s', (header, locale) => {
    expect(browserLocale(header)).toBe(locale)
  })
})

describe('the language of a typed text', () => {
  it.each([
    ['지민', 'ko'],
    ['Ada 지민', 'ko'],
    ['さくら', 'ja'],
    ['漢字', 'zh'],
    ['Ada', 'en'],
    ['12:30 🎧', null],
  ] as const)('%s is taken for %s', (text, tongue) => {
    expect(tongueOf(text)).toBe(tongue)
  })
})
