import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../src/commands/index.ts'
import { packPress } from '../src/commands/press.ts'
import { ada, ben } from '../src/testing/cast.ts'
import { foreignIn } from './testing/markup.ts'
import { usePages } from './testing/pages.ts'
import type { Visitor } from './testing/visitor.ts'

const pages = usePages()
let guest: Visitor
let room: string

beforeAll(async () => {
  const made = await pages().house.does(ada, 'room create', { name: '<b>Deep</b> "work"' })
  room = made.screen.shows?.room ?? ''
  await pages().house.does(ben, 'room join', { room })
  guest = await pages().signIn(ada)
})

const word = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "'; drop table room; --",
    '\u0000',
    '\ud800',
    '{name, select, other {}}',
    '-1',
    '1e9',
    '25',
    'yes',
    'ko',
    'Asia/Seoul',
    '0190a7c4-0000-7000-8000-000000000001',
    '한글'.repeat(60),
  ),
)
/** Commands that end what the test stands on, or sign somebody out. */
const names = commands.map(({ name }) => name)
const anyCommand = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...names) },
  { weight: 1, arbitrary: fc.constantFrom('room explode', 'x') },
)
const args = (command: string) => {
  const options = Object.keys(commands.find(({ name }) => name === command)?.options ?? {})
  return fc.dictionary(fc.constantFrom('room', 'user', 'phase', 'after', ...options), fc.oneof(word, fc.constant(room)), { maxKeys: 4 })
}
const call = anyCommand.chain((command) => fc.tuple(fc.constant(command), args(command)))
const runs = { numRuns: 150 }

/** What fits into a press; longer ones no page of ours can hold. */
function packed(command: string, given: Record<string, string>, ask: boolean): string {
  try {
    return packPress({ command, args: given, ...(ask ? { ask } : {}) })
  } catch (error) {
    if (error instanceof Error && /button/.test(error.message)) return `${command.replace(' ', '.')}|x=${Object.values(given).join('')}`
    throw error
  }
}

const fine = (answer: { status: number; body: string; headers: Record<string, unknown> }, about: unknown): void => {
  expect(answer.status, JSON.stringify([about, answer.body.slice(-400)])).toBeLessThan(500)
  if (String(answer.headers['content-type']).includes('html')) expect(foreignIn(answer.body), JSON.stringify(about)).toEqual([])
}

describe('whatever is sent to', () => {
  it('/press, it answers in words', async () => {
    await fc.assert(
      fc.asyncProperty(
        call,
        word,
        word,
        fc.constantFrom('page', 'answer', 'log', '?'),
        fc.boolean(),
        async ([command, given], option, choice, spot, swap) => {
          if (!swap) await guest.get('/')
          const fields = { press: packed(command, given, false), option, choice, spot, room, screen: option }
          fine(await guest.post('/press', fields, swap ? { 'hx-request': 'true' } : {}), [command, given, option, choice])
        },
      ),
      runs,
    )
  })

  it('/press as a select, it answers in words', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('room join', 'settings ping', 'room list'),
        fc.constantFrom('room', 'ping', 'after', '__proto__'),
        word,
        async (command, option, choice) => {
          await guest.get('/settings')
          fine(await guest.post('/press', { press: packPress({ command, args: {} }), option, choice }), [command, option, choice])
        },
      ),
      { numRuns: 60 },
    )
  })

  it('/form, it answers in words and keeps what was typed', async () => {
    await fc.assert(
      fc.asyncProperty(call, fc.dictionary(word, word, { maxKeys: 3 }), async ([command, given], rest) => {
        await guest.get('/settings')
        const typed = Object.fromEntries(Object.entries(given).map(([name, value]) => [`o.${name}`, value]))
        fine(await guest.get(`/form/${encodeURIComponent(packed(command, {}, true))}`), command)
        await guest.get('/settings')
        fine(await guest.post('/form', { ...rest, ...typed, press: packed(command, {}, true) }), [command, typed])
      }),
      runs,
    )
  })

  it('/console, it answers in words', async () => {
    const line = fc.oneof(
      word,
      call.map(
        ([command, given]) =>
          `${command} ${Object.entries(given)
            .map(([name, value]) => `${name}:"${value}"`)
            .join(' ')}`,
      ),
    )
    await fc.assert(
      fc.asyncProperty(line, async (typed) => {
        await guest.get('/console')
        fine(await guest.post('/console', { line: typed }), typed)
        fine(await guest.get(`/console/suggest?text=${encodeURIComponent(typed.toWellFormed())}`), typed)
      }),
      runs,
    )
  })

  it('the addresses and the other forms, they answer in words', async () => {
    await fc.assert(
      fc.asyncProperty(word, async (typed) => {
        const part = encodeURIComponent(typed.toWellFormed())
        for (const path of [
          `/rooms/${part}`,
          `/rooms?after=${part}`,
          `/form/${part}`,
          `/sign-in/${part}`,
          `/settings?kept=${part}`,
          `/form/suggest?command=room+join&option=room&typed=${part}`,
          `/form/suggest?command=${part}&option=${part}`,
          `/assets/${part}`,
          `/${part}`,
        ])
          fine(await guest.get(path), path)
        fine(await guest.get(`/live?rooms=${part.slice(0, 3)},x`, { accept: 'text/html' }), part)
        await guest.get('/settings')
        fine(await guest.post('/settings/theme', { theme: typed }), typed)
        fine(await guest.post('/press', { [typed]: typed }), typed)
        fine(await guest.post('/form', { [typed]: typed }), typed)
        fine(await guest.post('/console', { [typed]: typed }), typed)
      }),
      { numRuns: 60 },
    )
  })
})
