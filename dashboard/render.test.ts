import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PersonId, RoomId } from '../src/kernel/ids.ts'
import type { Text } from '../src/locales/text.ts'
import type { Reader } from '../src/locales/write.ts'
import type { Block, Screen } from '../src/screens/screen.ts'
import { drawScreen } from './render.ts'
import { foreignIn } from './testing/markup.ts'

const room = '0190a7c4-0000-7000-8000-000000000001' as RoomId
const ada = '0190a7c4-0000-7000-8000-00000000000a' as PersonId
const now = new Date('2026-03-02T12:00:00Z')
const reader: Reader = {
  locale: 'en',
  timezone: 'Asia/Seoul',
  now,
  people: new Map([[ada, { name: '<b>Ada</b>', mention: null }]]),
  web: null,
}
const frame = { csrf: 'token', id: 'room-x', spot: 'page' } as const

const screenOf = (...blocks: readonly Block[]): Screen => ({ tone: 'focus', title: 'Deep work', blocks })
const draw = (screen: Screen, by: Reader = reader): string => drawScreen(screen, by, frame).markup

const hostile = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onfocus='alert(1)",
    '</textarea><svg/onload=1>',
    '&lt;b&gt;',
    '{{x}}',
    '<%= it %>',
    '\u0000\u202e',
  ),
)
const text: fc.Arbitrary<Text> = fc.oneof(
  hostile,
  fc.constant({ person: ada }),
  fc.constant({ time: now, as: 'countdown' } as const),
  hostile.map((name) => ({ key: 'web.home.hello', words: { name } }) as const),
)
const press = fc.record({ command: fc.constantFrom('room join', 'timer pause', 'help'), args: fc.constantFrom({}, { room }) })
const button = fc.record({
  label: text,
  look: fc.constantFrom('primary' as const, 'plain' as const, 'danger' as const),
  do: fc.oneof(
    press,
    press.map((one) => ({ ...one, ask: true as const })),
    fc.oneof(hostile, fc.constantFrom('javascript:alert(1)', '//evil.example', 'https://ok.example/?a="b"')).map((open) => ({ open })),
  ),
})
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('lines' as const), lines: fc.array(text, { maxLength: 4 }) }),
  fc.record({ kind: fc.constant('facts' as const), facts: fc.array(fc.record({ label: text, value: text }), { maxLength: 4 }) }),
  fc.record({ kind: fc.constant('meter' as const), value: fc.nat(1500), max: fc.integer({ min: 1, max: 1500 }), text }),
  fc.record({
    kind: fc.constant('table' as const),
    columns: fc.array(fc.record({ label: text }), { minLength: 1, maxLength: 3 }),
    rows: fc.array(fc.array(text, { maxLength: 4 }), { maxLength: 3 }),
    empty: text,
  }),
  fc.record({ kind: fc.constant('buttons' as const), buttons: fc.array(button, { maxLength: 5 }) }),
  fc.record({
    kind: fc.constant('select' as const),
    label: text,
    press,
    option: fc.constantFrom('room', 'ping'),
    choices: fc.array(fc.record({ label: text, value: hostile, about: text }), { maxLength: 4 }),
  }),
)

describe('a screen as HTML', () => {
  it('lets nothing that somebody typed become markup', () => {
    fc.assert(
      fc.property(
        text,
        text,
        fc.array(block, { maxLength: 5 }),
        fc.constantFrom('en' as const, 'ko' as const),
        (title, state, blocks, locale) => {
          expect(foreignIn(draw({ tone: 'focus', title, state, blocks }, { ...reader, locale }))).toEqual([])
        },
      ),
      { numRuns: 300 },
    )
  })

  it('escapes a name and says its language', () => {
    expect(draw(screenOf({ kind: 'lines', lines: ['지민 <3'] }))).toContain('<bdi lang="ko">지민 &lt;3</bdi>')
  })

  it('opens web addresses and own pages only', () => {
    const open = (address: string) => draw(screenOf({ kind: 'buttons', buttons: [{ label: 'go', look: 'plain', do: { open: address } }] }))
    expect(open('https://a.example')).toContain('href="https://a.example"')
    expect(open('/rooms')).toContain('href="/rooms"')
    expect(open('javascript:alert(1)')).not.toContain('href')
    expect(open('//evil.example')).not.toContain('href')
  })

  it('sends a press with the token, and links to the form of one that asks', () => {
    const buttons = draw(
      screenOf({
        kind: 'buttons',
        buttons: [
          { label: 'Join', look: 'primary', do: { command: 'room join', args: { room } } },
          { label: 'Edit', look: 'plain', do: { command: 'room edit', args: { room }, ask: true } },
        ],
      }),
    )
    expect(buttons).toContain('name="_csrf" value="token"')
    expect(buttons).toMatch(/<button class="button primary" id="room-x-room-join-0" name="press" value="room\.join\|room=~[\w-]{22}">/)
    expect(buttons).toMatch(/<a class="button plain" id="room-x-room-edit-0" href="\/form\/%3Froom\.edit%7Croom%3D~[\w-]{22}">/)
  })

  it('gives no two controls the same name', () => {
    const twice = { label: 'Go', look: 'plain', do: { command: 'help', args: {} } } as const
    const ids = [
      ...draw(screenOf({ kind: 'buttons', buttons: [twice, twice] }, { kind: 'buttons', buttons: [twice] })).matchAll(/ id="([^"]+)"/g),
    ].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('draws a running meter with digits that screen readers do not hear', () => {
    const until = new Date(now.getTime() + 754_000)
    const drawn = draw(screenOf({ kind: 'meter', value: 746, max: 1500, until, text: { key: 'web.signin.once' } }))
    expect(drawn).toContain('aria-hidden="true" data-digits>12:34</p>')
    expect(drawn).toMatch(/<progress max="1500" value="746" aria-label="[^"]+">/)
  })

  it('puts the choices of a select into the rows that they are of, where there is one for each', () => {
    const table = { kind: 'table', columns: [{ label: 'Name' }], rows: [['Ada'], ['<b>']], empty: 'None' } as const
    const select = {
      kind: 'select',
      label: 'Which',
      press: { command: 'room join', args: {} },
      option: 'room',
      choices: [
        { label: 'Ada', value: '1' },
        { label: '<b>', value: '2' },
      ],
      inRow: { key: 'room.join' },
    } as const
    const drawn = draw(screenOf(table, select))
    expect(foreignIn(drawn)).toEqual([])
    expect(drawn).not.toContain('<select')
    expect(drawn).toContain('form="room-x-rows-0" name="choice" value="2" aria-label="Join: &lt;b&gt;">Join</button>')
    expect(drawn).toMatch(/<form hidden id="room-x-rows-0"[^>]*>.*name="option" value="room"/s)
    expect(draw(screenOf(table, { ...select, choices: select.choices.slice(1) }))).toContain('<select')
  })

  it('puts the way into a form into the row that it is about', () => {
    const table = { kind: 'table', columns: [{ label: 'Name' }], rows: [['Ada'], ['Ben']], empty: 'None' } as const
    const edit = { label: 'Change Ben', look: 'plain', do: { command: 'room edit', args: { room }, ask: true } } as const
    const links = { kind: 'buttons', buttons: [edit], inRows: { word: 'Change', rows: [1] } } as const
    const drawn = draw(screenOf(table, links))
    expect(drawn.match(/<tr.*?<\/tr>/g)?.map((row) => row.includes('aria-label="Change Ben"'))).toEqual([false, false, true])
    expect(drawn.match(/Change Ben/g)).toHaveLength(1)
    expect(draw(screenOf(links))).toContain('>Change Ben</')
  })

  it('keeps the roles of a table that is drawn as cards, and says what an empty one means', () => {
    const table = {
      kind: 'table',
      columns: [{ label: 'Room' }, { label: 'People', numeric: true }],
      rows: [['Deep work', '4/50']],
      empty: 'None yet',
    } as const
    expect(draw(screenOf(table))).toContain('<td role="cell" class="number" data-label="People">')
    expect(draw(screenOf({ ...table, rows: [['Deep work', '']] }))).toContain('<td role="cell" class="number"><span>')
    expect(draw(screenOf({ ...table, rows: [] }))).toContain('None yet')
  })
})
