import type { Selectable } from 'kysely'
import type { DB } from '../../db/schema.ts'
import type { RoomLine } from '../../domain/rooms/room.queries.ts'
import { after, hours } from '../../kernel/clock.ts'
import { isMessageKey } from '../../locales/catalogue.ts'
import { en } from '../../locales/en.ts'
import type { Text } from '../../locales/text.ts'
import { done, failed, frontDoor } from '../answers.ts'
import { dashboardLink } from '../dashboard.ts'
import { helpGroup, helpOverview, helpPage } from '../help.ts'
import { roomPeople } from '../hosting.ts'
import { roomMore } from '../more.ts'
import { button, message } from '../room.ts'
import { roomList } from '../rooms.ts'
import type { Screen } from '../screen.ts'
import { settingsScreen } from '../settings.ts'
import { shareCode } from '../share.ts'
import { closeQuestion, stopQuestion } from '../stop.ts'
import { hostileNames, names, person, roomId, sampleNow } from './cast.ts'
import { sampleView, timers } from './views.ts'

const roomNames = ['Deep work', '새벽반', ...hostileNames]

const crowd = [...names, ...hostileNames].map((name, n) => ({ id: person(n + 1), name }))

const rooms: readonly RoomLine[] = roomNames.map((name, n) => ({
  id: roomId(n + 1),
  name,
  count: n * 4,
  max: 50,
  isPrivate: n === 1,
  mine: n === 0,
  status: (['running', 'paused', 'idle'] as const)[n % 3] ?? 'idle',
  phase_type: (['work', 'work', 'work', 'break', 'work', 'work', 'long_break'] as const)[n % 7] ?? 'work',
  ends_at: n % 3 === 0 ? after(sampleNow, hours(1)) : null,
}))

const unset: Selectable<DB['user_settings']> = {
  user_id: person(1),
  timezone: null,
  locale: null,
  theme: 'system',
  day_start: '04:00:00',
  ping: 'never',
  visibility: 'everyone',
  rank_visibility: 'shown',
  voice_time: 'everywhere',
  weekly_note: false,
  timezone_asked_at: null,
  weekly_note_at: null,
  weekly_note_week: null,
  slack_status: false,
  slack_snooze: false,
  updated_at: sampleNow,
}

/** Every command that the catalogue speaks of. */
const commands = Object.keys(en).flatMap((summary) => {
  const name = /^command\.(\w+\.\w+|dashboard|help)\.summary$/.exec(summary)?.[1]?.replace('.', ' ')
  return name === undefined || !isMessageKey(summary) ? [] : [{ name, summary: message(summary) }]
})

const inGroup = (group: string) => commands.filter(({ name }) => name.startsWith(`${group} `))

const wordsOf = (group: string): Text =>
  inGroup(group)
    .map(({ name }): Text => ({ command: name, word: true }))
    .reduce((head, tail) => message('commands.list', { head, tail }))

const groups = [
  ...(['room', 'timer', 'settings'] as const).map((name) => ({
    name,
    summary: message(`command.${name}.summary`),
    words: wordsOf(name),
  })),
  ...commands.filter(({ name }) => !/^(room|timer|settings) /.test(name)).map((one) => ({ ...one, words: null })),
]

const showList = button('room.show-list', { command: 'room list', args: {} })

/** Answers to one person, other than panels and refusals. */
export const answers: Readonly<Record<string, Screen>> = {
  'front door': frontDoor,
  'more for the host': roomMore(sampleView({ room: { rounds: 8 } }), 'never'),
  'more for a participant': roomMore(
    sampleView({ timer: timers.idle, standing: { ...sampleView().standing, isOwner: false, isActingHost: false } }),
    'both',
  ),
  'more of a room whose host is not named': roomMore(sampleView({ host: { id: sampleView().standing.person, name: null } }), 'never'),
  'more of a kept private room': roomMore(
    sampleView({ host: null, actingHost: null, here: [], room: { keep: true, is_private: true, control: 'vote' } }),
    'break',
  ),
  'rooms, none': roomList([]),
  'rooms, a page': roomList(rooms.slice(0, 3)),
  'rooms, with a next page': roomList(rooms),
  'share code': shareCode(sampleView(), 'K7QM2XPA', after(sampleNow, hours(24))),
  'stop question': stopQuestion(sampleView()),
  'settings unset': settingsScreen(unset, { timezone: 'Asia/Seoul', dayStart: '04:00', next: null }),
  'settings saved': settingsScreen(
    { ...unset, timezone: 'Asia/Seoul', locale: 'ko', ping: 'both', visibility: 'me', voice_time: 'rooms' },
    { timezone: 'UTC', dayStart: '04:00', next: { timezone: 'Asia/Seoul', dayStart: '04:00', from: after(sampleNow, hours(19)) } },
    'saved',
  ),
  'settings on Slack': settingsScreen(
    { ...unset, slack_status: true },
    { timezone: 'Asia/Seoul', dayStart: '04:00', next: null },
    undefined,
    { isConnected: false, web: 'https://focus.example' },
  ),
  'settings on Slack, unreachable': settingsScreen(unset, { timezone: 'Asia/Seoul', dayStart: '04:00', next: null }, undefined, {
    isConnected: false,
    web: null,
  }),
  'more after a press in it': roomMore(sampleView(), 'both', null, message('settings.saved')),
  'people of a room': roomPeople(sampleView(), crowd.slice(1), crowd.slice(0, 3)),
  'people of a kept room, alone': roomPeople(sampleView({ room: { keep: true } }), [], [], message('room.kicked', { name: 'Ben' })),
  'closing asks': closeQuestion(sampleView()),
  'ping saved': done(message('settings.saved')),
  help: helpOverview(groups, false),
  'help on Slack': helpOverview(groups, true),
  'help of a group': helpGroup({ name: 'room', summary: message('command.room.summary') }, inGroup('room')),
  'help of a command': helpPage({ name: 'room create', summary: message('command.room.create.summary') }, [
    { keys: 'name · 이름', label: message('option.name'), value: message('option.name.about') },
    { keys: 'focus · 집중', label: message('option.focus'), value: message('option.focus.about') },
  ]),
  'help of a command without options': helpPage({ name: 'settings show', summary: message('command.settings.show.summary') }, []),
  'dashboard link': dashboardLink('https://focus.example/sign-in/0123456789abcdef'),
  'dashboard unreachable': dashboardLink(null),
  'dashboard, where one is already': done(message('dashboard.here')),
  'room left': done(message('room.left', { room: 'Deep work', focused: 'yes' }), showList),
  'room closed': done(message('room.closed', { room: '*x* <!channel>' })),
  'room unbound': done(message('room.unbound', { room: 'Deep work' })),
  'somebody invited': done(message('room.invited', { name: '지민' })),
  'somebody kicked': done(message('room.kicked', { name: '@everyone' })),
  'somebody banned': done(message('room.banned', { name: '[a](http://b.example)' })),
  'somebody unbanned': done(message('room.unbanned', { name: '<script>' })),
  'room transferred': done(message('room.transferred', { name: 'Ben' })),
  failure: failed('9f3c2a1b'),
}
