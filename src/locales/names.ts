import { sentence } from './catalogue.ts'
import type { Locale } from './text.ts'

/** Groups by their first word, commands of a group by both: the Korean name is of the last word. */
const koreanCommands = new Map([
  ['focus', '집중'],
  ['focus start', '시작'],
  ['focus stop', '끝내기'],
  ['focus stopped', '끝난시각'],
  ['focus add', '직접추가'],
  ['focus edit', '기록수정'],
  ['focus remove', '기록삭제'],
  ['focus list', '목록'],
  ['focus why', '인정내역'],
  ['focus show', '보이기'],
  ['focus review', '검토'],
  ['focus correct', '정정'],
  ['focus undo', '되돌리기'],
  ['todo', '할일'],
  ['todo add', '추가'],
  ['todo list', '목록'],
  ['todo done', '완료'],
  ['focus result', '결과'],
  ['focus aim', '할일'],
  ['focus here', '있었어요'],
  ['focus kept', '계속했어요'],
  ['focus credit', '모두인정'],
  ['room', '방'],
  ['room create', '만들기'],
  ['room edit', '수정'],
  ['room list', '목록'],
  ['room info', '정보'],
  ['room join', '들어가기'],
  ['room leave', '나가기'],
  ['room share', '공유'],
  ['room bring', '가져오기'],
  ['room unbind', '연결해제'],
  ['room invite', '초대'],
  ['room kick', '내보내기'],
  ['room ban', '입장금지'],
  ['room unban', '입장허용'],
  ['room transfer', '방장넘기기'],
  ['room close', '닫기'],
  ['room more', '더보기'],
  ['room people', '참가자'],
  ['timer', '타이머'],
  ['timer start', '시작'],
  ['timer pause', '일시정지'],
  ['timer resume', '계속하기'],
  ['timer skip', '건너뛰기'],
  ['timer stop', '끝내기'],
  ['timer status', '상태'],
  ['settings', '설정'],
  ['settings show', '보기'],
  ['settings set', '바꾸기'],
  ['settings ping', '호출'],
  ['stats', '통계'],
  ['reserve', '예약'],
  ['reserve create', '잡기'],
  ['reserve edit', '변경'],
  ['reserve list', '목록'],
  ['reserve cancel', '취소'],
  ['reserve skip', '건너뛰기'],
  ['reserve show', '보이기'],
  ['reserve join', '참여'],
  ['reserve calendar', '캘린더'],
  ['goal', '목표'],
  ['goal set', '정하기'],
  ['goal show', '보기'],
  ['goal rest', '쉬는날'],
  ['achievements', '업적'],
  ['settings zone', '시간대'],
  ['dashboard', '대시보드'],
  ['setup', '서버설정'],
  ['diagnose', '봇진단'],
  ['help', '도움말'],
])

/** An option is called the same in every command, unless its group, written before it, says otherwise. */
const koreanOptions = new Map([
  ['name', '이름'],
  ['focus', '집중'],
  ['break', '휴식'],
  ['long_break', '긴휴식'],
  ['long_break_after', '긴휴식간격'],
  ['rounds', '반복횟수'],
  ['capacity', '최대인원'],
  ['private', '비공개'],
  ['control', '조작권한'],
  ['voice', '음성채널'],
  ['keep', '상시운영'],
  ['auto_break', '자동휴식'],
  ['auto_focus', '자동집중'],
  ['warning', '집중알림'],
  ['thread_lines', '스레드알림'],
  ['start_on_join', '입장시시작'],
  ['stop_when_empty', '비면멈춤'],
  ['chime', '알림음'],
  ['chime_sound', '알림음소리'],
  ['chime_volume', '알림음크기'],
  ['mute_in_focus', '집중음소거'],
  ['ping', '호출'],
  ['start', '바로시작'],
  ['room', '방'],
  ['without_voice', '음성없이'],
  ['presence', '자리'],
  ['gap', '공백'],
  ['outage', '장애'],
  ['user', '멤버'],
  ['period', '기간'],
  ['code', '초대코드'],
  ['focus aim', '할일'],
  ['focus minutes', '분'],
  ['result', '결과'],
  ['at', '언제'],
  ['kind', '종류'],
  ['note', '메모'],
  ['record', '기록'],
  ['day', '날짜'],
  ['reason', '사유'],
  ['text', '내용'],
  ['line', '항목'],
  ['settings timezone', '시간대'],
  ['settings locale', '언어'],
  ['settings day_start', '하루시작'],
  ['settings visibility', '공개범위'],
  ['settings voice_time', '음성기록'],
  ['settings weekly_note', '주간소식'],
  ['settings slack_status', '슬랙상태'],
  ['settings slack_snooze', '슬랙방해금지'],
  ['where', '장소'],
  ['repeat', '반복'],
  ['days', '요일'],
  ['until', '언제까지'],
  ['reserve until', '종료일'],
  ['times', '횟수'],
  ['remind', '미리알림'],
  ['with', '함께'],
  ['reservation', '예약'],
  ['following', '이후모두'],
  ['daily_time', '하루시간'],
  ['weekly_sessions', '주간횟수'],
  ['exam', '시험일'],
  ['weekday', '요일'],
  ['help command', '명령어'],
  ['language', '언어'],
  ['zone', '시간대'],
  ['announce', '소식채널'],
  ['others_stats', '서로통계'],
  ['trial', '체험주간'],
  ['creators', '방만들기'],
  ['creator_roles', '허용역할'],
  ['room_channels', '허용채널'],
  ['rooms_per_host', '인당방수'],
  ['default_focus', '기본집중'],
  ['default_break', '기본휴식'],
  ['default_control', '기본조작권한'],
  ['solo_voice', '방없는음성'],
  ['voice_allow', '인정음성'],
  ['voice_deny', '제외음성'],
  ['server_events', '예약이벤트'],
])

const koreanMenus = new Map([
  ['Profile', '프로필 보기'],
  ['Invite to room', '내 방에 초대'],
  ['Start focusing', '집중 시작하기'],
])

/** The Korean name of a group (`room`) or of the last word of a command (`room create`); the English one where there is none. */
export const koreanCommand = (name: string): string => koreanCommands.get(name) ?? lastWord(name)

/** The Korean name of an option of a command; the English one where there is none. */
export const koreanOption = (command: string, option: string): string =>
  koreanOptions.get(`${firstWord(command)} ${option}`) ?? koreanOptions.get(option) ?? option

/** What the value of a choice is called, as people read it; the value itself where it has no name. */
export const choiceName = (option: string, choice: string, locale: Locale): string =>
  sentence(`choice.${option}.${choice}`, locale) ?? choice
export const koreanChoice = (option: string, choice: string): string => choiceName(option, choice, 'ko')

/** The Korean name of an entry in a menu of the platform; the English one where there is none. */
export const koreanMenu = (name: string): string => koreanMenus.get(name) ?? name

/** The whole command as one types it: `room create` or `방 만들기`. */
export function spokenCommand(name: string, locale: Locale): string {
  if (locale === 'en') return name
  return name.includes(' ') ? `${koreanCommand(firstWord(name))} ${koreanCommand(name)}` : koreanCommand(name)
}

/** The last word of a command: `create` or `만들기`. */
export const commandWord = (name: string, locale: Locale): string => (locale === 'en' ? lastWord(name) : koreanCommand(name))

/** The whole command with the arguments of its example in the catalogue: `room create "Deep work" focus:50`. */
export const exampleCommand = (name: string, locale: Locale): string =>
  [spokenCommand(name, locale), sentence(`command.${name.replace(' ', '.')}.example`, locale)].filter((part) => part !== null).join(' ')

const firstWord = (name: string): string => name.split(' ', 1)[0] ?? name
const lastWord = (name: string): string => name.slice(name.lastIndexOf(' ') + 1)

/** Which of these groups (`room`), or commands of one group (`room create`), is meant by the word `typed`, in either language; null if none. */
export const commandNamed = (typed: string, commands: Iterable<string>): string | null =>
  named(typed, commands, (command) => [lastWord(command), koreanCommand(command)])

/** Which of these options of `command` is meant; null if none. */
export const optionNamed = (command: string, typed: string, options: Iterable<string>): string | null =>
  named(typed, options, (option) => [option, koreanOption(command, option)])

/** Which of these choices of an option is called so, by its value or by its name in either language, with or without spaces; null if none. */
export const choiceCalled = (option: string, typed: string, choices: Iterable<string>): string | null =>
  named(close(typed), choices, (choice) => namesOfChoice(option, choice))

const close = (text: string): string => text.replace(/\s/gu, '')
const namesOfChoice = (option: string, choice: string): string[] =>
  [choice, choiceName(option, choice, 'en'), koreanChoice(option, choice)].map(close)

/** The same, where the beginning of a name is enough. */
export function choiceNamed(option: string, typed: string, choices: Iterable<string>): string | null {
  const exact = choiceCalled(option, typed, choices)
  if (exact !== null || typed.length < shortestBeginning) return exact
  const begun = [...choices].filter((choice) => namesOfChoice(option, choice).some((name) => folded(name).startsWith(folded(close(typed)))))
  return begun.length === 1 ? (begun[0] ?? null) : null
}
/** The beginning of a name is enough where it is that of one choice alone: 평일 of 평일마다. */
const shortestBeginning = 2

/** The things whose name was typed: those called exactly so, else those whose name begins so. What is meant is clear where it is one. */
export function called<T>(typed: string, things: readonly T[], namesOf: (thing: T) => readonly string[]): readonly T[] {
  const wanted = folded(typed.trim())
  const exact = things.filter((thing) => namesOf(thing).some((name) => folded(name) === wanted))
  return exact.length > 0 ? exact : things.filter((thing) => namesOf(thing).some((name) => folded(name).startsWith(wanted)))
}

function named(typed: string, things: Iterable<string>, namesOf: (thing: string) => readonly string[]): string | null {
  const wanted = folded(typed)
  for (const thing of things) if (namesOf(thing).some((name) => folded(name) === wanted)) return thing
  return null
}

/** The spelling under which names are compared: no case, one form of every letter. */
export const folded = (name: string): string => name.normalize('NFKC').toLowerCase()
