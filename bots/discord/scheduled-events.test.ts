import { afterEach, beforeEach, expect, it } from 'vitest'
import { monday } from '../../src/testing/house.ts'
import { type Person, textOf } from './simulator/index.ts'
import { openStage, type Stage, until } from './testing/stage.ts'

let stage: Stage
beforeEach(async () => {
  const began = Date.now()
  stage = await openStage({ simulator: { now: () => monday.getTime() + (Date.now() - began) } })
  stage.guild.setBotPermissions(['ViewChannel', 'SendMessages', 'Connect', 'CreateEvents'])
})
afterEach(() => stage.close())

type Event = { readonly name: string; readonly starts: string; readonly status: number; readonly where: unknown }

const events = (): readonly Event[] =>
  [...stage.guild.state.scheduledEvents.values()]
    .map(({ status, body }) => ({
      name: body.name,
      starts: body.scheduled_start_time.slice(0, 16),
      status,
      where: body.channel_id ?? ('entity_metadata' in body ? body.entity_metadata : null),
    }))
    .toSorted((a, b) => a.starts.localeCompare(b.starts))

const wanted = (on: boolean) =>
  stage.house.app.db.updateTable('workspace').set({ scheduled_events: on }).where('platform', '=', 'discord').execute()

/** Says it in #general and waits until its jobs are done. */
async function says(who: Person, command: string, args: Parameters<Person['slash']>[2]): Promise<void> {
  await who.slash(stage.general, command, args)
  await stage.house.settle()
}

it('puts reservations into the server’s own list where the server wants it, and keeps them right', async () => {
  await says(stage.ada, 'room list', {})
  await says(stage.ada, 'reserve create', { at: '2026-03-02 11:00', name: 'Before' })
  expect(events()).toEqual([])
  await wanted(true)
  await says(stage.ada, 'reserve create', { at: '2026-03-02 12:00', name: 'Noon', voice: stage.lounge, repeat: 'daily' })
  await until(() => events().length === 3, 'the next dates stand in the list')
  expect(events()[0]).toEqual({ name: 'Noon', starts: '2026-03-02T12:00', status: 1, where: stage.lounge.id })
  await says(stage.ada, 'reserve create', { at: '2026-03-02 15:00', name: 'Tea', note: 'Bring some' })
  await until(() => events().length === 4, 'the fourth stands there')
  expect(events()[1]).toEqual({ name: 'Tea', starts: '2026-03-02T15:00', status: 1, where: { location: '#general' } })
  await says(stage.ada, 'reserve edit', { reservation: 'Tea', at: '2026-03-02 16:00' })
  await until(() => events().some(({ starts }) => starts === '2026-03-02T16:00'), 'the event moved')
  const { message } = await stage.ada.slash(stage.general, 'reserve cancel', { reservation: 'Tea' })
  if (message !== null) await stage.ada.press(message, 'Cancel for everyone')
  await until(() => events().every(({ name }) => name !== 'Tea'), 'the cancelled one is gone')
  await stage.house.clock.advance('2h')
  await stage.house.clock.advance('1h')
  await until(() => events().some(({ status }) => status === 2), 'the event has begun')
  await until(() => events().length === 4, 'the list rolls on')
}, 30_000)

it('is silently off without the permission', async () => {
  stage.guild.setBotPermissions(['ViewChannel', 'SendMessages'])
  await says(stage.ada, 'room list', {})
  await wanted(true)
  await says(stage.ada, 'reserve create', { at: '2026-03-02 12:00', name: 'Noon' })
  await until(() => stage.discord.requests.some(({ path }) => path.endsWith('/scheduled-events')), 'it was tried')
  await stage.house.settle()
  expect(events()).toEqual([])
  const failed = await stage.house.app.db.selectFrom('reservation_occurrence').select(['state', 'scheduled_event']).execute()
  expect(failed).toEqual([{ state: 'planned', scheduled_event: null }])
})

it('opens the room with its panel in the channel and calls those who pressed Join', async () => {
  const card = await stage.ada.slash(stage.general, 'reserve create', { at: '2026-03-02 10:00', name: 'Morning', remind: 0 })
  expect(card.ephemeral).toBe(false)
  expect(card.text).toContain('Morning')
  const joined = await stage.ben.press(card, 'Join')
  expect([joined.ephemeral, joined.text.includes('You are coming')]).toEqual([true, true])
  await stage.mo.slash(stage.general, 'room list')
  await stage.house.clock.advance('1h')
  await until(() => stage.reads(stage.general).some((text) => text.includes('begins now')), 'the line is said')
  const pinged = (who: Person): boolean => who.pingedIn(stage.general).length > 0
  expect([stage.ada, stage.ben, stage.chae, stage.mo].map(pinged)).toEqual([true, true, false, false])
  await until(() => stage.reads(stage.general).some((text) => text.includes('round 1')), 'the panel hangs')
  const panel = stage.discord.messagesIn(stage.general).find((message) => textOf(message).includes('round 1'))
  if (panel === undefined) throw new Error('there is a panel')
  await stage.ben.press(panel, 'Join')
  await until(() => textOf(panel).includes('Ben'), 'Ben is in')
})
