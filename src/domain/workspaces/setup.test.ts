import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { identify } from '../../commands/identify.ts'
import { type Answer, type Caller, formFor } from '../../commands/perform.ts'
import type { Delivery } from '../../deliveries/delivery.ts'
import { deliveryQueue } from '../../deliveries/queues.ts'
import { emit } from '../../events/emit.ts'
import type { Place } from '../../kernel/context.ts'
import { newsOf } from '../../screens/news.ts'
import { ada, ben, dev, mo, root, studyHall } from '../../testing/cast.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { plainText } from '../../testing/plain.ts'
import { panelPlace, panelTongue } from '../rooms/panel.queries.ts'
import { seesOthers } from './settings.queries.ts'

let house: House
const sent: Delivery[] = []

beforeAll(async () => {
  house = await openHouse()
  for (const kind of ['panel', 'line', 'notice', 'voice-status', 'news'] as const) {
    await house.app.queue.work<Delivery>(deliveryQueue('discord', kind), { batch: 2 }, async ({ data }) => {
      sent.push(data)
    })
  }
})
beforeEach(async () => {
  for (const who of [ada, ben, mo, root]) await house.does(who, 'room close', {}, studyHall)
  await house.app.db.deleteFrom('room').execute()
  await house.settle()
  sent.length = 0
})
afterAll(() => house.close())

const office: Caller = 'sighting' in dev && dev.workspace ? { ...dev, workspace: { ...dev.workspace, role: 'admin' } } : dev
const plain = ({ screen, reader }: Answer): string => plainText(screen, reader)
const sets = async (args: Readonly<Record<string, string>>, who: Caller = root): Promise<string> => {
  const answer = await house.does(who, 'setup', args, studyHall)
  expect(answer.outcome, plain(answer)).toBe('done')
  return plain(answer)
}
const opens = async (who: Caller, args: Readonly<Record<string, string>> = {}, place: Place = studyHall): Promise<string> =>
  plain(await house.does(who, 'room create', args, place))
const workspaceOf = (externalId: string) =>
  house.app.db.selectFrom('workspace').selectAll().where('external_id', '=', externalId).executeTakeFirstOrThrow()

test('is for admins alone', async () => {
  for (const who of [ada, mo]) expect(await house.says(who, 'setup', studyHall)).toContain('Only admins can set this up')
  expect(await house.says(root, 'setup', studyHall)).toContain('Setup of The Library')
  const member = await house.does(mo, 'setup', { language: 'ko' }, studyHall)
  expect(member.outcome).toBe('refused')
  expect((await workspaceOf('900')).locale).toBeNull()
})

test('language: panels speak it to everyone', async () => {
  await opens(ada)
  const tongue = async () => {
    const { id } = await house.app.db.selectFrom('room_binding').select('id').executeTakeFirstOrThrow()
    return house.app.read(async (ctx) => {
      const place = await panelPlace(ctx, id)
      return place && (await panelTongue(ctx, place, null)).locale
    })
  }
  expect(await tongue()).toBe('en')
  expect(await sets({ language: 'ko' })).toContain('한국어')
  expect(await tongue()).toBe('ko')
  await sets({ language: 'host' })
  expect((await workspaceOf('900')).locale).toBeNull()
})

test('the form shows what was decided, and what was not', async () => {
  const asked = await formFor(house.app, root, { command: 'setup', args: {}, ask: true }, studyHall)
  const shown = 'form' in asked ? asked.form.fields.filter(({ name }) => name === 'language' || name === 'zone') : []
  expect(shown.map(({ value }) => value)).toEqual(['host', 'UTC'])
})

test('a live panel is drawn again when the language changes', async () => {
  await opens(ada)
  await house.app.db.updateTable('room_binding').set({ panel_channel: '555', panel_message: '1' }).execute()
  await house.settle()
  sent.length = 0
  await sets({ language: 'en' })
  await house.settle()
  expect(sent.map(({ kind }) => kind)).toContain('panel')
})

test('zone: the days of the workspace are counted again', async () => {
  await opens(ada)
  await house.clock.advance('30m')
  await house.does(ada, 'room leave', {}, studyHall)
  const days = () => house.app.db.selectFrom('workspace_day').select(['day', 'seconds', 'sessions']).orderBy('day').execute()
  const [before] = await days()
  expect(before?.seconds).toBeGreaterThan(0)
  await sets({ zone: 'Pacific/Pago_Pago' })
  const [moved] = await days()
  expect(moved).toEqual({ ...before, day: '2026-03-01' })
  await sets({ zone: 'UTC' })
  expect(await days()).toEqual([before])
  expect((await house.does(root, 'setup', { zone: 'Mars/Olympus' }, studyHall)).outcome).toBe('refused')
})

test('who opens rooms: moderators, or certain roles', async () => {
  await sets({ creators: 'moderators' })
  expect(await opens(ada)).toContain('Only moderators open rooms here')
  expect((await house.does(mo, 'room create', {}, studyHall)).outcome).toBe('done')
  expect((await house.does(root, 'setup', { creators: 'roles' }, studyHall)).outcome).toBe('refused')
  await sets({ creators: 'roles', creator_roles: '<@&31> <@&32>' })
  expect(await opens(ada)).toContain('I can’t see yours')
  expect(await opens(ada, {}, { ...studyHall, roles: ['7'] })).toContain('you have none of them')
  expect((await house.does(ada, 'room create', {}, { ...studyHall, roles: ['32'] })).outcome).toBe('done')
  await sets({ creators: 'everyone', creator_roles: 'none' })
  expect((await house.does(ben, 'room create', {}, studyHall)).outcome).toBe('done')
})

test('where rooms open: in the chosen channels, by moderators anywhere', async () => {
  await sets({ room_channels: '<#777> <#778>' })
  expect(await opens(ada)).toContain('Try #777')
  expect((await house.does(mo, 'room create', {}, studyHall)).outcome).toBe('done')
  expect((await house.does(ada, 'room create', {}, { ...studyHall, channel: '778' })).outcome).toBe('done')
  await sets({ room_channels: 'none' })
  expect((await house.does(ben, 'room create', {}, studyHall)).outcome).toBe('done')
})

test('where rooms open holds for rooms that are brought, too', async () => {
  await house.does(ada, 'room create', { name: 'Deep work' }, studyHall)
  const shared = plain(await house.does(ada, 'room share', {}, studyHall))
  const code = /\b([2-9A-HJ-NP-Z]{8})\b/.exec(shared)?.[1] ?? ''
  const desk: Place = { platform: 'slack', channel: 'C1' }
  const set = await house.does(office, 'setup', { room_channels: 'C9' }, desk)
  expect(set.outcome).toBe('done')
  expect(plain(await house.does(dev, 'room bring', { code }, desk))).toContain('Try #C9')
  expect((await house.does(dev, 'room bring', { code }, { ...desk, channel: 'C9' })).outcome).toBe('done')
})

test('rooms per person', async () => {
  await opens(ada)
  expect(await opens(ada)).toContain('already have a room')
  await sets({ rooms_per_host: '2' })
  expect((await house.does(ada, 'room create', {}, studyHall)).outcome).toBe('done')
  await sets({ rooms_per_host: '1' })
})

test('lengths and control of new rooms, unless others are asked for', async () => {
  await sets({ default_focus: '50', default_break: '10', default_control: 'anyone' })
  await opens(ada, { break: '7' })
  const room = await house.app.db.selectFrom('room').selectAll().executeTakeFirstOrThrow()
  expect(room).toMatchObject({ work_duration_minutes: 50, break_duration_minutes: 7, control: 'anyone' })
  await sets({ default_focus: '25', default_break: '5', default_control: 'host' })
})

test('statistics of others: on at first on Discord, off on Slack', async () => {
  await house.does(office, 'room list', {}, { platform: 'slack', channel: 'C1' })
  const sees = async (externalId: string) => {
    const { id } = await workspaceOf(externalId)
    return house.app.read((ctx) => seesOthers(ctx, id))
  }
  expect([await sees('900'), await sees('T1')]).toEqual([true, false])
  await sets({ others_stats: 'no' })
  expect(await sees('900')).toBe(false)
  await sets({ others_stats: 'yes' })
})

test('a trial week records and is silent; it ends by itself and says so once', async () => {
  await sets({ trial: 'yes' })
  await opens(ada, { voice: '700' })
  await house.clock.advance('26m')
  expect(sent.filter(({ kind }) => kind === 'line' || kind === 'voice-status')).toEqual([])
  const { count } = await house.app.db
    .selectFrom('session_history')
    .select((e) => e.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  expect(count).toBeGreaterThan(0)
  await house.does(ada, 'timer stop', { sure: 'yes' }, studyHall)
  await house.clock.jump('168h')
  await house.tick()
  await house.settle()
  const { person } = await identify(house.app, root)
  expect(sent.filter((one) => one.kind === 'notice' && one.person === person)).toHaveLength(1)
  expect((await workspaceOf('900')).trial_until).toBeNull()
  await house.does(ada, 'timer start', {}, studyHall)
  await house.settle()
  expect(sent.some(({ kind }) => kind === 'line')).toBe(true)
})

test('a trial can be ended by hand', async () => {
  expect(await sets({ trial: 'yes' })).toContain('Trial week until')
  expect(await sets({ trial: 'no' })).not.toContain('Trial week until')
})

test('voice lists and news channel are kept, and emptied by the word of it', async () => {
  await sets({ announce: '<#555>', solo_voice: 'no', voice_allow: '<#1>, <#2>', voice_deny: '3' })
  expect(await workspaceOf('900')).toMatchObject({
    announcement_channel: '555',
    voice_time: false,
    voice_allow: ['1', '2'],
    voice_deny: ['3'],
  })
  await sets({ announce: 'none', solo_voice: 'yes', voice_allow: '없음', voice_deny: '-' })
  expect(await workspaceOf('900')).toMatchObject({ announcement_channel: null, voice_time: true, voice_allow: [], voice_deny: [] })
  expect((await house.does(root, 'setup', { announce: '<#1> <#2>' }, studyHall)).outcome).toBe('refused')
})

test('news channel: what a moderator counts for everyone is said there, unless it was said there already', async () => {
  await sets({ announce: '<#777>' })
  await opens(ada)
  const news = async (said: string | null) => {
    sent.length = 0
    const { id, workspace_id: workspace } = await house.app.db.selectFrom('room').select(['id', 'workspace_id']).executeTakeFirstOrThrow()
    const by = await identify(house.app, mo)
    await house.app.write(by, null, (tx) => emit(tx, { type: 'room.credited', room: id, by: by.person, sessions: [], said }))
    await house.settle()
    const [found] = sent.filter((one) => one.kind === 'news')
    return found?.kind === 'news' ? house.app.read((ctx) => newsOf(ctx, workspace, found.event)) : null
  }
  expect(await news('555')).toMatchObject({ channel: '777' })
  expect(await news('777')).toBeNull()
  await sets({ announce: 'none' })
  expect(await news('555')).toBeNull()
})

test('names each permission that is missing here', async () => {
  const said = plain(await house.does(root, 'setup', {}, { ...studyHall, lacks: ['send', 'speak'] }))
  expect(said).toContain('Send Messages is missing')
  expect(said).toContain('Speak is missing')
  expect(plain(await house.does(root, 'setup', {}, { ...studyHall, lacks: [] }))).toContain('every permission')
})
