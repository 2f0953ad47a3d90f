import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { readCsv } from './csv.ts'
import { readHours } from './hours.ts'
import { longestStretchSeconds, mostRows, type Unreadable } from './import.ts'
import { readLionbot } from './lionbot.ts'
import { type Reading, readUpload } from './reading.ts'

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

  test('says that a stretch ends before it begins', () => {
    expect(csv('start,end\n2026-03-01 10:00,2026-03-01 09:00')?.faults).toEqual([{ line: 2, why: 'order' }])
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

  test.each(['2026-3-1 9:00', '2026. 3. 1. 9:00', '2026/03/01 09:00:00', '2026-03-01T18:00+09:00'])('reads the moment %s', (typed) => {
    expect(csv(`start,minutes\n${typed},60`)?.rows[0]?.from).toBe('2026-03-01T09:00:00.000Z')
  })

  test('is parted by what parts the names of its columns, and by nothing else', () => {
    expect(csv('start;hours;subject\n2026-03-01 09:00;1,5;math, part 2\n')?.rows).toEqual([
      { from: '2026-03-01T09:00:00.000Z', to: '2026-03-01T10:30:00.000Z', subject: 'math, part 2' },
    ])
    expect(csv('\n시작\t과목\t끝\n2026-03-01 09:00\t\t2026-03-01 10:00\n')?.rows).toHaveLength(1)
  })

  test('may hold quotes within a subject', () => {
    expect(csv('start,minutes,subject\n2026-03-01 09:00,60,the "big" one\n2026-03-02 08:00,30,"a ""b"", c"\n')?.rows).toMatchObject([
      { subject: 'the "big" one' },
      { subject: 'a "b", c' },
    ])
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

  test('survives what no export holds', () => {
    const start_time = '2026-02-01T10:00:00Z'
    const deep = `${'['.repeat(200_000)}1${']'.repeat(200_000)}`
    const lengths = [
      '1e300',
      '"1e3"',
      'true',
      '[60]',
      '{"valueOf":1,"toString":1}',
      deep,
      '-60',
      '999999999999',
      '{"__proto__":{"duration":60}}',
    ]
    const voice = lengths.map((duration) => `{"start_time":"${start_time}","duration":${duration}}`)
    const read = readLionbot(`{"__proto__":{"x":1},"constructor":[],"study_sessions":{"voice":[${voice.join(',')}]}}`, now)
    expect(read?.rows).toEqual([])
    expect(read?.faults.map(({ why }) => why)).toEqual(lengths.map(() => 'length'))
    const odd = readLionbot(exported([{ start_time, duration: 60, tag: 'a\ud800\u0000b' }]), now)
    expect(odd?.rows[0]?.subject).toBe('a\ufffd b')
  })

  test('tells times in UTC where it names no offset', () => {
    expect(readLionbot(exported([{ start_time: '2026-02-01 10:00:00', duration: 60 }]), now)?.rows[0]?.from).toBe(
      '2026-02-01T10:00:00.000Z',
    )
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

test('hours may be told in Korean, in words, and with what keeps a spreadsheet from rounding ids', () => {
  const read = readHours(
    '디스코드 아이디;시간\n123456789012345671;12,5\n="123456789012345672";3\n\'123456789012345673;1:30\n123456789012345674;2시간 30분\n',
  )
  expect(read?.rows.map(({ seconds }) => seconds / 3600)).toEqual([12.5, 3, 1.5, 2.5])
  expect(read?.faults).toEqual([])
})

test('hours that can be read in two ways, or as none, are left out', () => {
  const typed = ['"1,500"', '-5', '0', '1e3', '100001', '999999999999', 'NaN', '', '5']
  const read = readHours(`id,hours\n${typed.map((hours, n) => `12345678901234567${n},${hours}`).join('\n')}`)
  expect(read?.rows).toEqual([{ externalId: '123456789012345678', seconds: 18_000 }])
  expect(read?.faults.map(({ why }) => why)).toEqual(Array.from({ length: 8 }, () => 'hours'))
})

test('ids that a spreadsheet has rounded are nobody’s', () => {
  const scientific = readHours('id,hours\n1.23E+17,5\n"1,23457E+17",5\n123456789012345678,1\n123456789012345000,1')
  expect(scientific?.faults.map(({ why }) => why)).toEqual(['rounded', 'rounded'])
  const zeros = readHours('id,hours\n123456789012345000,5\n223456789012345000,5\n32345678901234500,1\n1123456789012345600,1')
  expect(zeros?.rows).toHaveLength(1)
  expect(zeros?.faults.map(({ why }) => why)).toEqual(['rounded', 'rounded', 'rounded'])
})

describe('an upload', () => {
  const read = (bytes: Uint8Array | string, kind: 'own' | 'hours' = 'own'): Reading | Unreadable =>
    readUpload({ kind, bytes: Buffer.from(bytes as Uint8Array), timezone: 'Asia/Seoul', now })
  const subjectOf = (reading: Reading | Unreadable) => (typeof reading === 'string' ? reading : JSON.parse(reading.rows)[0]?.subject)
  const korean = '날짜,분,과목\n2026-03-01,60,수학 똠방각하\n'

  test.each([
    ['UTF-8', Buffer.from(korean)],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${korean}`)],
    ['UTF-16, tabs between', Buffer.from(`\ufeff${korean.replaceAll(',', '\t')}`, 'utf16le')],
    ['UTF-16 the other way round', Buffer.from(`\ufeff${korean}`, 'utf16le').swap16()],
    ['CP949', iconv.encode(korean, 'cp949')],
  ])('may be %s', (_, bytes) => {
    expect(subjectOf(read(bytes))).toBe('수학 똠방각하')
  })

  test('of LionBot may have a mark too', () => {
    const json = JSON.stringify({ study_sessions: { voice: [{ start_time: '2026-02-01T10:00:00Z', duration: 60, tag: '수학' }] } })
    for (const bytes of [Buffer.from(`\ufeff \n${json}`), Buffer.from(`\ufeff${json}`, 'utf16le')]) {
      expect(read(bytes)).toMatchObject({ format: 'lionbot', summary: { count: 1, seconds: 60, account: null } })
    }
  })

  test.each([
    ['binary', 'a spreadsheet’s own file', Buffer.from('PK\u0003\u0004\u0014\u0000workbook')],
    ['binary', 'a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d])],
    ['encoding', 'in Latin letters of an old kind', Buffer.from('date,minutes,subject\n2026-03-01,60,Prüfung\n', 'latin1')],
    ['encoding', 'half of a UTF-16 letter', Buffer.from([0xff, 0xfe, 0x41, 0x00, 0x42])],
    ['unreadable', 'something else', Buffer.from('hello')],
    ['unreadable', 'one endless line', Buffer.from(`date,minutes\n${'x'.repeat(1_000_000)}`)],
    ['many', 'too long', Buffer.from(`date,minutes\n${'2026-03-01,1\n'.repeat(mostRows + 1)}`)],
    ['many', 'too long, of lines that are left out', Buffer.from(`date,minutes\n${'x\n'.repeat(mostRows + 1)}`)],
  ])('is %s: %s', (why, _, bytes) => {
    expect(read(bytes)).toBe(why)
  })

  test('is summed up, with the first faults and the number of all', () => {
    const reading = read(`id,hours\n${'ada,1\n'.repeat(30)}123456789012345678,2`, 'hours')
    expect(reading).toMatchObject({ format: 'hours', summary: { count: 1, seconds: 7200, faultCount: 30 } })
    expect(typeof reading === 'object' && reading.summary.faults.length).toBe(20)
    const longest = read(`start,seconds\n2026-02-01 09:00,${longestStretchSeconds}`)
    expect(longest).toMatchObject({
      format: 'csv',
      summary: { count: 1, seconds: 86_400, from: '2026-02-01T00:00:00.000Z', to: '2026-02-02T00:00:00.000Z' },
    })
  })
})

test('lengths that no day has move nothing behind them, however many there are', () => {
  const long = Array.from({ length: 4 }, () => '2026-01-01,999999999')
  const read = readCsv(['date,hours', ...long, '2026-01-01,1'].join('\n'), 'UTC', new Date('2026-03-02T09:00:00Z'))
  expect(read?.rows).toEqual([{ from: '2026-01-01T12:00:00.000Z', to: '2026-01-01T13:00:00.000Z', subject: null }])
  expect(read?.faults.map(({ why }) => why)).toEqual(['length', 'length', 'length', 'length'])
})
