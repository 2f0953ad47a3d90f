import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../kernel/refusal.ts'
import type { Locale } from '../locales/text.ts'
import { plainPen, write } from '../locales/write.ts'
import { samples } from '../testing/samples.ts'
import { commands } from './index.ts'
import { parse } from './parse.ts'

const read = (line: string) => {
  const { command, raw } = parse(line, samples)
  return [command.name, raw]
}

function refused(line: string, locale: Locale = 'en', among = samples): string {
  try {
    parse(line, among)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    expect(error.kind).toBe('invalid')
    return write(
      { key: error.key, words: error.words },
      { locale, timezone: 'UTC', now: new Date(0), people: new Map(), web: null },
      plainPen,
    )
  }
  throw new Error('It was not refused.')
}

describe('parse reads', () => {
  test.each<[string, string, object]>([
    ['room list', 'room list', {}],
    ['  /Room   LIST ', 'room list', {}],
    ['방 목록', 'room list', {}],
    ['방 create', 'room create', {}],
    ['room 만들기', 'room create', {}],
    ['start', 'focus start', {}],
    ['집중 시작 "3장 읽기"', 'focus start', { aim: '3장 읽기' }],
    ['시작 3장 읽기', 'focus start', { aim: '3장 읽기' }],
    ['help room create', 'help', { command: 'room create' }],
    ['도움말', 'help', {}],
    ['room create "Deep work" focus:50', 'room create', { name: 'Deep work', focus: '50' }],
    ['room create focus:50 Deep work', 'room create', { name: 'Deep work', focus: '50' }],
    ['방 만들기 이름:"새벽 공부" 집중:50분 비공개：예', 'room create', { name: '새벽 공부', focus: '50분', private: '예' }],
    ['room create “Deep work” control:‘only the host’', 'room create', { name: 'Deep work', control: 'only the host' }],
    ["room create Ada's room", 'room create', { name: "Ada's room" }],
    ["room create 'tis late", 'room create', { name: "'tis late" }],
    ['room create name:""', 'room create', { name: '' }],
    ['room create focus: 50 name: "a b"', 'room create', { focus: '50', name: 'a b' }],
    ['room create "re:zero 14:30"', 'room create', { name: 're:zero 14:30' }],
    ['room create at: 14:30 https://example.com/a?b', 'room create', { name: 'at: 14:30 https://example.com/a?b' }],
    ['room join re:zero', 'room join', { room: 're:zero' }],
    ['room create "name:x"', 'room create', { name: 'name:x' }],
    ['room create room:abc', 'room create', { room: 'abc' }],
    ['room create voice:<#C1|the lounge>', 'room create', { voice: '<#C1|the lounge>' }],
    ['room join Deep work', 'room join', { room: 'Deep work' }],
    ['room join <@U1|ada> &amp; <#C1|general> &lt;3 <!here>', 'room join', { room: '@ada & #general <3 @here' }],
    ['room join <http://a.example|a.example> <https://b.example>', 'room join', { room: 'a.example https://b.example' }],
    ['room kick <@U1|Ada Lovelace>', 'room kick', { user: '<@U1|Ada Lovelace>' }],
    ['room kick name:"<@U1|ada> @ben" @chae', 'room kick', { user: '@chae', name: '<@U1|ada> @ben' }],
    ['timer start 1h30m', 'timer start', { focus: '1h30m' }],
    ['timer start', 'timer start', {}],
    ['timer pause 25', 'timer pause', { focus: '25' }],
  ])('%s', (line, command, raw) => {
    expect(read(line)).toEqual([command, raw])
  })
})

describe('parse refuses', () => {
  test.each([
    ['', 'Type a command, or help to see them all.'],
    ['/', 'Type a command, or help to see them all.'],
    ['xyzzy', 'There is no command “xyzzy”. Type help to see them all.'],
    ['room', 'Say what to do: room create, room join, room edit, room list. For example: room create "Deep work" focus:50'],
    ['room fly', 'Say what to do: room create, room join, room edit, room list. For example: room create "Deep work" focus:50'],
    ['room creat x', 'There is no command “creat”. Did you mean room create "Deep work" focus:50?'],
    ['romo list', 'There is no command “romo list”. Did you mean room list?'],
    ['tmer', 'There is no command “tmer”. Did you mean timer?'],
    ['jion Deep', 'There is no command “jion Deep”. Did you mean room join "Deep work"?'],
    ['roomlist', 'There is no command “roomlist”. Did you mean room list?'],
    ['room create focsu:50', 'room create has no option “focsu”. Did you mean “focus”? For example: room create "Deep work" focus:50'],
    ['room create focus:5 focus:6', 'Focus is there twice; say it once. For example: room create "Deep work" focus:50'],
    ['room create "Deep work', 'A quote is opened and never closed. For example: room create "Deep work" focus:50'],
    [
      'timer start 50 10',
      'I don’t know what “10” is for. Put words that belong together in quotes. For example: timer start focus:50 break:10',
    ],
    [
      'room edit Deep',
      'I don’t know what “Deep” is for. Put words that belong together in quotes. For example: room edit focus:50 break:10',
    ],
    ['room list now', 'I don’t know what “now” is for. Put words that belong together in quotes. For example: room list'],
  ])('%j', (line, sentence) => {
    expect(refused(line)).toBe(sentence)
  })

  test.each([
    ['방 만들가', '‘만들가’ 명령어는 없어요. 혹시 방 만들기 "새벽 공부" 집중:50 명령어인가요?'],
    ['방만들기', '‘방만들기’ 명령어는 없어요. 혹시 방 만들기 "새벽 공부" 집중:50 명령어인가요?'],
    ['방 만들기 집중시간:50', '방 만들기 명령어에 ‘집중시간’ 항목은 없어요. 혹시 ‘집중’ 항목인가요? 예: 방 만들기 "새벽 공부" 집중:50'],
    ['방 만들기 집줌:50', '방 만들기 명령어에 ‘집줌’ 항목은 없어요. 혹시 ‘집중’ 항목인가요? 예: 방 만들기 "새벽 공부" 집중:50'],
  ])('%s in Korean', (line, sentence) => {
    expect(refused(line, 'ko')).toBe(sentence)
  })
})

test.each([
  ['invitee <@U318B13BE4|dev>', 'There is no command “invitee @dev”.'],
  ['invitee <@U318B13BE4>', 'There is no command “invitee @U318B13BE4”.'],
  ['room list <@U318B13BE4|dev>', 'I don’t know what “@dev” is for.'],
])('%s is told as it was seen', (line, sentence) => {
  expect(refused(line)).toContain(sentence)
})

test.each([
  ['room create "Deep work" long break:20', 'room create has no option “long break”. Did you mean “long_break”?'],
  ['방 만들기 "새벽" 긴 휴식:20', 'room create has no option “긴 휴식”. Did you mean “긴휴식”?'],
  ['room create "Deep work" long', 'I don’t know what “long” is for. Did you mean “long_break”?'],
  ['focus add 45 at "yesterday 20:00"', 'Write it as “at:…”, with what you mean behind the colon.'],
  ['집중 직접추가 45 언제 "어제 오후 8시"', 'Write it as “언제:…”'],
  ['room create "Deep work" silently', 'I don’t know what “silently” is for.'],
  ['room create color:red', 'room create has no option “color”. It has name, focus, break, long_break,'],
  ['todo add texd:why', 'todo add has no option “texd”. Did you mean “text”?'],
  ['reserve create at:tomorrow 9am focs:50', 'reserve create has no option “focs”. Did you mean “focus”?'],
])('%s names no room, but the nearest option with an example', (line, sentence) => {
  expect(refused(line, 'en', commands)).toContain(sentence)
  expect(refused(line, 'en', commands)).toContain('For example:')
})

test.each([
  ['stats week', { period: 'week' }],
  ['통계 이번 주', { period: '이번 주' }],
  ['stats user:@ben week', { user: '@ben', period: 'week' }],
  ['stats @all', { user: '@all' }],
  ['stats "all"', { user: 'all' }],
  ['stats al', { user: 'al' }],
])('%s is a period only where it is the name of one', (line, raw) => {
  expect(parse(line, commands).raw).toEqual(raw)
})

test.each([
  ['reserve create "tomorrow 3pm" "Sprint"', 'Say what “Sprint” is for, such as name:"Sprint".'],
  ['reserve create tomorrow 3pm "Big sprint"', 'Say what “Big sprint” is for, such as name:"Big sprint".'],
  ['reserve create at:tomorrow 3pm "Sprint"', 'Say what “Sprint” is for, such as name:"Sprint".'],
  ['reserve create name:Sprint "tomorrow 3pm" "Room 4"', 'Say what “Room 4” is for, such as where:"Room 4".'],
  ['예약 잡기 "내일 15:00" "아침 공부"', 'Say what “아침 공부” is for, such as 이름:"아침 공부".'],
])('%s has a second text without a name', (line, sentence) => {
  expect(refused(line, 'en', commands)).toBe(sentence)
})

test.each([
  ['reserve create tomorrow 3pm name:Sprint', { at: 'tomorrow 3pm', name: 'Sprint' }],
  ['reserve create "tomorrow" 3pm', { at: 'tomorrow 3pm' }],
  ['reserve create at:tomorrow 3pm focus:50', { at: 'tomorrow 3pm', focus: '50' }],
])('%s is one time', (line, raw) => {
  expect(parse(line, commands).raw).toEqual(raw)
})

test.each([
  ['집중 시작 미적분: 3장', { aim: '미적분: 3장' }],
  ['집중 시작 분석: 3장', { aim: '분석: 3장' }],
  ['focus start Claim: draft', { aim: 'Claim: draft' }],
  ['focus start 분:30 Claim: draft', { minutes: '30', aim: 'Claim: draft' }],
  ['todo add context:why', { text: 'context:why' }],
])('%s has a colon in its text', (line, raw) => {
  expect(parse(line, commands).raw).toEqual(raw)
})

test('parse throws nothing but refusals, and quickly', () => {
  const word = fc.constantFrom(
    'room',
    '방',
    'create',
    '만들기',
    'join',
    'kick',
    'start',
    'focus:',
    '집중:',
    'name',
    ':',
    '"',
    "'",
    '“',
    '<@U1|',
    '>',
    '&lt;',
    ' ',
    '/',
  )
  const line = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.oneof(word, fc.string({ maxLength: 3 }), fc.constant(' ')), { maxLength: 20 }).map((words) => words.join('')),
  )
  fc.assert(
    fc.property(line, (text) => {
      try {
        const { command, raw } = parse(text, samples)
        expect(Object.keys(raw).filter((name) => !Object.hasOwn(command.options, name))).toEqual([])
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal)
      }
    }),
    { numRuns: 1000 },
  )
})

test.each(['"', '<@', ' "a', 'a:"b', "'a "])('parse is quick with 4000 characters of %j', (part) => {
  const start = performance.now()
  try {
    parse(`room create ${part.repeat(4000 / part.length)}`, samples)
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal)
  }
  expect(performance.now() - start).toBeLessThan(2000)
})
