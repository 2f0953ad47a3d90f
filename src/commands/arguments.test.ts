import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../kernel/refusal.ts'
import { plainPen, type Reader, write } from '../locales/write.ts'
import { sample, samples } from '../testing/samples.ts'
import { type Raw, readArgs } from './arguments.ts'

const create = sample('room create')
const kick = sample('room kick')
const person = '019abcde-0123-7abc-8def-0123456789ab'

const clock = { now: new Date('2026-11-23T05:00:00Z'), timezone: 'Asia/Seoul' }
const english: Reader = { locale: 'en', timezone: 'UTC', now: new Date(0), people: new Map(), web: null }

function refused(command: typeof create, raw: Raw, reader = english): string {
  try {
    readArgs(command, raw, clock)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    expect(error.kind).toBe('invalid')
    return write({ key: error.key, words: error.words }, reader, plainPen)
  }
  throw new Error('It was not refused.')
}

describe('readArgs', () => {
  test.each<[Raw, object]>([
    [{ name: '  Deep work\u0000 ' }, { name: 'Deep work' }],
    [{ name: 50 }, { name: '50' }],
    [{ name: 'cafe\u0301' }, { name: 'café' }],
    [{ focus: 25 }, { focus: 25 }],
    [{ focus: '25' }, { focus: 25 }],
    [{ focus: '25m' }, { focus: 25 }],
    [{ focus: '1h30m' }, { focus: 90 }],
    [{ focus: '1h 30' }, { focus: 90 }],
    [{ focus: '2 hours' }, { focus: 120 }],
    [{ focus: '25분' }, { focus: 25 }],
    [{ focus: '1시간 30분' }, { focus: 90 }],
    [{ focus: '２５' }, { focus: 25 }],
    [{ capacity: '50' }, { capacity: 50 }],
    [{ private: true }, { private: true }],
    [{ private: 'Yes' }, { private: true }],
    [{ private: '켜기' }, { private: true }],
    [{ private: 'off' }, { private: false }],
    [{ private: '아니요' }, { private: false }],
    [{ control: 'vote' }, { control: 'vote' }],
    [{ control: 'only the host' }, { control: 'host' }],
    [{ control: '방장만' }, { control: 'host' }],
    [{ voice: '<#C1|lounge>' }, { voice: 'C1' }],
    [{ voice: '123456789012345678' }, { voice: '123456789012345678' }],
    [{ name: '', focus: null, private: undefined }, {}],
    [{ name: { external: 'U1' }, nothing: 'x', constructor: 'x' }, {}],
  ])('reads %j', (raw, expected) => {
    expect(readArgs(create, raw, clock)).toEqual(expected)
  })

  test.each<[Raw[string], object]>([
    [
      { external: '1', displayName: 'Ada' },
      { external: '1', displayName: 'Ada' },
    ],
    ['<@123>', { external: '123' }],
    ['<@!123>', { external: '123' }],
    ['<@U1|ada &amp; co>', { external: 'U1', displayName: 'ada & co' }],
    ['@ada', { username: 'ada' }],
    ['민준', { username: '민준' }],
    ['@채', { username: '채' }],
    ['채', { username: '채' }],
    ['@🌙 Luna!', { username: '🌙 Luna!' }],
    [person, { person }],
  ])('reads the person %j', (user, expected) => {
    expect(readArgs(kick, { user }, clock)).toEqual({ user: expected })
  })

  test.each<[Raw[string], object]>([
    ['@ada, <@U1|Ben B> 민준', [{ username: 'ada' }, { external: 'U1', displayName: 'Ben B' }, { username: '민준' }]],
    [
      [{ external: '1' }, { external: '2' }],
      [{ external: '1' }, { external: '2' }],
    ],
    [{ external: '1' }, [{ external: '1' }]],
  ])('reads the people %j', (people, expected) => {
    expect(readArgs(kick, { user: 'ada', name: people }, clock)).toEqual({ user: { username: 'ada' }, name: expected })
  })

  test.each<[Raw, string]>([
    [{ name: 'x'.repeat(21) }, 'Name can have 20 characters at most, and this has 21. For example: room create "Deep work" focus:50'],
    [
      { focus: '181' },
      'Focus takes 1 to 180 minutes, written as 25, 25m or 1h30m, not “181”. For example: room create "Deep work" focus:50',
    ],
    [
      { focus: 'soon' },
      'Focus takes 1 to 180 minutes, written as 25, 25m or 1h30m, not “soon”. For example: room create "Deep work" focus:50',
    ],
    [{ capacity: '2.5' }, 'Capacity takes a whole number from 2 to 500, not “2.5”. For example: room create "Deep work" focus:50'],
    [{ private: 'maybe' }, 'Private takes yes or no, and “maybe” is neither. For example: room create "Deep work" focus:50'],
    [
      { control: 'me' },
      'Control takes one of these: Only the host, Anyone, By vote. “me” is none of them. For example: room create "Deep work" focus:50',
    ],
    [
      { voice: '<@U318B13BE4|dev>' },
      'Voice channel takes a voice channel. I don’t know “@dev”. For example: room create "Deep work" focus:50',
    ],
    [{ voice: 'lounge!' }, 'Voice channel takes a voice channel. I don’t know “lounge!”. For example: room create "Deep work" focus:50'],
  ])('refuses %j', (raw, sentence) => {
    expect(refused(create, raw)).toBe(sentence)
  })

  test('refuses in Korean', () => {
    expect(refused(create, { focus: '0' }, { ...english, locale: 'ko' })).toBe(
      '‘집중 시간’ 항목은 1분부터 180분까지 25, 25분, 1시간30분처럼 적어 주세요. ‘0’ 값은 쓸 수 없어요. 예: 방 만들기 "새벽 공부" 집중:50',
    )
  })

  test('names what is missing', () => {
    expect(refused(kick, {})).toBe('Person is missing. For example: room kick @ben')
    expect(refused(kick, { user: '   ' })).toBe('Person is missing. For example: room kick @ben')
    expect(refused(kick, { user: 'who is it?' })).toContain('takes a person')
    expect(refused(kick, { user: '<@T2:U5>' })).toContain('takes a person')
    expect(refused(kick, { user: 'ada', name: 'ada, ??' })).toContain('takes people')
    expect(refused(kick, { user: [{ external: '1' }, { external: '2' }] })).toContain('takes a person')
  })

  test('reads or refuses whatever comes, and what it has read it reads again', () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.record({ external: fc.string() }),
      fc.array(fc.record({ external: fc.string() })),
    )
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.array(value, { minLength: 7, maxLength: 7 }), (command, values) => {
        const raw = Object.fromEntries(Object.keys(command.options).map((name, i) => [name, values[i]]))
        try {
          const read = readArgs(command, raw, clock)
          for (const [name, one] of Object.entries(read)) {
            if (typeof one !== 'object') expect(readArgs(command, { ...raw, [name]: one }, clock)[name]).toBe(one)
          }
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal)
        }
      }),
    )
  })
})
