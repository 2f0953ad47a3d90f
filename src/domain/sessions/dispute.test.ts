import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Caller } from '../../commands/perform.ts'
import type { SessionSource } from '../../db/schema.ts'
import type { SessionId } from '../../kernel/ids.ts'
import { sampleReader } from '../../screens/gallery.ts'
import { noticeOf } from '../../screens/notices.ts'
import { ada, ben, mo, root, studyHall } from '../../testing/cast.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { plainText } from '../../testing/plain.ts'
import { rebuildTotals } from './ledger.actions.ts'
import { wrongCorrections, wrongCredit, wrongSoloCredit, wrongTotals } from './ledger.queries.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

/** Ada focuses for 25 minutes in her room, and shows the day to Mo and Root, who moderate. */
async function shown(): Promise<{ readonly event: string; readonly record: SessionId }> {
  for (const moderator of [mo, root]) await house.says(moderator, 'help', studyHall)
  await house.says(ada, 'room create Hall', studyHall)
  await house.clock.advance('25m')
  await house.says(ada, 'timer stop', studyHall)
  expect(await house.says(ada, 'focus show', studyHall)).toContain('2 moderators are told')
  const [event] = await house.app.db.selectFrom('event').select('id').where('type', '=', 'day.shown').orderBy('id').execute()
  const record = await house.app.db.selectFrom('session_history').select('id').executeTakeFirstOrThrow()
  return { event: event?.id ?? '', record: record.id }
}

const total = async () =>
  (await house.app.db.selectFrom('user').select('total_focus_time').where('display_name', '=', 'Ada').executeTakeFirstOrThrow())
    .total_focus_time

/** What the person behind the newest event of a kind is told. */
async function notice(type: string): Promise<string> {
  const { id, data } = await house.app.db
    .selectFrom('event')
    .select(['id', 'data'])
    .where('type', '=', type)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  const { person } = data as { person: Parameters<typeof noticeOf>[2] }
  const screen = await house.app.read((ctx) => noticeOf(ctx, id, person))
  return screen === null ? '' : plainText(screen, sampleReader('en'))
}

it('is looked at by moderators to whom the day was shown, and by nobody else', async () => {
  const { event } = await shown()
  expect(await notice('day.shown')).toContain('Ada asks moderators to look at')
  const review = await house.does(mo, 'focus review', { shown: event }, studyHall)
  expect(plainText(review.screen, review.reader)).toMatch(/Ada · .*\n[\s\S]*Hall[\s\S]*25 min counted[\s\S]*\[Correct 09:00–09:25\]/)
  expect((await house.does(ben, 'focus review', { shown: event }, studyHall)).outcome).toBe('refused')
  expect((await house.does(ada, 'focus show', {}, studyHall)).outcome).toBe('refused')
  expect((await house.does(mo, 'focus review', { shown: '019500aa-0000-7000-8000-aaaa00000001' }, studyHall)).outcome).toBe('refused')
})

it('is said to stand on buttons where it is typed', async () => {
  expect(await house.says(mo, 'focus review', studyHall)).toContain('in the message by which somebody shows it')
  for (const typed of ['focus correct', 'focus correct minutes:10 reason:x'])
    expect(await house.says(mo, typed, studyHall)).toContain('each of its records has a button')
  expect(await house.says(mo, 'focus undo', studyHall)).toContain('stands as a button')
})

it('is looked at and corrected from a direct message, by whoever was lately seen to moderate where it happened', async () => {
  const { event, record } = await shown()
  await house.says(mo, 'help', studyHall)
  const alone = (one: Caller): Caller => ({ ...one, workspace: null }) as Caller
  expect((await house.does(alone(mo), 'focus review', { shown: event })).outcome).toBe('done')
  expect((await house.does(alone(ben), 'focus review', { shown: event })).outcome).toBe('refused')
  const args = { shown: event, record, minutes: '10', reason: 'You were at lunch' }
  expect((await house.does(alone(mo), 'focus correct', args)).outcome).toBe('done')
  const { id: correction } = await house.app.db.selectFrom('session_correction').select('id').executeTakeFirstOrThrow()
  expect((await house.does(alone(mo), 'focus undo', { correction })).outcome).toBe('done')
  await house.clock.advance('20m')
  const late = await house.does(alone(mo), 'focus review', { shown: event })
  expect(late.outcome).toBe('refused')
  expect(plainText(late.screen, late.reader)).toContain('I last saw you as a moderator of The Library a while ago. Type help there')
})

it('corrects with a reason that the person reads, can be undone, and is told both times', async () => {
  const { event, record } = await shown()
  expect(await total()).toBe(1500)
  const args = { shown: event, record, minutes: '10', reason: 'You were at lunch' }
  expect((await house.does(ben, 'focus correct', args, studyHall)).outcome).toBe('refused')
  expect((await house.does(mo, 'focus correct', args, studyHall)).outcome).toBe('done')
  expect(await total()).toBe(600)
  expect(await notice('session.corrected')).toMatch(/Mo corrected “Hall” on .* from 25 min to 10 min\.\nReason: You were at lunch/)
  expect(await house.says(ada, 'focus why', studyHall)).toContain('15 min not counted: corrected by Mo: You were at lunch')
  const { id: correction } = await house.app.db.selectFrom('session_correction').select('id').executeTakeFirstOrThrow()
  for (const one of [ada, ben]) expect((await house.does(one, 'focus undo', { correction }, studyHall)).outcome).toBe('refused')
  expect((await house.does(root, 'focus undo', { correction }, studyHall)).outcome).toBe('done')
  expect(await total()).toBe(1500)
  expect(await notice('session.restored')).toContain('It counts 25 min again.')
})

it('gives more than was seen, but no minute twice and none to come', async () => {
  const { event, record } = await shown()
  const correct = (minutes: string) =>
    house.does(mo, 'focus correct', { shown: event, record, minutes, reason: 'The bot was down' }, studyHall)
  expect((await correct('60')).outcome).toBe('refused')
  await house.clock.advance('2h')
  expect((await correct('60')).outcome).toBe('done')
  expect(await total()).toBe(3600)
  await house.clock.advance('1h')
  await house.says(ada, 'focus add 30 at:10:30', studyHall)
  expect((await correct('120')).outcome).toBe('refused')
  expect(await total()).toBe(3600 + 1800)
})

it('leaves a ledger in which every total follows from the facts, and no rebuild removes it', async () => {
  const { event, record } = await shown()
  await house.does(mo, 'focus correct', { shown: event, record, minutes: '10', reason: 'x' }, studyHall)
  await house.says(ada, 'room leave', studyHall)
  await house.says(ada, 'focus start minutes:20', studyHall)
  await house.clock.advance('20m')
  await house.says(ada, 'focus start', studyHall)
  await house.clock.advance('5h')
  await house.says(ada, 'focus stopped ago:two-hours', studyHall)
  await house.says(ada, 'focus add 15 at:08:00', studyHall)
  await house.does(ada, 'focus remove', { record: await newestOf('solo') }, studyHall)
  expect(await wrong()).toEqual([])
  const before = await total()
  await house.app.write('clock', null, async (tx) => rebuildTotals(tx, await everyone()))
  expect(await total()).toBe(before)
  expect(await wrong()).toEqual([])
})

const newestOf = async (source: SessionSource): Promise<string> =>
  (
    await house.app.db
      .selectFrom('session_history')
      .select('id')
      .where('source', '=', source)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
  ).id
const everyone = async () => (await house.app.db.selectFrom('user').select('id').execute()).map(({ id }) => id)

/** Whatever does not follow from who was where when, from what was told and from corrections. */
const wrong = (): Promise<readonly unknown[]> =>
  house.app.read(async (ctx) => {
    const phases = (await ctx.db.selectFrom('phase').select('id').execute()).map(({ id }) => id)
    const solos = (await ctx.db.selectFrom('solo_session').select('id').execute()).map(({ id }) => id)
    const people = await everyone()
    return [
      ...(await wrongTotals(ctx, people)),
      ...(await wrongCredit(ctx, phases)),
      ...(await wrongSoloCredit(ctx, solos)),
      ...(await wrongCorrections(ctx, people)),
    ]
  })

it('undoes the newest correction first', async () => {
  const { event, record } = await shown()
  for (const minutes of ['20', '5']) await house.does(mo, 'focus correct', { shown: event, record, minutes, reason: 'x' }, studyHall)
  const [first, second] = await house.app.db.selectFrom('session_correction').select('id').orderBy('id').execute()
  expect((await house.does(mo, 'focus undo', { correction: first?.id ?? '' }, studyHall)).outcome).toBe('refused')
  expect((await house.does(mo, 'focus undo', { correction: second?.id ?? '' }, studyHall)).outcome).toBe('done')
  expect(await total()).toBe(1200)
})

it('touches no record of somebody who has not shown it', async () => {
  const { event } = await shown()
  await house.says(ben, 'focus start minutes:25', studyHall)
  await house.clock.advance('25m')
  const theirs = await house.app.db.selectFrom('session_history').select('id').where('source', '=', 'solo').executeTakeFirstOrThrow()
  expect((await house.does(mo, 'focus correct', { shown: event, record: theirs.id, minutes: '0', reason: 'x' }, studyHall)).outcome).toBe(
    'refused',
  )
})
