import { afterAll, beforeAll, expect, test } from 'vitest'
import { monday } from '../../src/testing/house.ts'
import { type Message, textOf } from './simulator/index.ts'
import { openStage, type Stage, until } from './testing/stage.ts'

let stage: Stage
beforeAll(async () => {
  const began = Date.now()
  stage = await openStage({ simulator: { now: () => monday.getTime() + (Date.now() - began) } })
})
afterAll(() => stage.close())

async function planned(
  args: Readonly<Record<string, string | number>>,
): Promise<{ readonly posted: Message; readonly reads: () => string }> {
  const { message } = await stage.ada.slash(stage.general, 'reserve create', args)
  if (message === null) throw new Error('the card is public')
  const reads = (): string => textOf(stage.discord.messagesIn(stage.general).find(({ id }) => id === message.id) ?? message)
  return { posted: message, reads }
}

test('the card of a series shows the next date, and how the last one went', async () => {
  const { ada, ben, general, house } = stage
  const { posted, reads } = await planned({ at: '2026-03-02 10:00', name: 'Morning', repeat: 'daily', times: 2, remind: 0 })
  await ben.press(posted, 'Join')
  await until(() => reads().includes('Ben'), 'the card names Ben')
  await ben.press(posted, 'Skip this date')
  await until(() => !reads().includes('Ben'), 'the card no longer names Ben')
  const own = await ada.press(posted, 'Skip this date')
  expect(own.message && textOf(own.message)).toContain('You are the host')
  await ada.slash(general, 'reserve edit', { reservation: 'Morning', name: 'Dawn' })
  await until(() => reads().includes('Dawn'), 'the card has the new name')
  await house.clock.advance('1h')
  await until(() => reads().includes('it took place'), 'the card shows the next date')
  expect(reads()).toContain('Ben')
  expect(reads()).toContain('Join')
  await house.clock.advance('24h')
  await until(() => reads().includes('Has begun'), 'the card says how it ended')
  expect(reads()).not.toContain('Join')
}, 40_000)

test('a card no longer names who is seen by fewer people', async () => {
  const { ben, general } = stage
  const { posted, reads } = await planned({ at: '2026-03-09 10:00', name: 'Evening', remind: 0 })
  await ben.press(posted, 'Join')
  await until(() => reads().includes('Ben'), 'the card names Ben')
  await ben.slash(general, 'settings set', { visibility: 'me' })
  await until(() => !reads().includes('Ben'), 'the card no longer names Ben')
  await ben.slash(general, 'settings set', { visibility: 'everyone' })
  await until(() => reads().includes('Ben'), 'the card names Ben again')
}, 40_000)

test('a card that could not open says so in the channel', async () => {
  const { house } = stage
  const { reads } = await planned({ at: '2026-03-04 10:00', name: 'Late', remind: 0 })
  await house.app.db.updateTable('reservation_occurrence').set({ starts_at: monday }).where('state', '=', 'planned').execute()
  await house.clock.advance('1m')
  await until(() => reads().includes('Did not open'), 'the card says that it did not open')
  expect(reads()).not.toContain('Join')
}, 40_000)

test('a card that somebody deleted is forgotten, one that can’t be reached for a while is not', async () => {
  const { ada, general, guild, house } = stage
  const { posted, reads } = await planned({ at: '2026-03-12 10:00', name: 'Noon', remind: 0 })
  const rename = (from: string, to: string) => ada.slash(stage.lounge, 'reserve edit', { reservation: from, name: to })
  const kept = async () =>
    (await house.app.db.selectFrom('reservation_card').select('id').where('message', '=', posted.id).execute()).length
  guild.overwrite(general, [{ for: 'everyone', deny: ['ViewChannel'] }])
  await rename('Noon', 'Midday')
  await house.settle()
  expect(await kept()).toBe(1)
  guild.overwrite(general, [])
  await rename('Midday', 'Lunch')
  await until(() => reads().includes('Lunch'), 'the card is drawn again')
  general.messages?.delete(posted.id)
  await rename('Lunch', 'Break')
  await expect.poll(kept, { timeout: 10_000 }).toBe(0)
}, 40_000)

test('who is elsewhere than guessed may change what was reserved by the guess', async () => {
  const { ada, general } = stage
  await ada.slash(general, 'reserve create', { at: '2026-03-10 15:00', name: 'Earlier' })
  await ada.slash(general, 'reserve create', { at: '2026-03-12 15:00', name: 'Afternoon' })
  const question = () => ada.sees(general).find((seen) => textOf(seen).includes('### Afternoon\nReserved'))
  await until(() => question() !== undefined, 'who reserved is asked')
  const asked = question()
  if (asked === undefined) throw new Error('the question is there')
  expect(textOf(asked)).toMatch(/<t:1773327600:D>, <t:1773327600:t>.*Read in UTC/s)
  const form = await ada.press(asked, 'No, choose')
  const refused = await ada.submit(form, { timezone: 'Europe/Nowhere' })
  expect(refused.text).toContain('I know no time zone')
  const told = await ada.submit(await ada.press(refused, 'Try again'), { timezone: 'New York' })
  expect(told.text).toContain('“Afternoon”')
  expect((await ada.press(told, 'Change this reservation')).text).toContain('Change a reservation')
}, 40_000)

test('a whole series is moved by its buttons', async () => {
  const { ben, general } = stage
  await ben.slash(general, 'reserve create', { at: '2026-03-16 10:00', name: 'Reading', repeat: 'weekly' })
  const card = stage.discord.messagesIn(general).at(-1)
  if (card === undefined) throw new Error('the card is public')
  const parts = await ben.press(await ben.press(card, 'Skip this date'), 'Change')
  await ben.submit(await ben.press(parts, 'When'), { at: '2026-03-16 12:00', following: ['yes'] })
  const list = (await ben.slash(general, 'reserve list')).text
  for (const noon of ['2026-03-16T12:00Z', '2026-03-23T12:00Z']) expect(list).toContain(`<t:${Date.parse(noon) / 1000}`)
}, 40_000)
