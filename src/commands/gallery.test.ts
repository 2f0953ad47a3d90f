import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Place } from '../kernel/context.ts'
import { gallery } from '../screens/gallery.ts'
import type { Block, Screen } from '../screens/screen.ts'
import { ada, ben, chae, deepWork, dev, mo, studyHall } from '../testing/cast.ts'
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

/** Every command, in an order in which each succeeds; `CODE` stands for the code that was shared last. */
const walk: readonly (readonly [Caller, string, Readonly<Record<string, string>>?, Place?])[] = [
  [ben, 'focus start', { minutes: '25' }],
  [ben, 'room leave'],
  [chae, 'help'],
  [mo, 'help', { command: 'room create' }],
  [ada, 'room create', { name: 'Deep work', start: 'no' }],
  [ada, 'room list'],
  [ada, 'room info'],
  [ben, 'room join', { room: 'Deep work' }],
  [ada, 'timer start'],
  [ada, 'timer pause'],
  [ada, 'timer resume'],
  [ada, 'timer skip'],
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
  [ada, 'room kick', { user: '@Ben' }],
  [ada, 'room ban', { user: '@Ben' }],
  [ada, 'room unban', { user: '@Ben' }],
  [ada, 'settings show'],
  [ada, 'settings set', { locale: 'en' }],
  [ada, 'settings ping', { ping: 'break' }],
  [ada, 'dashboard'],
  [ada, 'room close'],
]

const keyOf = (text: Screen['title'] | undefined): string => {
  if (text === undefined) return 'nothing'
  if (typeof text === 'string') return 'typed'
  return 'key' in text ? text.key : Object.keys(text).join()
}

/** What two screens of one kind have in common, whatever they say. */
const shapeOf = ({ title, state, blocks }: Screen): string =>
  [keyOf(title), keyOf(state), ...blocks.map(({ kind }: Block) => kind)].join(' ')

test('every command answers with a screen whose like is in the gallery', async () => {
  const shown = gallery.map(({ screen }) => shapeOf(screen))
  let code = ''
  for (const [caller, name, args = {}, place = studyHall] of walk) {
    const { screen, outcome } = await house.does(caller, name, 'code' in args ? { code } : args, place)
    expect(outcome, `${name}: ${JSON.stringify(screen)}`).toBe('done')
    expect(shown, name).toContain(shapeOf(screen))
    code = /"code":"(\w{8})"/.exec(JSON.stringify(screen))?.[1] ?? code
  }
  expect(new Set(walk.map(([, name]) => name))).toEqual(new Set(commands.map(({ name }) => name)))
})

test('every command that can be asked has a form, and every known value stands in its field', () => {
  expect(new Set(formGallery.map(({ form }) => form.command)).size).toBeGreaterThan(15)
  const edit = formGallery.find(({ name }) => name === 'form room edit, filled')?.form
  expect(edit?.fields.find(({ name }) => name === 'rounds')?.value).toBe('8')
  expect(Object.keys(edit?.carried ?? {})).toEqual(['room'])
})
