import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Answer, formFor } from '../../commands/perform.ts'
import type { Delivery, Outcome } from '../../deliveries/delivery.ts'
import { workDeliveries } from '../../deliveries/work.ts'
import { watchFaults } from '../../faults.ts'
import { ada, ben, mo, root, studyHall } from '../../testing/cast.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { plainText } from '../../testing/plain.ts'
import { openHome } from '../workspaces/workspace.actions.ts'
import { sweepFaults } from './fault.actions.ts'

let house: House
let answer: Outcome = 'sent'
const told: Delivery[] = []

beforeAll(async () => {
  house = await openHouse()
  const surface = {
    platform: 'discord',
    deliver: async (delivery: Delivery): Promise<Outcome> => {
      if (delivery.kind !== 'panel' && delivery.kind !== 'line') {
        told.push(delivery)
        return 'sent'
      }
      return answer
    },
  } as const
  await workDeliveries(house.app, watchFaults(house.app, surface))
})
beforeEach(async () => {
  answer = 'sent'
  await house.app.db.deleteFrom('standing_fault').execute()
  await house.app.db.deleteFrom('help_request').execute()
  await house.does(ada, 'room close', {}, studyHall)
  await house.settle()
  told.length = 0
})
afterAll(() => house.close())

const plain = ({ screen, reader }: Answer): string => plainText(screen, reader)
const faults = () =>
  house.app.db.selectFrom('standing_fault').select(['kind', 'deed', 'channel', 'resolved_at', 'told_at']).orderBy('since').execute()
const missing = { gone: 'a permission is missing', fault: 'permission' } as const
/** What this person was told. */
async function notices(name: string): Promise<readonly Delivery[]> {
  const { id } = await house.app.db.selectFrom('user').select('id').where('display_name', '=', name).executeTakeFirstOrThrow()
  return told.filter((one) => one.kind === 'notice' && one.person === id)
}

/** Ada's room lives in the channel, and its line could not be said. */
async function breaks(): Promise<void> {
  answer = missing
  await house.does(ada, 'room create', {}, studyHall)
  await house.settle()
}

test('a channel that can not be written to is a fault from the first time, until a send works', async () => {
  await breaks()
  expect(await faults()).toEqual([{ kind: 'permission', deed: 'line', channel: '555', resolved_at: null, told_at: null }])
  await house.does(ada, 'timer pause', {}, studyHall)
  await house.settle()
  expect(await faults()).toHaveLength(1)
  answer = 'sent'
  await house.does(ada, 'timer resume', {}, studyHall)
  await house.settle()
  expect((await faults())[0]?.resolved_at).toEqual(house.clock.now())
})

test('one that stands for 15 minutes is told once to whoever ran setup', async () => {
  await house.does(root, 'setup', { language: 'en' }, studyHall)
  await breaks()
  await house.clock.advance('14m')
  expect(await notices('Root')).toEqual([])
  await house.clock.advance('2m')
  expect(await notices('Root')).toHaveLength(1)
  await house.clock.advance('60m')
  expect(await notices('Root')).toHaveLength(1)
})

test('one that was mended, or whose room is closed, is told to nobody', async () => {
  await house.does(root, 'setup', { language: 'en' }, studyHall)
  await breaks()
  await house.does(ada, 'room close', {}, studyHall)
  await house.clock.advance('20m')
  expect(await notices('Root')).toEqual([])
  expect((await faults()).every(({ resolved_at }) => resolved_at !== null)).toBe(true)
})

test('a member sees this channel, and may tell a moderator once an hour', async () => {
  await house.does(mo, 'room list', {}, studyHall)
  await breaks()
  const seen = plain(await house.does(ben, 'diagnose', {}, { ...studyHall, lacks: ['send'] }))
  expect(seen).toContain('I may not write in #555')
  expect(seen).toContain('Send Messages is missing')
  expect(seen).toContain('[Tell a moderator]')
  for (const hidden of ['Everywhere else', 'This installation', 'Database']) expect(seen).not.toContain(hidden)
  expect(plain(await house.does(ben, 'diagnose', { tell: 'yes' }, studyHall))).toContain('was told')
  expect((await house.does(ada, 'diagnose', { tell: 'yes' }, studyHall)).outcome).toBe('refused')
  await house.settle()
  expect([...(await notices('Mo')), ...(await notices('Root'))]).toHaveLength(1)
  await house.clock.advance('61m')
  expect((await house.does(ada, 'diagnose', { tell: 'yes' }, studyHall)).outcome).toBe('done')
})

test('says what makes a channel silent though nothing is wrong', async () => {
  const asks = async () => plain(await house.does(ben, 'diagnose', {}, studyHall))
  expect(await asks()).toMatch(/No room lives in this channel[\s\S]*\[Open a room\]/)
  await house.does(ada, 'room create', {}, studyHall)
  expect(await asks()).toContain('Nothing seems wrong')
  await house.does(ada, 'room leave', {}, studyHall)
  expect(await asks()).toContain('Nobody is in the room')
  await house.does(root, 'setup', { trial: 'yes' }, studyHall)
  expect(await asks()).toContain('A trial week runs')
  await house.does(root, 'setup', { trial: 'no' }, studyHall)
})

test('moderators see the other channels, only the operator the machine', async () => {
  await breaks()
  const elsewhere = { platform: 'discord', channel: '777' } as const
  const lacks = ['send', 'see'] as const
  const place = { ...elsewhere, elsewhere: ['555', '888'].map((channel) => ({ channel, lacks })) }
  const seen = plain(await house.does(mo, 'diagnose', {}, place))
  expect(seen).toContain('In #555, where a room lives, I lack: Send Messages, View Channel.')
  expect(seen).not.toContain('#888')
  expect(seen).toContain('Everywhere else here')
  expect(seen).toContain('I may not write in #555')
  expect(seen).not.toContain('This installation')
  const { owner, workspace } = await house.app.write('clock', null, openHome)
  const operator = plain(await house.does({ person: owner, workspace }, 'diagnose'))
  expect(operator).toContain('This installation')
  expect(operator).toMatch(/Database: \d+ MB, \d+ of \d+ connections/)
  expect(operator).not.toContain('#555')
})

test('no job waits for a platform that the person has no account on', async () => {
  const { owner, workspace } = await house.app.write('clock', null, openHome)
  const web = { person: owner, workspace }
  await house.does(web, 'settings set', { slack_status: 'yes', slack_snooze: 'no' })
  await house.settle()
  await house.clock.jump('6m')
  expect(plain(await house.does(web, 'diagnose'))).not.toContain('A job waits')
  const form = await formFor(house.app, web, { command: 'settings set', args: {}, ask: true }, null)
  expect('form' in form && form.form.fields.map(({ name }) => name).filter((name) => name.startsWith('slack'))).toEqual([])
})

test('no other workspace hears of a fault', async () => {
  await breaks()
  const { owner, workspace } = await house.app.write('clock', null, openHome)
  expect(plain(await house.does({ person: owner, workspace }, 'diagnose'))).not.toContain('555')
})

test('what was mended long ago is forgotten, what stands is not', async () => {
  await breaks()
  answer = 'sent'
  await house.does(ada, 'timer pause', {}, studyHall)
  await house.settle()
  const later = async (days: number) => {
    await house.app.write('clock', null, (tx) => sweepFaults({ ...tx, now: new Date(house.clock.now().getTime() + days * 86_400_000) }))
    return (await faults()).length
  }
  expect(await later(89)).toBe(1)
  expect(await later(91)).toBe(0)
})
