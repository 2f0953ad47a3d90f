import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RoomId } from '../../src/kernel/ids.ts'
import type { Text } from '../../src/locales/text.ts'
import type { Reader } from '../../src/locales/write.ts'
import type { Block, Button, Choice, Screen } from '../../src/screens/screen.ts'
import { pressOf } from './controls.ts'
import { createRenderer } from './render.ts'
import { checkMessageBlocks, checkView } from './simulator/blocks/check.ts'
import { mentionsIn } from './simulator/mrkdwn.ts'

const renderer = createRenderer('/focus')
const readers = (['en', 'ko'] as const).map(
  (locale): Reader => ({ locale, timezone: 'Asia/Seoul', now: new Date('2026-01-05T05:00:00Z'), people: new Map(), web: null }),
)
const room = '019abcde-0123-7abc-8def-0123456789ab' as RoomId

const typed = fc.oneof(fc.string(), fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ minLength: 3000, maxLength: 5000 }))
const text: fc.Arbitrary<Text> = fc.oneof(
  typed,
  fc.constant<Text>({ key: 'room.join' }),
  fc.constant<Text>({ time: new Date('2026-01-05T05:25:00Z'), as: 'clock' }),
  fc.constant<Text>({ duration: 1500 }),
)
const button: fc.Arbitrary<Button> = fc.record({
  label: text,
  look: fc.constantFrom('primary' as const, 'plain' as const, 'danger' as const),
  do: fc.oneof(
    fc.constant({ command: 'room join', args: { room } }),
    fc.webUrl().map((open) => ({ open })),
  ),
})
const choice: fc.Arbitrary<Choice> = fc.record({ label: text, value: fc.string({ minLength: 1 }) })
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('lines' as const), lines: fc.array(text, { maxLength: 12 }) }),
  fc.record({ kind: fc.constant('facts' as const), facts: fc.array(fc.record({ label: text, value: text }), { maxLength: 15 }) }),
  fc.record({ kind: fc.constant('meter' as const), value: fc.nat(), max: fc.nat(), text }),
  fc.record({
    kind: fc.constant('table' as const),
    columns: fc.array(fc.record({ label: text }), { minLength: 1, maxLength: 4 }),
    rows: fc.array(fc.array(text, { maxLength: 4 }), { maxLength: 40 }),
    empty: text,
  }),
  fc.record({ kind: fc.constant('buttons' as const), buttons: fc.array(button, { maxLength: 30 }) }),
  fc.record({
    kind: fc.constant('select' as const),
    label: text,
    press: fc.constant({ command: 'room join', args: {} }),
    option: fc.constant('room'),
    choices: fc.uniqueArray(choice, { maxLength: 120, selector: (one) => one.value }),
  }),
)
const screen: fc.Arbitrary<Screen> = fc.record({
  tone: fc.constantFrom('focus' as const, 'break' as const, 'calm' as const, 'warning' as const),
  title: text,
  blocks: fc.array(block, { maxLength: 12 }),
})

describe('any screen', () => {
  test('is taken by Slack as a message, a modal and a home, and calls nobody', () => {
    fc.assert(
      fc.property(screen, fc.constantFrom(...readers), (drawn, reader) => {
        const message = renderer.message(drawn, reader)
        expect(checkMessageBlocks(message.blocks)).toMatchObject({ ok: true })
        expect(message.text.trim()).not.toBe('')
        expect(checkView('modal', renderer.modal(drawn, reader))).toMatchObject({ ok: true })
        expect(checkView('home', renderer.home([drawn, drawn], reader))).toMatchObject({ ok: true })
        const { users, channels, broadcasts } = mentionsIn(message.text, JSON.parse(JSON.stringify(message.blocks)))
        expect([...users, ...channels, ...broadcasts]).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})

test('a panel reads in the order of the look', () => {
  const panel: Screen = {
    tone: 'focus',
    title: 'Deep *work*',
    state: { key: 'panel.running', words: { phase: 'work', round: 2, of: 4, done: '' } },
    blocks: [
      { kind: 'meter', value: 1, max: 2, text: { key: 'panel.paused-left', words: { left: { duration: 720 } } } },
      { kind: 'lines', lines: [{ key: 'panel.here', words: { count: 2, names: 'Ada · <!here>' } }] },
      { kind: 'buttons', buttons: [{ label: { key: 'room.pause' }, look: 'plain', do: { command: 'timer pause', args: { room } } }] },
    ],
  }
  const [reader] = readers
  if (!reader) throw new Error('no reader')
  const { blocks, text: fallback } = renderer.message(panel, reader)
  expect(blocks.map((one) => one.type)).toEqual(['section', 'section', 'section', 'actions'])
  expect(blocks[0]).toMatchObject({ text: { text: '*Deep ∗work∗*  ·  focus · round 2 of 4', verbatim: true } })
  expect(blocks[2]).toMatchObject({ text: { text: 'Here (2): Ada · &lt;!here&gt;' } })
  expect(fallback).toContain('Deep ∗work∗')
})

test('a modal says each thing once', () => {
  const [reader] = readers
  if (!reader) throw new Error('no reader')
  const titled = renderer.modal({ tone: 'calm', title: 'Deep work', blocks: [{ kind: 'lines', lines: ['Here'] }] }, reader)
  expect([titled.title.text, JSON.stringify(titled.blocks).includes('Deep work')]).toEqual(['Deep work', false])
  for (const title of ['Ben is invited.', 'Somebody with a very long name is invited.']) {
    const sentence = renderer.modal({ tone: 'calm', title, blocks: [] }, reader)
    expect([sentence.title.text, JSON.stringify(sentence.blocks).includes(title)]).toEqual(['Focus Mate', true])
  }
})

test('a press survives the way through Slack', () => {
  const press = { command: 'timer pause', args: { room } }
  const [reader] = readers
  if (!reader) throw new Error('no reader')
  const blocks: Block[] = [
    { kind: 'buttons', buttons: [{ label: 'x', look: 'plain', do: press }] },
    { kind: 'select', label: 'x', press: { command: 'room join', args: {} }, option: 'room', choices: [{ label: 'Deep', value: room }] },
  ]
  const drawn = renderer.message({ tone: 'calm', title: 'x', blocks }, reader).blocks
  const [, actions, menu] = drawn
  expect(actions).toMatchObject({ elements: [{ action_id: 'press:0' }] })
  if (actions?.type !== 'actions' || menu?.type !== 'section') throw new Error('drawn otherwise')
  const [button] = actions.elements
  if (button?.type !== 'button' || menu.accessory?.type !== 'static_select') throw new Error('drawn otherwise')
  expect(pressOf({ action_id: 'press:0', value: button.value ?? '' })).toEqual(press)
  expect(pressOf({ action_id: menu.accessory.action_id ?? '', selected_option: { value: room } })).toEqual({
    command: 'room join',
    args: { room },
  })
  expect(pressOf({ action_id: 'press:0', value: 'NON SENSE' })).toBeNull()
  expect(pressOf({ action_id: 'from an older message' })).toBeNull()
})

describe('what people typed, and what leads to the pages', () => {
  const english = readers[0] as Reader
  const blocksOf = (block: Block, web: string | null = null) =>
    JSON.stringify(renderer.message({ tone: 'calm', title: 'x', blocks: [block] }, { ...english, web }).blocks)

  test('a link to a page is whole, and absent where the pages can not be reached', () => {
    const link: Block = { kind: 'buttons', buttons: [{ label: 'Week', look: 'plain', do: { open: '/stats?period=week' } }] }
    expect(blocksOf(link, 'https://focus.example')).toContain('"url":"https://focus.example/stats?period=week"')
    expect(blocksOf(link)).not.toContain('/stats')
  })

  test('an empty column is left out', () => {
    const table = (subject: string): Block => ({
      kind: 'table',
      columns: [{ label: 'Line' }, { label: 'Subject' }],
      rows: [['Essay', subject]],
      empty: '',
    })
    expect(blocksOf(table(''))).not.toMatch(/Subject|–/)
    expect(blocksOf(table('#law'))).toContain('Subject')
  })

  test('a choice holds no letter that nobody sees', () => {
    const choices = [{ label: '\u202eada\u200b', value: 'a' }]
    const select: Block = { kind: 'select', label: 'Who', press: { command: 'room kick', args: {} }, option: 'user', choices }
    expect(blocksOf(select)).toContain('"text":"ada"')
  })
})
