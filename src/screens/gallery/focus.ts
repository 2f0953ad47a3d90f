import type { Corrected } from '../../domain/sessions/correction.queries.ts'
import type { Manual } from '../../domain/sessions/manual.ts'
import type { RecordFound } from '../../domain/sessions/record.queries.ts'
import type { SoloOutcome } from '../../domain/sessions/solo.queries.ts'
import type { Solo } from '../../domain/sessions/solo.ts'
import type { Credit, Facts, Stay } from '../../domain/sessions/why.ts'
import { explain } from '../../domain/sessions/why.ts'
import type { Todo } from '../../domain/todos/todo.ts'
import { after, days, hours, minutes } from '../../kernel/clock.ts'
import type { PhaseId, PresenceId, SessionId, SoloId, TodoId } from '../../kernel/ids.ts'
import { done } from '../answers.ts'
import { correctionTold, correctionUndone, dayShown } from '../corrections.ts'
import { manualWritten, recordList, recordRemoved, removeQuestion } from '../records.ts'
import { button, message, roomAnswer } from '../room.ts'
import type { Screen } from '../screen.ts'
import { soloCard, soloOver, soloQuestion } from '../solo.ts'
import { todoList } from '../todo.ts'
import { reviewScreen, whyPage, whyScreen } from '../why.ts'
import { askingZone, keptRecord, zoneSaved } from '../zone.ts'
import { hostileNames, person, roomId, sampleNow, workspaceId } from './cast.ts'
import { sampleView } from './views.ts'

const id = <Id extends string>(number: number): Id => `019500aa-0000-7000-8000-eeee${number.toString(16).padStart(8, '0')}` as Id
const ago = (length: number): Date => after(sampleNow, -minutes(length))
const day = '2026-03-02'
const around = { day, before: '2026-03-01', next: null }

const solo: Solo = {
  id: id<SoloId>(1),
  user_id: person(1),
  workspace_id: workspaceId,
  kind: 'self-run',
  channel: null,
  channel_name: null,
  aim: 'Chapter 3',
  todo_id: null,
  subject: 'biology',
  planned_minutes: 50,
  state: 'running',
  ends_at: after(sampleNow, minutes(30)),
  started_at: ago(20),
  ended_at: null,
  credited_at: null,
  is_reported: false,
  result: null,
}
const openEnded: Solo = { ...solo, aim: null, subject: null, planned_minutes: null, ends_at: after(sampleNow, minutes(220)) }
const hostile: Solo = { ...solo, aim: hostileNames.slice(0, 5).join(' '), subject: null }
const forgotten: Solo = { ...openEnded, state: 'asking', started_at: ago(300), ends_at: after(sampleNow, days(7)) }
const over: SoloOutcome = {
  solo: { ...solo, state: 'ended', ended_at: sampleNow, credited_at: sampleNow },
  session: id<SessionId>(1),
  seconds: 1200,
}

const todos: readonly Todo[] = ['Read chapter 3', '문제집 12쪽', ...hostileNames].map((text, n) => ({
  id: id<TodoId>(n + 1),
  text,
  subject: n === 0 ? 'biology' : n === 1 ? '수학' : null,
  createdAt: ago(n),
}))

const manual: Manual = {
  id: id(5),
  user_id: person(1),
  session_type: 'work',
  minutes: 90,
  note: 'Library #law',
  started_at: ago(200),
  ended_at: ago(110),
  created_at: sampleNow,
  updated_at: sampleNow,
}

const hall = roomId(1)
const phase = (number: number): PhaseId => id<PhaseId>(number + 20)
const stay = (number: number, from: number, to: number | null, more: Partial<Stay> = {}): Stay => ({
  id: id<PresenceId>(number),
  from: ago(from),
  to: to === null ? null : ago(to),
  evidence: 'voice',
  place: 'Deep work',
  room: hall,
  workspace: workspaceId,
  solo: null,
  endedBy: null,
  details: [],
  ...more,
})
const credit = (number: number, from: number, to: number, more: Partial<Credit> = {}): Credit => ({
  session: id<SessionId>(number),
  source: 'room',
  isBreak: false,
  from: ago(from),
  to: ago(to),
  seconds: (from - to) * 60,
  stretches: [{ from: ago(from), to: ago(to) }],
  phase: null,
  solo: null,
  place: 'Deep work',
  aim: null,
  subject: null,
  result: null,
  workspace: workspaceId,
  manual: null,
  corrections: [],
  ...more,
})

const course = (number: number, type: 'work' | 'break', from: number, to: number | null) => {
  const span = { from: ago(from), to: to === null ? null : ago(to) }
  return { phase: phase(number), room: hall, type, ...span, spans: [span], isDecided: to !== null }
}

const alone = (number: number, kind: 'self-run' | 'voice' | 'afk', state: 'running' | 'asking' | 'lapsed' | 'ended') =>
  ({
    room: null,
    place: kind === 'voice' ? '<!channel> lounge' : null,
    evidence: kind === 'self-run' ? 'self-run' : 'voice',
    solo: { id: id<SoloId>(number), kind, state, isDecided: state === 'ended' },
  }) as const

const stays: readonly Stay[] = [
  stay(1, 300, 170, {
    details: (['camera', 'screen', 'server-muted', 'deafened'] as const).map((kind) => ({ kind, seconds: 600 })),
    endedBy: 'outage',
  }),
  stay(2, 160, 150, { ...alone(2, 'self-run', 'ended'), endedBy: 'silence' }),
  stay(3, 155, 120, alone(3, 'voice', 'ended')),
  stay(4, 110, 100, alone(4, 'afk', 'ended')),
  stay(5, 90, 80, alone(5, 'self-run', 'lapsed')),
  stay(6, 70, 60, alone(6, 'self-run', 'asking')),
  stay(7, 50, null, { evidence: 'check-in', place: hostileNames.slice(0, 3).join(' ') }),
]
const found: RecordFound = {
  id: id<SessionId>(1),
  user_id: person(1),
  manual_id: null,
  workspace_id: workspaceId,
  source: 'room',
  session_type: 'work',
  seconds: 1500,
  started_at: ago(290),
  completed_at: ago(265),
  room_name: 'Deep work',
  aim: 'Chapter 3',
  subject: null,
}

const credits: readonly Credit[] = [
  credit(1, 290, 265, { phase: phase(1), result: 'done', aim: 'Chapter 3' }),
  credit(2, 260, 250, {
    phase: phase(3),
    corrections: [{ taken: [{ from: ago(250), to: ago(235) }], by: '@everyone', reason: '*x* away' }],
  }),
  credit(3, 160, 150, { solo: id<SoloId>(2), source: 'solo', place: null, aim: 'Essay', subject: 'law' }),
  credit(4, 430, 400, { source: 'manual', place: null, aim: 'Library', subject: 'law', manual: manual.id, workspace: null }),
  credit(5, 400, 380, { source: 'manual', isBreak: true, place: null, manual: manual.id, workspace: null }),
  credit(6, 380, 350, { source: 'self-reported', workspace: null }),
]
const facts: Facts = {
  day: { from: ago(553), to: after(sampleNow, hours(15)) },
  now: sampleNow,
  stays,
  courses: [
    course(1, 'work', 290, 265),
    course(2, 'break', 265, 260),
    course(3, 'work', 260, 235),
    course(4, 'work', 40, 20),
    course(5, 'work', 15, null),
  ],
  credits,
  blinds: (['bridged', 'open', 'answered'] as const).map((gap, n) => ({
    platform: 'discord',
    from: ago(200 - n * 5),
    to: ago(198 - n * 5),
    gap,
  })),
}
const nothing: Facts = { ...facts, stays: [], courses: [], credits: [], blinds: [] }
const shown = (given: Facts, canShow: boolean) => ({ ...around, account: explain(given), bounds: given.day, canShow })

const corrected: Corrected = {
  by: 'Mo',
  reason: 'You were at lunch <!channel>',
  from: ago(60),
  to: ago(35),
  place: 'Deep work',
  source: 'room',
  before: 1500,
  after: 600,
  day,
}

/** One's own focus: solo sessions, records, accounts of a day, corrections, and the list. */
export const focusScreens: Readonly<Record<string, Screen>> = {
  'solo with minutes': soloCard(solo, sampleNow),
  'solo with the question about the zone': askingZone(soloCard(solo, sampleNow), 'Asia/Seoul', sampleNow),
  'solo with no aim and the question about the zone': askingZone(
    soloCard({ ...solo, aim: null, subject: null }, sampleNow),
    'UTC',
    sampleNow,
  ),
  'solo with minutes and no aim': soloCard({ ...solo, aim: null, subject: null }, sampleNow),
  'solo without an end': soloCard(openEnded, sampleNow),
  'solo with a hostile aim': soloCard(hostile, sampleNow),
  'solo after another': soloCard(solo, sampleNow, message('solo.before', { length: { duration: 1200 } })),
  'solo after a short one': soloCard(solo, sampleNow, message('solo.before-short', { elsewhere: 'no' })),
  'solo after one that waits': soloCard(solo, sampleNow, message('solo.before-waiting')),
  'solo forgotten': soloCard(forgotten, sampleNow),
  'solo asked about': soloQuestion(forgotten),
  'solo over': soloOver(over),
  'solo over with a result': soloOver({ ...over, solo: { ...over.solo, result: 'partly' } }),
  'solo over as told': soloOver({ ...over, solo: { ...over.solo, is_reported: true, result: 'done' } }),
  'solo over, too short': soloOver({ ...over, solo: { ...over.solo, aim: null }, session: null, seconds: 0 }),
  'solo over, waiting': soloOver({ solo: { ...over.solo, credited_at: null }, session: null, seconds: 0 }),
  'solo over, lapsed': soloOver({ ...over, solo: { ...over.solo, aim: null, state: 'lapsed' }, session: null, seconds: 0 }),
  'stop in a room': roomAnswer(sampleView(), sampleNow, message('solo.in-room', { room: 'Deep work' })),
  'aim in a room': roomAnswer(sampleView(), sampleNow, message('aim.told', { aim: 'Chapter 3 #biology' })),
  'list, empty': todoList([]),
  'list with lines': todoList(todos),
  'list after adding': todoList(todos.slice(0, 1), message('todo.added', { line: 'Read chapter 3 #biology' })),
  'list after the last was done': todoList([], message('todo.done', { line: hostileNames[0] ?? '' })),
  'records of a day': recordList({ ...around, next: '2026-03-03', records: credits }, sampleNow),
  'records of a day without any': recordList({ ...around, records: [] }, sampleNow),
  'records that nobody wrote by hand': recordList({ ...around, records: credits.slice(0, 2) }, sampleNow),
  'time added': manualWritten(manual),
  'break added': manualWritten({ ...manual, session_type: 'break', note: null }),
  'zone saved, with time that was added before': zoneSaved(
    'Asia/Seoul',
    { timezone: 'Asia/Seoul', dayStart: '04:00', next: null },
    keptRecord({ ...found, source: 'manual', manual_id: manual.id }, 'Asia/Seoul'),
  ),
  'record removed': recordRemoved(found, id(7)),
  'own record deleted': recordRemoved({ ...found, room_name: null, aim: 'Library', source: 'manual', manual_id: manual.id }, null),
  'own record to be deleted': removeQuestion({ ...found, room_name: null, aim: hostileNames[0] ?? '', source: 'manual' }),
  'record restored': done(message('record.restored'), button('solo.today', { command: 'focus list', args: {} })),
  'account of a day': whyScreen(shown(facts, true)),
  'account of a day on its page': whyPage(shown(facts, true)),
  'account of a day without moderators': whyScreen(shown({ ...facts, blinds: [], credits: credits.slice(0, 3) }, false)),
  'account of a simple day': whyScreen(shown({ ...nothing, stays: stays.slice(0, 1), credits: credits.slice(0, 1) }, false)),
  'account of a day with what was imported': whyScreen(shown({ ...nothing, credits: [credit(9, 90, 60, { source: 'import' })] }, false)),
  'account of a day with nothing': whyScreen(shown(nothing, false)),
  'day shown to a moderator': reviewScreen(shown({ ...facts, blinds: [] }, false), '@everyone', id(8), credits.slice(0, 2)),
  'day with one stay, shown to a moderator': reviewScreen(
    shown({ ...nothing, stays: stays.slice(0, 1) }, false),
    'Ada',
    id(8),
    credits.slice(0, 1),
  ),
  'notice of a shown day': dayShown('지민', day, id(8)),
  'day was shown': done(message('dispute.shown', { count: 3 })),
  'record corrected': done(
    message('correction.done', { name: 'Ada' }),
    button('record.undo', { command: 'focus undo', args: { correction: id(7) } }),
    button('dispute.look', { command: 'focus review', args: { shown: id(8) } }),
  ),
  'notice of a correction': correctionTold(corrected),
  'notice of a correction to nothing': correctionTold({ ...corrected, by: message('commands.person.gone'), reason: null, after: 0 }),
  'notice of a correction taken back': correctionUndone(corrected, 'Mo'),
}
