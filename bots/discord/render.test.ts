import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PersonId } from '../../src/kernel/ids.ts'
import type { Text } from '../../src/locales/text.ts'
import type { Reader } from '../../src/locales/write.ts'
import type { Block, Screen } from '../../src/screens/screen.ts'
import { type Payload, render, renderCalling } from './render.ts'
import { accepted, displayed, forged } from './testing/accepted.ts'

const ada = '019abcde-0123-7abc-8def-0123456789ab' as PersonId
const reader: Reader = {
  locale: 'en',
  timezone: 'Asia/Seoul',
  now: new Date(0),
  people: new Map([[ada, { name: 'Ada *A*', mention: '<@77>' }]]),
  web: null,
}

const wordsOf = (payload: Payload): string => JSON.stringify(payload.components)

const typed = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom('@everyone', '<@77>', '[x](https://evil.example)', '# x', ''),
)
const text: fc.Arbitrary<Text> = fc.oneof(
  typed,
  fc.constant({ person: ada, call: true } as const),
  fc.constant({ time: new Date(1_800_000_000_000), as: 'countdown' } as const),
  fc.constant({ command: 'room create' } as const),
)
const press = fc.record({ command: fc.constantFrom('room join', 'timer pause'), args: fc.record({ room: fc.uuid() }) })
const button = fc.record({
  label: text,
  look: fc.constantFrom('primary', 'plain', 'danger'),
  do: fc.oneof(press, fc.record({ open: fc.constantFrom('/rooms', 'https://focus.example', `https://focus.example/${'x'.repeat(600)}`) })),
})
const choice = fc.record({ label: text, value: fc.string({ maxLength: 120 }), about: text })
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('lines'), lines: fc.array(text, { maxLength: 40 }) }),
  fc.record({ kind: fc.constant('facts'), facts: fc.array(fc.record({ label: text, value: text }), { maxLength: 20 }) }),
  fc.record({ kind: fc.constant('meter'), value: fc.nat(), max: fc.nat(), text }),
  fc.record({
    kind: fc.constant('table'),
    columns: fc.constant([]),
    rows: fc.array(fc.array(text, { maxLength: 5 }), { maxLength: 40 }),
    empty: text,
  }),
  fc.record({ kind: fc.constant('buttons'), buttons: fc.array(button, { maxLength: 30 }) }),
  fc.record({ kind: fc.constant('select'), label: text, press, option: fc.constant('ping'), choices: fc.array(choice, { maxLength: 40 }) }),
)
const screens: fc.Arbitrary<Screen> = fc.record({
  tone: fc.constantFrom('focus', 'break', 'calm', 'warning'),
  title: text,
  state: text,
  blocks: fc.array(block, { maxLength: 12 }),
})

describe('any screen', () => {
  test('is a message that Discord takes, and rings nobody', () => {
    fc.assert(
      fc.property(screens, (screen) => {
        const payload = accepted(render(screen, reader))
        expect(payload.allowed_mentions).toEqual({ parse: [] })
        for (const words of displayed(payload)) expect(words).not.toMatch(forged)
      }),
    )
  })

  test('that calls rings exactly those whom it calls', () => {
    fc.assert(
      fc.property(screens, (screen) => {
        const { allowed_mentions } = accepted(renderCalling(screen, reader))
        expect(allowed_mentions.parse).toEqual([])
        for (const id of allowed_mentions.users ?? []) expect(id).toBe('77')
      }),
    )
  })
})

describe('a screen', () => {
  const lines = (...list: Text[]): Screen => ({
    tone: 'focus',
    title: 'Deep *work*',
    state: 'focus',
    blocks: [{ kind: 'lines', lines: list }],
  })

  test('shows its colour, its escaped title and its state', () => {
    const [container] = render(lines('hello'), reader).components
    expect(container).toMatchObject({
      accent_color: 0x4f5bd5,
      components: [{ content: '### Deep \\*work\\*\n**focus**' }, { content: 'hello' }],
    })
  })

  test('calls a person only where it is meant to', () => {
    const screen = lines({ person: ada, call: true })
    expect(wordsOf(render(screen, reader))).toContain('Ada \\\\*A\\\\*')
    expect(wordsOf(renderCalling(screen, reader))).toContain('<@77>')
    expect(renderCalling(lines({ person: ada }), reader).allowed_mentions.users).toEqual([])
  })

  test('that is too long keeps its buttons and says that it is cut', () => {
    const buttons: Block = { kind: 'buttons', buttons: [{ label: 'Join', look: 'primary', do: { command: 'room join', args: {} } }] }
    const long = Array.from({ length: 100 }, (_, i) => `${i} ${'x'.repeat(90)}`)
    const payload = accepted(render({ ...lines(...long), blocks: [{ kind: 'lines', lines: long }, buttons] }, reader))
    expect(wordsOf(payload)).toContain('the rest is left out')
    expect(wordsOf(payload)).toContain('room.join')
  })

  test('holds no address while the pages can’t be reached', () => {
    const screen: Screen = {
      tone: 'calm',
      title: 'x',
      blocks: [{ kind: 'buttons', buttons: [{ label: 'Open', look: 'plain', do: { open: '/rooms' } }] }],
    }
    expect(wordsOf(accepted(render(screen, reader)))).not.toContain('/rooms')
    expect(wordsOf(accepted(render(screen, { ...reader, web: 'https://focus.example' })))).toContain('https://focus.example/rooms')
  })
})

test('a choice holds no letter that nobody sees', () => {
  const choices = [{ label: '\u202eada\u200b', value: 'a' }]
  const select: Block = { kind: 'select', label: 'Who', press: { command: 'room kick', args: {} }, option: 'user', choices }
  expect(wordsOf(render({ tone: 'calm', title: 'x', blocks: [select] }, reader))).toContain('"label":"ada"')
})
