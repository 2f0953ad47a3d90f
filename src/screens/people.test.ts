import { expect, test } from 'vitest'
import type { PersonId } from '../kernel/ids.ts'
import { peopleIn } from './people.ts'
import type { Screen } from './screen.ts'

const id = (n: number) => `018f0000-0000-7000-8000-00000000000${n}` as PersonId

test('finds everybody whom a screen names, once, and nobody who is only an argument of a button', () => {
  const screen: Screen = {
    tone: 'focus',
    title: { person: id(1) },
    state: { key: 'commands.list', words: { head: { person: id(2) }, tail: 3 } },
    blocks: [
      { kind: 'lines', lines: ['typed', { person: id(1), call: true }] },
      { kind: 'facts', facts: [{ label: 'a', value: { person: id(3) } }] },
      { kind: 'meter', value: 1, max: 2, text: { person: id(4) } },
      { kind: 'table', columns: [{ label: 'c' }], rows: [['x', { person: id(5) }]], empty: { person: id(6) } },
      { kind: 'buttons', buttons: [{ label: { person: id(7) }, look: 'plain', do: { command: 'room kick', args: { person: id(9) } } }] },
      { kind: 'select', label: 'l', press: { command: 'x', args: {} }, option: 'o', choices: [{ label: { person: id(8) }, value: id(9) }] },
    ],
  }
  expect([...peopleIn(screen)].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map(id))
})
