import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Press } from '../kernel/press.ts'
import { longestPress, packPress, packSelect, unpackPress, unpackSelect } from './press.ts'

const room = '019abcde-0123-7abc-8def-0123456789ab'
const phase = '019abcde-0123-7abc-9def-0123456789ac'

const word = fc.stringMatching(/^[a-z]{1,8}$/)
const press = fc
  .record({
    command: fc.tuple(word, fc.option(word)).map(([group, name]) => (name === null ? group : `${group} ${name}`)),
    args: fc.dictionary(fc.stringMatching(/^[a-z][a-z_]{0,5}$/), fc.oneof(fc.uuid(), fc.string({ unit: 'binary', maxLength: 4 })), {
      maxKeys: 2,
    }),
    ask: fc.boolean(),
  })
  .map(({ ask, ...rest }): Press => (ask ? { ...rest, ask } : rest))

describe('a packed press', () => {
  test('comes back as it was', () => {
    fc.assert(
      fc.property(press, (original) => {
        const packed = packPress(original)
        expect(packed.length).toBeLessThanOrEqual(longestPress)
        expect(packed).not.toMatch(/\s/)
        expect(unpackPress(packed)).toEqual(original)
      }),
    )
  })

  test('holds two ids and a word', () => {
    const packed = packPress({ command: 'timer resume', args: { room, phase, control: 'anyone' }, ask: true })
    expect(packed.length).toBeLessThanOrEqual(longestPress)
    expect(unpackPress(packed)?.args).toEqual({ room, phase, control: 'anyone' })
  })

  test('that is too long is a bug', () => {
    expect(() => packPress({ command: 'room create', args: { name: 'x'.repeat(100) } })).toThrow('characters')
  })

  test('with a name that is none is a bug', () => {
    expect(() => packPress({ command: 'room create', args: { 'a|b': 'x' } })).toThrow('a|b')
    expect(() => packPress({ command: 'Room', args: {} })).toThrow('Room')
  })

  test('of a select takes the chosen value', () => {
    fc.assert(
      fc.property(press, fc.string(), (original, value) => {
        expect(unpackSelect(packSelect(original, 'chosen'), value)).toEqual({ ...original, args: { ...original.args, chosen: value } })
      }),
    )
  })

  test('of a button is no select', () => {
    expect(unpackSelect(packPress({ command: 'room join', args: { room } }), 'x')).toBeNull()
  })
})

describe('garbage', () => {
  test.each([
    '',
    '?',
    'room.join|',
    'room.join|room',
    'room.join|room=~short',
    'Room.join',
    'room join',
    'a|b=%zz',
    'a.b.c',
    'x'.repeat(101),
  ])('%j is null', (text) => {
    expect(unpackPress(text)).toBeNull()
  })

  test('never throws, and whatever is understood was packed here', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^\??[a-z.]{1,6}(\|[a-z]{1,3}=[a-z~%0-9]{0,6}){0,2}$/)),
        (text) => {
          const understood = unpackPress(text)
          if (understood) expect(unpackPress(packPress(understood))).toEqual(understood)
        },
      ),
    )
  })
})
