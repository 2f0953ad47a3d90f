import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PersonId } from '../../src/kernel/ids.ts'
import { type Reader, write } from '../../src/locales/write.ts'
import { cut } from './cut.ts'
import { escapeText, labelPen, slackPen } from './pen.ts'
import { mentionsIn } from './simulator/mrkdwn.ts'

const ada = '019abcde-0123-7abc-8def-0123456789ab' as PersonId
const reader: Reader = {
  locale: 'en',
  timezone: 'Asia/Seoul',
  now: new Date('2026-01-05T05:00:00Z'),
  people: new Map([[ada, { name: '*Ada* <!channel>', mention: '<@U0ADA>' }]]),
  web: null,
}
const pen = slackPen('/focus')

describe('what people typed', () => {
  test.each([
    ['<!channel> & <@U1|ada>', '&lt;!channel&gt; &amp; &lt;@U1|ada&gt;'],
    ['<https://evil.example|my bank>', '&lt;https://evil.example|my bank&gt;'],
    ['*bold* _it_ ~no~ `code`', '∗bold∗ ＿it＿ ∼no∼ ˋcodeˋ'],
    ['snake_case 2*3 a~b', 'snake_case 2*3 a~b'],
    ['한_글 *굵게*', '한_글 ∗굵게∗'],
    ['> quoted', '› quoted'],
    ['one\n> two', 'one &gt; two'],
  ])('%s', (typed, written) => expect(escapeText(typed)).toBe(written))

  test('never calls anybody, links anywhere by markup, or breaks out of its line', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '&',
      '!channel',
      '@U1',
      '|',
      '*',
      '_',
      '~',
      '`',
      '\n',
      ' ',
      '#C1',
      '<!here>',
      'mailto:a',
      'ㄱ',
      '😀',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(piece).map((pieces) => pieces.join('')),
        ),
        (typed) => {
          const written = escapeText(typed)
          const called = mentionsIn(written, [])
          expect([...called.users, ...called.channels, ...called.broadcasts]).toEqual([])
          expect(written).not.toMatch(/[<>\n\r`]|&(?!amp;|lt;|gt;)/)
          expect(written).not.toMatch(/(?<![\p{L}\p{N}])[*_~]|[*_~](?![\p{L}\p{N}])/u)
        },
      ),
    )
  })
})

test('a person is a name; only a call pings', () => {
  expect(write({ person: ada }, reader, pen)).toBe('∗Ada∗ &lt;!channel&gt;')
  expect(write({ person: ada, call: true }, reader, pen)).toBe('<@U0ADA>')
  expect(write({ person: ada, call: true }, { ...reader, people: new Map([[ada, { name: 'Ada', mention: '<@123>' }]]) }, pen)).toBe('Ada')
})

test('a time is each reader’s own, with a fallback in the zone of whom it is written for', () => {
  const time = new Date('2026-01-05T05:25:00Z')
  expect(write({ time, as: 'clock' }, reader, pen)).toBe('<!date^1767590700^{time}|14:25>')
  expect(write({ time, as: 'countdown' }, reader, pen)).toBe('<!date^1767590700^{ago}|in 25 minutes>')
  expect(write({ time, as: 'clock' }, reader, labelPen('/focus'))).toBe('14:25')
})

test('a command is named as one types it here', () => {
  expect(write({ command: 'room create' }, reader, pen)).toBe('`/focus room create`')
  expect(write({ command: 'room create' }, { ...reader, locale: 'ko' }, labelPen('/focus'))).toBe('/focus 방 만들기')
})

describe('cutting', () => {
  test.each([
    ['short', 10, 'short'],
    ['a<@U0ADA> b', 6, 'a…'],
    ['a &amp; b', 6, 'a…'],
    ['ab😀cd', 4, 'ab…'],
  ])('%s at %i', (text, longest, kept) => expect(cut(text, longest)).toBe(kept))

  test('always fits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 40 }), (text, longest) => cut(text, longest).length <= longest),
    )
  })
})
