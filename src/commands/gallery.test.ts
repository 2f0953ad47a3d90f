import { afterAll, beforeAll, expect, test } from 'vitest'
import { sourceBack } from '../domain/presence/outage.actions.ts'
import type { Place } from '../kernel/context.ts'
import { gallery } from '../screens/gallery.ts'
import type { Block, Screen } from '../screens/screen.ts'
import { ada, ben, chae, deepWork, dev, mo, root, studyHall } from '../testing/cast.ts'
import { type House, openHouse } from '../testing/house.ts'
import { formGallery } from './gallery.ts'
import { commands } from './index.ts'
import type { Caller } from './perform.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const office: Caller = 'sighting' in dev && dev.workspace ? { ...dev, workspace: { ...dev.workspace, role: 'admin' } } : dev

/** Something said, how long to wait before the next is, or for how long Discord is out of sight. */
type Step = readonly [Caller, string, Readonly<Record<string, string>>?, Place?] | readonly [wait: string]

/** Every command, in an order in which each succeeds; a word in capitals stands for the newest of its kind. */
const walk: readonly Step[] = [
  [ben, 'focus start', { minutes: '25' }],
  ['10m'],
  [ben, 'focus stop', { result: 'partly' }],
  [ben, 'focus start'],
  ['5h'],
  [ben, 'focus stopped', { ago: 'hour' }],
  [ben, 'focus list'],
  [ben, 'focus why'],
  [mo, 'help'],
  [ben, 'focus show'],
  [mo, 'focus review', { shown: 'SHOWN' }],
  [mo, 'focus correct', { shown: 'SHOWN', record: 'RECORD', minutes: '5', reason: 'Lunch' }],
  [mo, 'focus undo', { correction: 'CORRECTION' }],
  [ben, 'focus remove', { record: 'RECORD' }],
  [ben, 'focus add', { minutes: '10', note: 'Library' }],
  [ben, 'focus edit', { record: 'RECORD', minutes: '5' }],
  [ben, 'todo add', { text: 'Read chapter 3 #biology' }],
  [ben, 'todo list'],
  [ben, 'todo done', { line: 'Read chapter 3' }],
  [chae, 'help'],
  [mo, 'help', { command: 'room create' }],
  [ada, 'room create', { name: 'Deep work', start: 'no' }],
  [ada, 'room list'],
  [ada, 'room info'],
  [ben, 'room join', { room: 'Deep work' }],
  [ada, 'timer start'],
  [ada, 'timer pause'],
  [ada, 'timer resume'],
  [ada, 'focus aim', { aim: 'Read chapter 4' }],
  ['10m'],
  [ada, 'timer skip'],
  [ada, 'focus result', { result: 'done' }],
  [ada, 'timer status'],
  [ada, 'timer stop'],
  [ada, 'room more'],
  [ada, 'room edit', { focus: '50' }],
  [ada, 'room share'],
  [office, 'room bring', { code: 'CODE' }, deepWork],
  [office, 'room unbind', {}, deepWork],
  [ada, 'room invite', { user: '@Mo' }],
  [ada, 'room transfer', { user: '@Ben' }],
  [ben, 'room transfer', { user: '@Ada' }],
  [ada, 'room people'],
  [ada, 'room kick', { user: '@Ben' }],
  [ada, 'room ban', { user: '@Ben' }],
  [ada, 'room unban', { user: '@Ben' }],
  [ada, 'stats'],
  [ada, 'stats', { period: 'year' }],
  [ada, 'goal show'],
  [ada, 'goal set', { daily_time: '90', exam: '2026-11-12' }],
  [ada, 'goal rest', { weekday: 'sunday' }],
  [ada, 'achievements'],
  [ada, 'achievements', { user: '@Ben' }],
  [ada, 'settings zone', { timezone: 'Europe/Berlin' }],
  [ada, 'settings show'],
  [ada, 'settings set', { locale: 'en' }],
  [ada, 'settings ping', { ping: 'break' }],
  [ada, 'dashboard'],
  [root, 'setup'],
  [root, 'setup', { language: 'en' }],
  [ada, 'diagnose'],
  [ada, 'diagnose', { tell: 'yes' }],
  [ada, 'reserve create', { at: 'tomorrow 9am', name: 'Morning', repeat: 'daily' }],
  [ben, 'reserve join', { reservation: 'DATE' }],
  [ben, 'reserve skip', { reservation: 'DATE' }],
  [ada, 'reserve show', { reservation: 'DATE' }],
  [ada, 'reserve list'],
  [ada, 'reserve list', { reservation: 'DATE' }],
  [ada, 'reserve calendar'],
  [ada, 'reserve edit', { reservation: 'DATE', note: 'Bring tea' }],
  [ada, 'reserve cancel', { reservation: 'DATE' }],
  [ada, 'reserve cancel', { reservation: 'DATE', following: 'yes', sure: 'yes' }],
  [ada, 'reserve create', { at: 'tomorrow 10am', name: 'Once' }],
  [ada, 'reserve cancel', { reservation: 'DATE' }],
  [ada, 'reserve cancel', { reservation: 'DATE', sure: 'yes' }],
  [chae, 'room join', { room: 'Deep work' }],
  ['2h'],
  [chae, 'focus here', { presence: 'PRESENCE' }],
  [ben, 'room join', { room: 'Deep work' }],
  [ada, 'room join', { room: 'Deep work' }],
  ['10m'],
  ['blind 40m'],
  [ada, 'focus kept'],
  [ben, 'timer status'],
  [mo, 'focus credit', { room: 'Deep work' }],
  [ben, 'room leave'],
  [ada, 'timer stop', { sure: 'yes' }],
  [ada, 'room close'],
]

const keyOf = (text: Screen['title'] | undefined): string => {
  if (text === undefined) return 'nothing'
  if (typeof text === 'string') return 'typed'
  return 'key' in text ? text.key : Object.keys(text).join()
}

/** What two screens of one kind have in common, whatever they say and however many paragraphs they have. */
const shapeOf = ({ title, state, blocks }: Screen): string =>
  [keyOf(title), keyOf(state), ...blocks.map(({ kind }: Block) => kind).filter((kind, n, all) => kind !== all[n - 1])].join(' ')

/** The newest of each kind. */
const newest: Readonly<Record<string, () => Promise<{ readonly id: string }>>> = {
  CODE: () => house.app.db.selectFrom('room_share').select('code as id').orderBy('created_at', 'desc').limit(1).executeTakeFirstOrThrow(),
  RECORD: () => house.app.db.selectFrom('session_history').select('id').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow(),
  PRESENCE: () =>
    house.app.db
      .selectFrom('presence_interval')
      .select('id')
      .where('silent_breaks', '=', 2)
      .orderBy('started_at', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow(),
  DATE: () =>
    house.app.db
      .selectFrom('reservation_occurrence')
      .select('id')
      .where('state', '=', 'planned')
      .orderBy('starts_at')
      .limit(1)
      .executeTakeFirstOrThrow(),
  CORRECTION: () => house.app.db.selectFrom('session_correction').select('id').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow(),
  SHOWN: () =>
    house.app.db.selectFrom('event').select('id').where('type', '=', 'day.shown').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow(),
}

const filled = async (args: Readonly<Record<string, string>>): Promise<Record<string, string>> =>
  Object.fromEntries(
    await Promise.all(Object.entries(args).map(async ([name, value]) => [name, (await newest[value]?.())?.id ?? value] as const)),
  )

/** Discord is there, then it is not for a while, then it is again. */
async function outage(length: string): Promise<void> {
  const look = () => house.app.write('clock', null, (tx) => sourceBack(tx, { platform: 'discord', shard: 0, shardCount: 1 }))
  await look()
  await house.clock.jump(length)
  await look()
}

test('every command answers with a screen whose like is in the gallery', async () => {
  const shown = gallery.map(({ screen }) => shapeOf(screen))
  for (const step of walk) {
    if (step.length === 1) {
      const [length] = step
      const blind = /^blind (\w+)$/.exec(length)?.[1]
      if (blind === undefined) await house.clock.advance(length)
      else await outage(blind)
      continue
    }
    const [caller, name, args = {}, place = studyHall] = step
    const { screen, outcome } = await house.does(caller, name, await filled(args), place)
    expect(outcome, `${name}: ${JSON.stringify(screen)}`).toBe('done')
    expect(shown, name).toContain(shapeOf(screen))
  }
  expect(new Set(walk.flatMap((step) => (step.length === 1 ? [] : [step[1]])))).toEqual(new Set(commands.map(({ name }) => name)))
})

test('every command that can be asked has a form, and every known value stands in its field', () => {
  expect(new Set(formGallery.map(({ form }) => form.command)).size).toBeGreaterThan(15)
  const edit = formGallery.find(({ name }) => name === 'form room edit, filled')?.form
  expect(edit?.fields.find(({ name }) => name === 'rounds')?.value).toBe('8')
  expect(Object.keys(edit?.carried ?? {})).toEqual(['room'])
})
