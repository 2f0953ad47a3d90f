import { describe, expect, test } from 'vitest'
import { readCsv, readHours } from './csv.ts'
import { readLionbot } from './lionbot.ts'

const now = new Date('2026-03-02T09:00:00Z')
const csv = (text: string, timezone = 'UTC') => readCsv(text, timezone, now)

describe('a person’s CSV', () => {
  test('takes a start and an end, or a start and a length, in the person’s zone or with an offset', () => {
    const read = csv(
      'start,end,minutes,subject\n2026-03-01 09:00,2026-03-01 10:30,,math\n2026-03-01T12:00:00+09:00,,25,\n2026.2.3 7:05,,,\n',
      'Asia/Seoul',
    )
    expect(read?.rows).toEqual([
      { from: '2026-03-01T00:00:00.000Z', to: '2026-03-01T01:30:00.000Z', subject: 'math' },
      { from: '2026-03-01T03:00:00.000Z', to: '2026-03-01T03:25:00.000Z', subject: null },
    ])
    expect(read?.faults).toEqual([{ line: 4, why: 'length' }])
  })

  test('lets several of one date follow each other from noon', () => {
    const read = csv('날짜;분\n2026-03-01;60\n2026-03-01;30\n2026-02-28;10')
    expect(read?.rows.map(({ from, to }) => [from.slice(5, 16), to.slice(11, 16)])).toEqual([
      ['02-28T12:00', '12:10'],
      ['03-01T12:00', '13:00'],
      ['03-01T13:00', '13:30'],
    ])
  })

  test.each([
    ['1:30:00', 90],
    ['1:30', 90],
    ['1h 30m', 90],
    ['1시간 30분', 90],
    ['2시간', 120],
    ['45', 45],
  ])('reads the length %s', (typed, minutes) => {
    const [row] = csv(`start,duration\n2026-03-01 09:00,${typed}`)?.rows ?? []
    expect(row && (Date.parse(row.to) - Date.parse(row.from)) / 60_000).toBe(minutes)
  })

  test('knows the hour that a turn of the clock leaves out', () => {
    const [row] = csv('start,minutes\n2025-03-09 02:30,60', 'America/New_York')?.rows ?? []
    expect(row?.from).toBe('2025-03-09T07:30:00.000Z')
  })

  test('names each line that it leaves out, and why', () => {
    const read = csv(
      [
        'start,minutes',
        'yesterday,5',
        '2026-03-02 08:30,60',
        '2015-01-01 09:00,60',
        '2026-03-01 09:00,1500',
        '2026-03-01 09:00,60',
        '2026-03-01 09:30,60',
        '"2026-03-01\n11:00",60',
      ].join('\n'),
    )
    expect(read?.faults).toEqual([
      { line: 2, why: 'time' },
      { line: 3, why: 'future' },
      { line: 4, why: 'old' },
      { line: 5, why: 'length' },
      { line: 7, why: 'overlap' },
      { line: 9, why: 'time' },
    ])
    expect(read?.rows).toHaveLength(1)
  })

  test('is none without such columns, or as something else', () => {
    for (const text of ['', 'a,b\n1,2', 'start,end', '"never closed\n', '\u0000\u0001']) expect(csv(text)).toBeNull()
  })
})

describe('LionBot’s export', () => {
  const exported = (voice: unknown, id: unknown = '101') =>
    JSON.stringify({ export_info: { discord_id: id }, study_sessions: { voice, text: [] } })

  test('gives the sessions in voice channels', () => {
    const read = readLionbot(
      exported([
        { guildid: '900', start_time: '2026-02-01T10:00:00.000Z', duration: 1500, tag: '  수학\n시험 ', live_duration: 0 },
        { guildid: '900', start_time: '2026-01-01T10:00:00.000Z', duration: 3600, tag: null },
      ]),
      now,
    )
    expect(read).toEqual({
      account: '101',
      faults: [],
      rows: [
        { from: '2026-01-01T10:00:00.000Z', to: '2026-01-01T11:00:00.000Z', subject: null },
        { from: '2026-02-01T10:00:00.000Z', to: '2026-02-01T10:25:00.000Z', subject: '수학 시험' },
      ],
    })
  })

  test('leaves out what it can not read, by its place in the list', () => {
    const read = readLionbot(exported([{ start_time: 'x', duration: 60 }, null, { start_time: '2026-02-01T10:00:00Z' }, 7], 12), now)
    expect(read).toEqual({
      account: null,
      rows: [],
      faults: [
        { line: 1, why: 'time' },
        { line: 2, why: 'time' },
        { line: 3, why: 'length' },
        { line: 4, why: 'time' },
      ],
    })
  })

  test('is none where the sessions are missing', () => {
    for (const text of ['{', '[]', 'null', '{"study_sessions":{}}', '{"study_sessions":[]}', '7']) expect(readLionbot(text, now)).toBeNull()
  })
})

describe('hours of members', () => {
  test('by Discord id', () => {
    const read = readHours(
      'Discord ID,Hours\n123456789012345678,12.5\n<@123456789012345679>,"3,25"\nada,1\n123456789012345678,1\n123456789012345670,-3\n',
    )
    expect(read?.rows).toEqual([
      { externalId: '123456789012345678', seconds: 45_000 },
      { externalId: '123456789012345679', seconds: 11_700 },
    ])
    expect(read?.faults).toEqual([
      { line: 4, why: 'account' },
      { line: 5, why: 'twice' },
      { line: 6, why: 'hours' },
    ])
  })
})

test('lengths that no day has move nothing behind them, however many there are', () => {
  const long = Array.from({ length: 4 }, () => '2026-01-01,999999999')
  const read = readCsv(['date,hours', ...long, '2026-01-01,1'].join('\n'), 'UTC', new Date('2026-03-02T09:00:00Z'))
  expect(read?.rows).toEqual([{ from: '2026-01-01T12:00:00.000Z', to: '2026-01-01T13:00:00.000Z', subject: null }])
  expect(read?.faults.map(({ why }) => why)).toEqual(['length', 'length', 'length', 'length'])
})
