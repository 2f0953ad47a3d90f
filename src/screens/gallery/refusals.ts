import { Refusal } from '../../kernel/refusal.ts'
import type { MessageKey, Text, Words } from '../../locales/text.ts'
import { refused } from '../answers.ts'
import type { Screen } from '../screen.ts'
import { phaseId, roomId, sampleNow } from './cast.ts'

const room = 'Deep work'
const host = '@everyone'
const example: Text = { command: 'room create', example: true }
const help: Text = { command: 'help' }
const option: Text = { key: 'option.focus' }
const hostile = '*x* <!channel> [a](http://b.example)'

const verbs = ['start', 'pause', 'resume', 'skip', 'stop'] as const

/** Every clear no, with the words that it takes. */
const words: Partial<Record<MessageKey, Words>> = {
  'people.unknown': { name: hostile },
  'people.several': { name: 'Ada', one: 'Ada', other: 'Ada2' },
  'room.missing': { name: '' },
  'room.none': {},
  'room.several': {},
  'room.several-called': { one: 'Deep work', other: hostile },
  'room.full': { count: 50, max: 50 },
  'room.closed.already': {},
  'room.name.empty': {},
  'room.name.taken': { name: hostile },
  'room.create.guest': {},
  'room.create.too-many': { max: 1 },
  'room.keep.only-moderators': {},
  'room.voice.elsewhere': {},
  'room.capacity.below': { count: 12 },
  'room.join.banned': { room },
  'room.leave.absent': { room },
  'room.kick.absent': {},
  'room.ban.moderator': { name: hostile },
  'room.unban.not-banned': {},
  'room.invite.present': {},
  'room.invite.banned': {},
  'room.invite.invited': {},
  'room.invite.guest': {},
  'room.host.only': { host, named: true },
  'room.host.only-moderators': {},
  'room.host.not-owner': {},
  'room.host.not-yourself': {},
  'room.transfer.kept': {},
  'room.transfer.owns': {},
  'room.transfer.absent': {},
  'room.transfer.guest': {},
  'room.bring.unknown': {},
  'room.bring.here': {},
  'room.unbind.home': {},
  'room.unbind.not-here': {},
  'timer.stale': {},
  'timer.start.running': {},
  'timer.start.paused': {},
  'timer.resume.not-paused': {},
  'timer.pause.paused': {},
  'timer.not-running': {},
  'timer.outside': { room },
  ...Object.fromEntries(
    verbs.flatMap((verb) => [
      [`timer.${verb}.only-host`, { host, named: true }],
      [`timer.${verb}.only-moderators`, {}],
    ]),
  ),
  'settings.timezone.unknown': { zone: hostile },
  'settings.day-start.unknown': { time: hostile },
  'goal.exam.past': {},
  'goal.exam.unknown': { option: { key: 'option.exam' }, typed: hostile, example: { command: 'goal set', example: true } },
  'goal.rest.all': {},
  'settings.day-start.quarter': { time: '04:10' },
  'solo.stopped-when': { since: { time: sampleNow, as: 'clock' } },
  'solo.stopped-unsaid': {},
  'solo.guest': {},
  'solo.asking-first': {},
  'solo.not-asked': {},
  'solo.missing': {},
  'solo.none': {},
  'todo.empty': {},
  'todo.full': { max: 20 },
  'todo.missing': {},
  'record.missing': {},
  'record.several': { one: '2026-03-02 14:00 · Deep work · 25′', other: hostile },
  'record.no-day': { option: { key: 'option.day' }, typed: hostile, example: { command: 'focus why', example: true } },
  'record.day-to-come': {},
  'manual.future': { clock: { time: sampleNow, as: 'clock' }, day: { time: sampleNow, as: 'date' } },
  'manual.too-old': { days: 30 },
  'manual.too-old-to-change': { days: 30 },
  'manual.clash': {
    what: hostile,
    day: { time: sampleNow, as: 'date' },
    from: { time: sampleNow, as: 'clock' },
    to: { time: sampleNow, as: 'clock' },
  },
  'correction.missing': {},
  'correction.later': {},
  'correction.overlap': {},
  'correction.removed': {},
  'correction.only-moderators': {},
  'correction.not-yourself': {},
  'dispute.nobody': {},
  'dispute.shown-already': {},
  'commands.invalid.missing': { option, example },
  'commands.invalid.string': { option, example, max: 20, length: 31 },
  'commands.invalid.integer': { option, example, typed: hostile, min: 1, max: 12 },
  'commands.invalid.minutes': { option, example, typed: hostile, min: 1, max: 180 },
  'commands.invalid.boolean': { option, example, typed: hostile },
  'commands.invalid.choice': { option, example, typed: hostile, choices: { key: 'choice.control.vote' } },
  'commands.invalid.user': { option, example, typed: hostile },
  'commands.invalid.users': { option, example, typed: hostile },
  'commands.invalid.time': { option, example, typed: hostile },
  'commands.invalid.day': { option, example, typed: hostile },
  'commands.invalid.channels': { option, example, typed: hostile, most: 1 },
  'commands.invalid.roles': { option, example, typed: hostile, most: 25 },
  'diagnosis.no-channel': {},
  'diagnosis.asked': {},
  'diagnosis.no-moderator': { command: { command: 'diagnose' } },
  'setup.only-admins': {},
  'setup.roles.none': {},
  'room.create.only-moderators': {},
  'room.create.only-roles': {},
  'room.create.roles-unseen': {},
  'room.create.elsewhere': { channel: { channel: '555' } },
  'commands.invalid.channel': { option, example, typed: hostile },
  'commands.parse.empty': { help },
  'commands.parse.unknown': { typed: hostile, help },
  'commands.parse.near': { typed: hostile, guess: example },
  'commands.parse.group': {
    commands: { key: 'commands.list', words: { head: { command: 'room list' }, tail: { command: 'room join' } } },
    example,
  },
  'commands.parse.option': { command: { command: 'room create' }, typed: hostile, guess: option, example },
  'commands.parse.no-option': {
    command: { command: 'room create' },
    typed: hostile,
    options: { key: 'commands.list', words: { head: 'name', tail: 'focus' } },
    example,
  },
  'commands.parse.stray': { typed: hostile, guess: 'long_break', example },
  'commands.parse.extra': { typed: hostile, example },
  'commands.parse.twice': { option, example },
  'commands.parse.quote': { example },
}

const ways: Partial<Record<string, NonNullable<Refusal['wayOut']>>> = {
  'solo.none': { label: 'solo.start-again', press: { command: 'focus start', args: { minutes: '25' } } },
  'timer.pause.only-host': {
    label: 'timer.vote.ask',
    press: { command: 'timer pause', args: { room: roomId(1), phase: phaseId, vote: 'yes' } },
  },
  'timer.outside': { label: 'room.join', press: { command: 'room join', args: { room: roomId(1) } } },
  'room.full': { label: 'solo.start-alone', press: { command: 'focus start', args: { alone: 'yes', minutes: '25' } } },
  'room.none': { label: 'room.show-list', press: { command: 'room list', args: {} } },
  'commands.parse.unknown': { label: 'commands.way.help', press: { command: 'help', args: {} } },
}

/** Each refusal as its screen, some with a way out. */
export const refusals: Readonly<Record<string, Screen>> = Object.fromEntries(
  (Object.entries(words) as [MessageKey, Words][]).map(([key, given]) => [
    `refusal ${key}`,
    refused(new Refusal('conflict', key, given, ways[key] ?? null)),
  ]),
)
