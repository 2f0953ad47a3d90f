import { describe, expect, test } from 'vitest'
import { Refusal } from '../../kernel/refusal.ts'
import { plainPen, type Reader, write } from '../../locales/write.ts'
import { readArgs } from '../arguments.ts'
import { command } from '../command.ts'
import { parse } from '../parse.ts'

const about = 'option.name.about'
const meeting = command({
  name: 'room create',
  summary: 'command.room.create.summary',
  reply: 'private',
  options: {
    code: { type: 'time', required: true, about },
    minutes: { type: 'time', past: true, about },
    room: { type: 'time', day: true, about },
    name: { type: 'string', max: 20, about },
  },
  run: async () => ({ tone: 'calm', title: '', blocks: [] }),
})
const clock = { now: new Date('2026-11-23T05:00:00Z'), timezone: 'Asia/Seoul' }

const typed = (line: string) => readArgs(meeting, parse(line, [meeting]).raw, clock)

function refusal(line: string, locale: 'en' | 'ko'): string {
  try {
    typed(line)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const reader: Reader = { ...clock, locale, people: new Map(), web: null }
    return write({ key: error.key, words: error.words }, reader, plainPen)
  }
  throw new Error('It was not refused.')
}

describe('an option that takes a time', () => {
  test('takes the words that follow it, without quotes', () => {
    const at = new Date('2026-11-24T00:00:00Z')
    expect(typed('room create tomorrow 9am')).toEqual({ code: at })
    expect(typed('room create code:내일 오전 9시 name:Morning')).toEqual({ code: at, name: 'Morning' })
    expect(typed('room create name:Morning code:"tomorrow 9am"')).toEqual({ code: at, name: 'Morning' })
    expect(typed('room create 내일 09:00 minutes:어제 3시 room:금요일')).toEqual({
      code: at,
      minutes: new Date('2026-11-22T06:00:00Z'),
      room: new Date('2026-11-26T15:00:00Z'),
    })
  })
  test('takes now, and today as a day to come', () => {
    expect(typed('room create now room:today')).toEqual({ code: clock.now, room: new Date('2026-11-22T15:00:00Z') })
  })
  test('says what it takes in both languages', () => {
    expect(refusal('room create someday', 'en')).toContain('“tomorrow 9am”')
    expect(refusal('room create 언젠가', 'ko')).toContain('‘내일 오전 9시’')
    expect(refusal('room create now room:9am', 'en')).toContain('takes a day')
    expect(refusal('room create now room:9시', 'ko')).toContain('날짜로 적어 주세요')
  })
  test('gives examples on the right side of now', () => {
    expect(refusal('room create now minutes:someday', 'en')).toContain('“yesterday 3pm”')
    expect(refusal('room create now minutes:someday', 'en')).not.toContain('tomorrow')
    expect(refusal('room create now minutes:언젠가', 'ko')).toContain('‘어제 오후 3시’')
  })
  test('says which moment it understood where that is on the wrong side of now', () => {
    expect(refusal('room create yesterday 9am', 'en')).toBe(
      'Code has to be a time that is still to come. “yesterday 9am” was Sun 22 November at 09:00 (Asia/Seoul).',
    )
    expect(refusal('room create now minutes:내일 9시', 'ko')).toContain('아직 오지 않았어요: 11월 24일 (화) 09:00')
    expect(refusal('room create now room:어제', 'ko')).toContain('이미 지났어요')
  })
})
