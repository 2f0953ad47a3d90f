import { hostileNames } from '../screens/gallery/cast.ts'
import { sampleView } from '../screens/gallery/views.ts'
import type { Command, Filled, Form } from './command.ts'
import { formOf } from './form.ts'
import { commands } from './index.ts'
import { filledFrom } from './room/wish.ts'

const { room } = sampleView()

/** What forms show that are opened by a button, or where something was typed before. */
const filled: Readonly<Record<string, Filled>> = {
  'focus add': { minutes: '50', at: '2026-03-01 14:00', kind: 'break', note: hostileNames.join(' ').slice(0, 200) },
  'todo add': { text: 'Read chapter 3 #biology' },
  'room create': { name: hostileNames.join(' ').slice(0, 100), focus: '50', control: 'vote', private: 'yes' },
  'room edit': { ...filledFrom(sampleView({ room: { rounds: 8, warning: true } })), room: room.id },
  'room invite': { room: room.id },
  'reserve create': {
    at: '내일 오전 9시',
    name: hostileNames.join(' ').slice(0, 100),
    repeat: 'daily',
    until: '2026-12-31',
    note: 'Bring tea.',
  },
  'reserve edit': { reservation: room.id, at: '2026-03-03 09:00', focus: '50', following: 'no' },
  'room join': { room: '지민 님의 방' },
  'goal set': { daily_time: '120', weekly_sessions: '5', exam: '2026-11-12' },
  setup: {
    language: 'ko',
    zone: 'Asia/Seoul',
    announce: '<#555>',
    creators: 'roles',
    creator_roles: '<@&31> <@&32>',
    room_channels: '<#555> <#556>',
    default_focus: '50',
    trial: 'no',
  },
  'settings set': {
    timezone: 'Asia/Seoul',
    locale: 'ko',
    day_start: '04:00',
    visibility: 'friends',
    voice_time: 'rooms',
    slack_status: 'yes',
    slack_snooze: 'no',
  },
}

const hasFields = ({ options }: Command): boolean => Object.values(options).some((option) => option.hidden !== true)

/** A sample of every form there is, empty and filled, for each surface to be tried on. */
export const formGallery: readonly { readonly name: string; readonly form: Form }[] = commands.filter(hasFields).flatMap((command) => {
  const known = filled[command.name]
  const empty = { name: `form ${command.name}`, form: formOf(command, {}) }
  return known === undefined ? [empty] : [empty, { name: `form ${command.name}, filled`, form: formOf(command, known) }]
})
