import { describe, expect, test } from 'vitest'
import type { PersonId } from '../kernel/ids.ts'
import type { Locale, MessageKey, Text } from './text.ts'
import { type Pen, plainPen, type Reader, say, write } from './write.ts'

const ada = '018f0000-0000-7000-8000-00000000000a' as PersonId
const gone = '018f0000-0000-7000-8000-00000000000b' as PersonId
const now = new Date('2026-11-23T05:13:00Z')

const reader = (locale: Locale): Reader => ({
  locale,
  timezone: 'Asia/Seoul',
  now,
  people: new Map([[ada, { name: 'Ada <3', mention: '<@1>' }]]),
  web: null,
})

/** Shows who wrote what, so that an escape on the wrong side is seen. */
const marking: Pen = {
  typed: (text) => `typed(${text})`,
  words: (text) => `words(${text})`,
  person: (name) => `person(${name})`,
  call: (_, mention) => `call(${mention})`,
  channel: (id) => `channel(${id})`,
  role: (id) => `role(${id})`,
  time: (_, as) => `time(${as})`,
  command: (spoken, name) => `command(${spoken}|${name})`,
}

const plain = (text: Text, locale: Locale = 'en') => write(text, reader(locale), plainPen)

describe('write', () => {
  test('keeps what people typed apart from what the catalogue says', () => {
    const text: Text = {
      key: 'commands.list',
      words: { head: '*x*', tail: { key: 'commands.list', words: { head: { person: ada }, tail: 12345 } } },
    }
    expect(write(text, reader('en'), marking)).toBe('typed(*x*)words(, )person(Ada <3)words(, )words(12,345)')
  })

  test('never reads a typed text as a message', () => {
    const typed = "{head} {n, plural, other {#}} <b> '{x}'"
    expect(plain({ key: 'commands.list', words: { head: typed, tail: '' } })).toBe(`${typed}, `)
  })

  test.each([
    [0, 'no suggestions'],
    [1, '1 suggestion'],
    [1200, '1,200 suggestions'],
  ])('chooses a plural by the number %i', (n, sentence) => {
    expect(plain({ key: 'web.console.hits', words: { n } })).toBe(sentence)
  })

  test('chooses by a word, which is not typed text then', () => {
    const running = (of: number): Text => ({ key: 'panel.running', words: { phase: 'work', round: 2, of } })
    expect(write(running(4), reader('en'), marking)).toBe('words(focus · round )words(2)words( of )words(4)')
    expect(plain(running(0))).toBe('focus · round 2')
  })

  test('calls only where it is asked to', () => {
    expect(write({ person: ada }, reader('en'), marking)).toBe('person(Ada <3)')
    expect(write({ person: ada, call: true }, reader('en'), marking)).toBe('call(<@1>)')
  })

  test('has a name for whoever is gone', () => {
    expect(plain({ person: gone })).toBe('deleted user')
    expect(plain({ person: gone }, 'ko')).toBe('탈퇴한 사용자')
  })

  test('says yes and no in the language', () => {
    expect(plain({ key: 'commands.list', words: { head: true, tail: false } }, 'ko')).toBe('예, 아니요')
  })

  test('calls somebody without an account by no name', () => {
    const text: Text = { key: 'reserve.only-host', words: { host: { key: 'commands.person.gone' }, named: true } }
    expect(plain(text, 'ko')).toBe('방장 탈퇴한 사용자만 바꿀 수 있어요.')
  })

  test.each<[MessageKey, string]>([
    ['room.invited', '탈퇴한 사용자를 초대했어요'],
    ['line.stopped', '탈퇴한 사용자가'],
    ['timer.vote.line', '탈퇴한 사용자가'],
    ['stats.hidden', '탈퇴한 사용자는 여기에서'],
  ])('gives somebody without an account the particle of their words: %s', (key, said) => {
    expect(plain({ key, words: { name: { person: gone }, deed: 'stop', voted: 1, needed: 2 } }, 'ko')).toContain(said)
  })

  test('puts no brackets around a date that has its own', () => {
    const words = { date: { day: '2026-03-02', as: 'day' }, state: 'opened' } as const
    expect(plain({ key: 'reserve.card.before', words }, 'ko')).toMatch(/^지난번 3월 2일.*에 열렸어요\.$/)
  })

  test('throws where a word is missing', () => {
    expect(() => plain({ key: 'commands.list', words: { head: 'x' } })).toThrow('tail')
  })

  test('names a command as the reader types it', () => {
    expect(plain({ command: 'room create' })).toBe('room create')
    expect(plain({ command: 'room create' }, 'ko')).toBe('방 만들기')
    expect(plain({ command: 'room create', example: true }, 'ko')).toBe('방 만들기 "새벽 공부" 집중:50')
    expect(plain({ command: 'room list', example: true })).toBe('room list')
    expect(write({ command: 'room join' }, reader('ko'), marking)).toBe('command(방 들어가기|room join)')
  })

  test('tells times in the reader’s zone', () => {
    const time = new Date('2026-11-23T15:25:00Z')
    expect(plain({ time, as: 'clock' })).toBe('00:25')
    expect(plain({ time, as: 'date' })).toBe('Tue 24 November')
    expect(plain({ time, as: 'date' }, 'ko')).toBe('11월 24일 (화)')
  })

  test.each([
    [12 * 60, 'in 12 minutes', '12분 후'],
    [40, 'in 40 seconds', '40초 후'],
    [0, 'now', '지금'],
    [-12 * 60, '12 minutes ago', '12분 전'],
    [85 * 60, 'in 85 minutes', '85분 후'],
    [3 * 3600, 'in 3 hours', '3시간 후'],
    [50 * 3600, 'in 2 days', '모레'],
  ])('counts %i seconds down as %s and %s', (seconds, english, korean) => {
    const text: Text = { time: new Date(now.getTime() + seconds * 1000), as: 'countdown' }
    expect([plain(text), plain(text, 'ko')]).toEqual([english, korean])
  })

  test('calls days as the calendar does, however few hours lie between', () => {
    const late = new Date('2026-11-29T15:18:00Z')
    const text: Text = { time: new Date('2026-12-01T06:00:00Z'), as: 'countdown' }
    expect(write(text, { ...reader('ko'), now: late }, plainPen)).toBe('내일')
    expect(write(text, { ...reader('en'), now: late }, plainPen)).toBe('tomorrow')
  })

  test('names the year of a day where it is another', () => {
    const time = new Date('2027-01-01T05:00:00Z')
    expect(plain({ time, as: 'date' })).toBe('Fri 1 January 2027')
    expect(plain({ time, as: 'date' }, 'ko')).toBe('2027년 1월 1일 (금)')
  })

  test.each([
    [12_000, '3 h 20 min', '3시간 20분'],
    [3600, '1 h', '1시간'],
    [3599, '59 min', '59분'],
    [60, '1 min', '1분'],
    [40.9, '40 s', '40초'],
    [0, '0 min', '0분'],
    [-5, '0 min', '0분'],
    [3_600_000, '1,000 h', '1,000시간'],
  ])('writes %d seconds as %s and %s', (duration, english, korean) => {
    expect([plain({ duration }), plain({ duration }, 'ko')]).toEqual([english, korean])
  })

  test('says a plain string without a reader', () => {
    expect(say('commands.list', 'ko', { head: 1000, tail: true })).toBe('1,000, 예')
  })
})

test.each([
  [1, '2026년에 하루, 모두 40분 집중했어요'],
  [12, '2026년에 12일 동안 모두 40분 집중했어요'],
])('%d days of a year are no date in Korean', (days, korean) => {
  const words = { year: { day: '2026-01-01', as: 'year' }, time: { duration: 2400 }, days } as const
  expect(plain({ key: 'stats.year', words }, 'ko')).toBe(korean)
})

test.each<[people: number, known: number, en: string, ko: string]>([
  [0, 0, 'No hours are kept', '받은 시간이 없어요.'],
  [1, 1, '1 person are kept. They use Focus Mate in this server and get them within minutes.', '쓰고 있어서 몇 분 안에 더해져요.'],
  [1, 0, '1 person are kept. They get them when they first use Focus Mate in this server.', '쓰지 않아서 여기에서 처음 쓸 때 더해져요.'],
  [5, 5, 'All of them use Focus Mate in this server and get theirs within minutes.', '쓰고 있어서 몇 분 안에 더해져요.'],
  [5, 0, 'None of them uses Focus Mate in this server yet: they get theirs', '쓰지 않아서 여기에서 처음 쓸 때 더해져요.'],
  [
    5,
    1,
    '1 of them uses Focus Mate in this server and gets theirs within minutes, 4 get theirs',
    '1명에게는 몇 분 안에 더해져요. 나머지 4명',
  ],
  [
    5,
    4,
    '4 of them use Focus Mate in this server and get theirs within minutes, 1 gets theirs',
    '4명에게는 몇 분 안에 더해져요. 나머지 1명',
  ],
])('the hours of %i people, of whom %i are known, are told', (people, known, english, korean) => {
  const words = { people, known, waiting: people - known }
  expect(say('web.import.done-hours', 'en', words)).toContain(english)
  expect(say('web.import.done-hours', 'ko', words)).toContain(korean)
})
