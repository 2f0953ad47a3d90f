import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Caller, formFor, suggest } from '../../commands/perform.ts'
import type { OccurrenceId, PersonId } from '../../kernel/ids.ts'
import { phaseLine } from '../../screens/lines.ts'
import { noticeOf } from '../../screens/notices.ts'
import { peopleIn } from '../../screens/people.ts'
import type { Screen } from '../../screens/screen.ts'
import { ada, ben, chae, deepWork, dev, guest, mo, studyHall } from '../../testing/cast.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { plainText } from '../../testing/plain.ts'
import { waitsOrEnds } from '../../testing/waits.ts'
import { readerOf } from '../people/reader.queries.ts'
import { hangCard } from './card.actions.ts'
import { cardsIn } from './card.queries.ts'
import { lockSeries } from './end.actions.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

type Job = { queue: string; data: { kind: string; event?: string; person?: PersonId } }

/** What waits for the platforms, which nobody works in these tests: of notices, those about reservations. */
async function jobs(queue: string): Promise<readonly Job['data'][]> {
  await house.settle()
  const { rows } =
    await sql<Job>`select name as queue, data from queue.job where name = ${queue} and state = 'created' order by id`.execute(house.app.db)
  const told = await house.app.db.selectFrom('event').select('id').where('type', 'like', 'reservation.%').execute()
  const about = new Set(told.map(({ id }) => id))
  return rows.map(({ data }) => data).filter(({ kind, event }) => kind !== 'notice' || about.has(event ?? ''))
}

const read = async (screen: Screen | null): Promise<string | null> =>
  screen === null
    ? null
    : house.app.read(async (ctx) =>
        plainText(screen, await readerOf(ctx, { locale: 'en', timezone: 'UTC', platform: 'discord' }, peopleIn(screen))),
      )

async function lines(): Promise<readonly string[]> {
  const said = []
  for (const { event = '' } of await jobs('discord-line'))
    said.push(await read(await house.app.read((ctx) => phaseLine(ctx, event, 'discord'))))
  return said.filter((line) => line !== null)
}

async function notices(queue = 'discord-notice'): Promise<readonly string[]> {
  const said = []
  for (const { event = '', person } of await jobs(queue)) {
    const screen = person === undefined ? null : await house.app.read((ctx) => noticeOf(ctx, event, person))
    const { display_name: name } = await house.app.db
      .selectFrom('user')
      .select('display_name')
      .where('id', '=', person ?? ('' as PersonId))
      .executeTakeFirstOrThrow()
    said.push(`${name}: ${await read(screen)}`)
  }
  return said
}

const occurrences = () =>
  house.app.db
    .selectFrom('reservation_occurrence as o')
    .innerJoin('room_reservations as s', 's.id', 'o.reservation_id')
    .leftJoin('timer as t', 't.room_id', 'o.room_id')
    .select(['o.id', 'o.day', 'o.starts_at', 'o.state', 'o.late', 'o.opened_at', 'o.room_id', 't.status'])
    .select((e) => e.fn.coalesce('o.name', 's.name').as('name'))
    .orderBy('o.starts_at')
    .execute()

const press = async (who: Caller, command: string, args: Readonly<Record<string, string>> = {}) => house.does(who, command, args, studyHall)

const first = async (): Promise<string> => (await occurrences()).find(({ state }) => state === 'planned')?.id ?? ''

describe('a reservation', () => {
  it('opens its room at its time, and the timer really runs', async () => {
    expect(await house.says(ada, 'reserve create in 2 hours name:Morning focus:50 break:10', studyHall)).toContain('Morning')
    await house.clock.advance('1h 59m')
    expect(await house.says(ben, 'room list', studyHall)).not.toContain('Morning')
    await house.clock.advance('1m')
    const [opened] = await occurrences()
    expect(opened).toMatchObject({ state: 'opened', status: 'running', late: false, opened_at: house.clock.now() })
    expect(await house.says(ben, 'room join Morning', studyHall)).toContain('focus · round 1')
    const { ends_at } = await house.app.db.selectFrom('timer').select('ends_at').executeTakeFirstOrThrow()
    expect(ends_at).toEqual(new Date(house.clock.now().getTime() + 50 * 60_000))
    await house.clock.advance('50m')
    expect(await house.says(ben, 'timer status', studyHall)).toContain('break')
  })

  it('shows the channel a card that says when it was understood to be', async () => {
    const answer = await house.does(ada, 'reserve create', { at: 'tomorrow 9am', name: 'Morning', note: 'Bring *tea*' }, studyHall)
    expect(answer).toMatchObject({ audience: 'channel', outcome: 'done' })
    const text = plainText(answer.screen, answer.reader)
    expect(text).toContain('Tue 3 March, 09:00 (in 24 hours)')
    expect(text).toContain('Bring *tea*')
    expect(text).toContain('[Join]')
    expect(text).toContain('[I can’t come]')
  })

  it('takes times and lengths in Korean, in the zone of whoever plans', async () => {
    await house.says(chae, '예약 잡기 "내일 오전 9시" 이름:아침집중 반복:매일', studyHall)
    const all = await occurrences()
    expect(all.map(({ starts_at }) => starts_at.toISOString())).toEqual([
      '2026-03-03T00:00:00.000Z',
      '2026-03-04T00:00:00.000Z',
      '2026-03-05T00:00:00.000Z',
    ])
  })

  it('calls exactly those who pressed Join, in the channel or by a notice, and nobody else', async () => {
    await house.says(mo, 'settings show', studyHall)
    await house.says(ada, 'reserve create in 1 hour name:Morning remind:0', studyHall)
    const reservation = await first()
    await press(ben, 'reserve join', { reservation })
    expect(await house.says(dev, 'reserve list', deepWork)).toContain('Nothing is planned')
    expect(await house.does(dev, 'reserve join', { reservation }, deepWork)).toMatchObject({ outcome: 'refused' })
    await house.clock.advance('1h')
    expect(await lines()).toEqual(['Morning\n“Morning” begins now.\nAda\nBen'])
    expect(await notices()).toEqual([])
  })

  it('invites people by name, who are told and may join from elsewhere', async () => {
    await house.says(ben, 'settings show', studyHall)
    await house.says(ada, 'reserve create "in 1 hour" name:Morning remind:0 with:@Ben', studyHall)
    expect(await notices()).toEqual(['Ben: Morning\nAda invites you to “Morning” on Mon 2 March at 10:00.\n[Join]'])
    const reservation = await first()
    expect(await house.says(ben, 'reserve list', studyHall)).toContain('Invited')
    await house.does(ben, 'reserve join', { reservation })
    expect(await house.says(ben, 'reserve list', studyHall)).toContain('Coming')
  })

  it('reminds those who come once, before it begins', async () => {
    await house.says(ada, 'reserve create in 1 hour name:Morning remind:15', studyHall)
    await press(ben, 'reserve join', { reservation: await first() })
    await house.says(chae, 'settings show', studyHall)
    await house.clock.advance('44m')
    expect(await jobs('discord-notice')).toEqual([])
    await house.clock.advance('2m')
    expect((await jobs('discord-notice')).length).toBe(2)
    expect((await notices())[0]).toBe('Ada: Morning\n“Morning” begins at 10:00, in 14 minutes.\n[I can’t come]')
    await house.tick()
    expect((await jobs('discord-notice')).length).toBe(2)
  })

  it('opens late and says so after a stop over its time', async () => {
    await house.says(ada, 'reserve create in 1 hour name:Morning', studyHall)
    await press(ben, 'reserve join', { reservation: await first() })
    await house.clock.jump('1h 20m')
    await house.tick()
    expect(await occurrences()).toMatchObject([{ state: 'opened', status: 'running', late: true }])
    expect(await lines()).toEqual(['Morning\n“Morning” opens 20 minutes late: I was away. I am sorry.\nAda\nBen'])
    expect(await jobs('discord-notice')).toEqual([])
  })

  it('is missed after an hour, and only its host is told', async () => {
    await house.says(ada, 'reserve create in 1 hour name:Morning remind:0', studyHall)
    await press(ben, 'reserve join', { reservation: await first() })
    await house.clock.jump('2h 1m')
    await house.tick()
    expect(await occurrences()).toMatchObject([{ state: 'missed', room_id: null }])
    expect(await lines()).toEqual([])
    expect((await notices()).map((text) => text.slice(0, 5))).toEqual(['Ada: '])
    expect((await notices())[0]).toContain('did not open: I was away for too long')
  })

  it('tells its host what was in the way', async () => {
    await house.says(ada, 'reserve create in 1 hour name:Morning remind:0', studyHall)
    await house.says(ada, 'room create Other private:yes', studyHall)
    await house.clock.advance('1h')
    expect(await occurrences()).toMatchObject([{ state: 'missed', room_id: null }])
    expect((await notices()).join()).toContain('did not open. ')
    expect(await house.says(ben, 'room list', studyHall)).not.toContain('Morning')
  })

  it('starts the timer of a given room, and of another where that one is closed', async () => {
    await house.says(ada, 'room create Hall start:no', studyHall)
    await house.says(ada, 'reserve create in 1 hour where:Hall repeat:daily', studyHall)
    await house.clock.advance('1h')
    const [opened] = await occurrences()
    const { room_name } = await house.app.db
      .selectFrom('room')
      .select('room_name')
      .where('id', '=', opened?.room_id ?? null)
      .executeTakeFirstOrThrow()
    expect([room_name, opened?.status]).toEqual(['Hall', 'running'])
    await house.says(ada, 'room close', studyHall)
    await house.clock.advance('24h')
    expect((await occurrences())[1]).toMatchObject({ state: 'opened', status: 'running' })
    expect(await house.says(ben, 'reserve create tomorrow 10am where:Hall', studyHall)).toContain('Only a host')
  })

  it('does not open twice under two workers, and rolls on', async () => {
    await house.says(ada, 'reserve create in 1 hour name:Morning repeat:daily', studyHall)
    await house.clock.jump('1h')
    await Promise.all([house.tick(), house.tick(), house.tick()])
    const all = await occurrences()
    expect(all.map(({ state }) => state)).toEqual(['opened', 'planned', 'planned', 'planned'])
    expect(await house.app.db.selectFrom('room').select('id').execute()).toHaveLength(1)
  })

  it('waits for whoever changes it, and never in a circle', async () => {
    await house.says(ada, 'reserve create in 1 hour name:Morning repeat:daily', studyHall)
    await house.clock.jump('1h')
    const { ticking } = await house.app.write('clock', null, async (tx) => {
      const series = await tx.db.selectFrom('room_reservations').selectAll().forUpdate().executeTakeFirstOrThrow()
      const ticking = house.tick()
      await waitsOrEnds(house, ticking)
      await sql`set local lock_timeout = '500ms'`.execute(tx.db)
      await lockSeries(tx, series.id)
      await tx.db.updateTable('room_reservations').set({ name: 'Dawn' }).execute()
      return { ticking }
    })
    await ticking
    await house.tick()
    expect(await house.says(ben, 'room list', studyHall)).toContain('Dawn')
  })

  it('ends with its host', async () => {
    await house.says(ada, 'reserve create in 1 hour name:Morning repeat:daily remind:0', studyHall)
    await press(ben, 'reserve join', { reservation: await first() })
    await house.app.db.deleteFrom('user').where('display_name', '=', 'Ada').execute()
    await house.clock.advance('1h')
    expect((await occurrences()).map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'cancelled'])
    expect((await notices()).join()).toContain('Ben: Morning\n“Morning” is cancelled from Mon 2 March on.')
  })

  it('is refused to guests, far ahead, and beside one’s own', async () => {
    expect(await house.says(guest, 'reserve create in 1 hour', deepWork)).toContain('Guests can join')
    expect(await house.says(ada, 'reserve create 2028-01-01 09:00', studyHall)).toContain('a year ahead')
    await house.says(ada, 'reserve create tomorrow 9am name:Morning focus:50 repeat:weekdays', studyHall)
    expect(await house.says(ada, 'reserve create 2026-03-06 09:30 name:Other', studyHall)).toContain(
      'You already have “Morning” on Fri 6 March at 09:00',
    )
    expect(await house.says(ada, 'reserve create 2026-03-06 09:50 name:Other', studyHall)).toContain('Other')
    expect(
      await house.says(ada, 'reserve create 2026-03-02 09:30 repeat:weekly focus:60 name:Weekly until:2026-06-01', studyHall),
    ).toContain('You already have “Morning” on Mon 9 March')
    expect(await house.says(ada, 'reserve create yesterday 9am', studyHall)).toContain('still to come')
  })
})

describe('what is said about repeating', () => {
  it('takes chosen days, an end or a number of times, and not both', async () => {
    await house.says(ada, 'reserve create tomorrow 9am name:Morning days:"mon wed" times:4', studyHall)
    expect((await occurrences()).map(({ day }) => day)).toEqual(['2026-03-04', '2026-03-09', '2026-03-11'])
    expect(await house.says(ada, 'reserve list reservation:Morning', studyHall)).toContain('Repeats: On Monday, Wednesday, 4 times')
    expect(await house.says(ben, '예약 잡기 "내일 오전 9시" 이름:아침 요일:월수금 종료일:"3월 20일"', studyHall)).toContain('until 20 Mar')
    expect(await house.says(ada, 'reserve create tomorrow 1pm repeat:daily until:friday times:3', studyHall)).toContain(
      'either a last day or a number',
    )
    expect(await house.says(ada, 'reserve create tomorrow 1pm times:3', studyHall)).toContain('choose how it repeats')
    expect(await house.says(ada, 'reserve create tomorrow 1pm days:someday', studyHall)).toContain('as days of the week')
    expect(await house.says(ada, 'reserve create friday 1pm repeat:daily until:tomorrow', studyHall)).toContain('before the first')
  })

  it('reads the time in the zone that is known best, says which, and asks where it is a guess', async () => {
    const min: Caller = {
      sighting: { platform: 'discord', externalId: '140', displayName: '민', locale: 'ko', timezone: null },
      workspace: { platform: 'discord', externalId: '900', name: 'The Library', role: 'member' },
    }
    const guessed = await house.does(min, 'reserve create', { at: '내일 오전 9시', name: '아침' }, studyHall)
    expect(guessed.screen.aside && plainText(guessed.screen.aside, guessed.reader)).toMatch(/Asia\/Seoul 시간으로 읽었어요.*18:00/s)
    expect((await occurrences()).map(({ starts_at }) => starts_at.toISOString())).toEqual(['2026-03-03T00:00:00.000Z'])
    const told = await house.does(min, 'settings zone', { timezone: 'America/New_York' }, studyHall)
    const text = plainText(told.screen, told.reader)
    expect(text).toContain('‘아침’')
    expect(text).toContain('[이 예약 변경하기]')
    expect((await occurrences()).map(({ starts_at }) => starts_at.toISOString())).toEqual(['2026-03-03T00:00:00.000Z'])
    const known = await house.does(min, 'reserve create', { at: '모레 오전 9시' }, studyHall)
    expect(known.screen.aside).toBeUndefined()
    expect((await occurrences())[1]?.starts_at.toISOString()).toBe('2026-03-04T14:00:00.000Z')
  })

  it('takes place in the host’s own room where they may have no other, and says so before', async () => {
    await house.says(ada, 'room create name:Den', studyHall)
    const planned = await house.does(ada, 'reserve create', { at: '2026-03-02 11:00', name: 'Morning', remind: '10' }, studyHall)
    expect(await read(planned.screen.aside ?? null)).toContain('If “Den” is still open then, it takes place there')
    await house.says(ada, 'room leave', studyHall)
    await house.clock.advance('115m')
    expect((await notices()).join()).toContain('it takes place there')
    await house.clock.advance('10m')
    expect((await occurrences())[0]).toMatchObject({ state: 'opened', status: 'running' })
    expect(await house.app.db.selectFrom('room').select('room_name').execute()).toEqual([{ room_name: 'Den' }])
  })

  it('closes the room that an earlier one opened, and leaves the host’s own in which one took place', async () => {
    const bothOpen = async (): Promise<void> => {
      for (const name of ['One', 'Two']) {
        await house.says(ada, `reserve create "in 1 hour" name:${name}`, studyHall)
        await house.clock.advance('6h')
      }
    }
    const open = () => house.app.db.selectFrom('room').select('room_name').where('is_active', '=', true).execute()
    await bothOpen()
    expect(await open()).toEqual([{ room_name: 'Two' }])
    await house.says(ada, 'room close Two', studyHall)
    await house.says(ada, 'room create name:Den start:no', studyHall)
    await house.says(ada, 'room leave', studyHall)
    await bothOpen()
    expect(await open()).toEqual([{ room_name: 'Den' }])
    expect((await occurrences()).map(({ state }) => state)).toEqual(['opened', 'opened', 'opened', 'opened'])
  })

  it('lists all that is ahead, a page at a time', async () => {
    for (let n = 0; n < 4; n += 1) await house.says(ada, `reserve create "tomorrow ${n + 1}pm" name:Plan${n} repeat:daily`, studyHall)
    const first = await house.does(ada, 'reserve list', {}, studyHall)
    const text = plainText(first.screen, first.reader)
    expect(text).toContain('Plan0 | Tue 3 March, 13:00 | Host')
    expect(text).toContain('12 ahead')
    expect(text).toContain('[Later ones]')
    const more = first.screen.blocks
      .flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
      .find(({ do: deed }) => 'command' in deed && deed.args.after !== undefined)
    const args = more !== undefined && 'args' in more.do ? more.do.args : {}
    const second = await house.does(ada, 'reserve list', args, studyHall)
    const table = second.screen.blocks.find((block) => block.kind === 'table')
    expect(table?.kind === 'table' && table.rows.map(([name]) => name)).toEqual(['Plan2', 'Plan3'])
  })

  it('is found by its name by whoever may join it here, and by nobody elsewhere', async () => {
    await house.says(ada, 'reserve create tomorrow 9am name:토요반', studyHall)
    expect(await house.says(ben, 'reserve join 토요반', studyHall)).toContain('You are coming.')
    expect(await house.says(dev, 'reserve join 토요반', deepWork)).toContain('no such reservation')
  })

  it('finds my next ones by what is typed', async () => {
    await house.says(ada, 'reserve create tomorrow 9am name:Morning repeat:daily', studyHall)
    await house.says(ada, 'reserve create tomorrow 1pm name:Noon', studyHall)
    const ask = (typed: string, who = ada) =>
      suggest(house.app, who, { command: 'reserve cancel', option: 'reservation', typed, place: studyHall })
    expect((await ask('mor')).map(({ label }) => label)).toEqual([
      '2026-03-03 09:00 · Morning',
      '2026-03-04 09:00 · Morning',
      '2026-03-05 09:00 · Morning',
    ])
    expect((await ask('')).length).toBe(4)
    expect(await ask('', ben)).toEqual([])
  })
})

describe('who comes', () => {
  beforeEach(async () => {
    await house.says(ada, 'reserve create tomorrow 9am name:Morning repeat:daily remind:0', studyHall)
  })

  const coming = async (id: string): Promise<string> => house.says(ada, `reserve list reservation:${id}`, studyHall)

  it('joins every date, or one alone, and may leave one out', async () => {
    const [one, two] = (await occurrences()).map(({ id }) => id)
    expect(await read((await press(ben, 'reserve join', { reservation: one ?? '' })).screen)).toContain('You are coming every time.')
    await press(chae, 'reserve join', { reservation: two ?? '', following: 'no' })
    expect(await coming(one ?? '')).toContain('Coming: Ben')
    expect(await coming(two ?? '')).toContain('Coming: Ben · 채')
    await press(ben, 'reserve cancel', { reservation: two ?? '', following: 'no' })
    expect(await coming(one ?? '')).toContain('Coming: Ben')
    expect(await coming(two ?? '')).toContain('Coming: 채')
    await press(ben, 'reserve cancel', { reservation: one ?? '', following: 'yes' })
    expect(await coming(one ?? '')).toContain('Nobody yet')
  })

  it('learns of dates that do not take place, and only the host and moderators decide', async () => {
    const [one] = (await occurrences()).map(({ id }) => id)
    await press(ben, 'reserve join', { reservation: one ?? '' })
    await house.says(mo, 'settings show', studyHall)
    expect(await press(chae, 'reserve cancel', { reservation: one ?? '' })).toMatchObject({ outcome: 'refused' })
    expect(await press(chae, 'reserve edit', { reservation: one ?? '', name: 'Mine' })).toMatchObject({ outcome: 'refused' })
    await press(ada, 'reserve cancel', { reservation: one ?? '', following: 'no', sure: 'yes' })
    expect((await occurrences()).map(({ state }) => state)).toEqual(['skipped', 'planned', 'planned', 'planned'])
    expect((await notices()).join()).toBe('Ben: Morning\n“Morning” on Tue 3 March at 09:00 does not take place.')
    const [next] = (await occurrences()).filter(({ state }) => state === 'planned')
    await press(mo, 'reserve cancel', { reservation: next?.id ?? '', following: 'yes', sure: 'yes' })
    expect(new Set((await occurrences()).map(({ state }) => state))).toEqual(new Set(['skipped', 'cancelled']))
    await house.clock.advance('48h')
    expect(await house.app.db.selectFrom('room').select('id').execute()).toEqual([])
  })

  it('asks the host whether one date or all are meant', async () => {
    const text = await house.says(ada, 'reserve cancel Morning', studyHall)
    expect(text).toContain('Cancel Tue 3 March at 09:00 for everyone, or all that follow too?')
    expect((await occurrences()).every(({ state }) => state === 'planned')).toBe(true)
  })

  it('means “not me, this time” to everybody by the button of a card, and takes nothing away unasked', async () => {
    const [one] = (await occurrences()).map(({ id }) => id)
    await press(ben, 'reserve join', { reservation: one ?? '' })
    expect(await read((await press(ben, 'reserve skip', { reservation: one ?? '' })).screen)).toContain('You are not coming on this date.')
    const own = await read((await press(ada, 'reserve skip', { reservation: one ?? '' })).screen)
    expect(own).toContain('You are the host')
    expect(own).toContain('[Cancel]')
    await press(ada, 'reserve cancel', { reservation: one ?? '', following: 'no' })
    expect((await occurrences()).every(({ state }) => state === 'planned')).toBe(true)
  })

  it('reads who was not seen only as the host, or of oneself', async () => {
    const [one] = (await occurrences()).map(({ id }) => id)
    for (const who of [ben, chae]) await press(who, 'reserve join', { reservation: one ?? '' })
    await house.clock.advance('24h')
    await house.says(ada, 'room join Morning', studyHall)
    await house.says(ben, 'room join Morning', studyHall)
    await house.clock.advance('30m')
    expect(await house.says(ada, 'reserve list', studyHall)).toContain('not seen there were 채.')
    expect(await house.says(ben, 'reserve list', studyHall)).toContain('you were there.')
    const bens = await house.says(ben, 'reserve list', studyHall)
    expect(bens).not.toContain('not seen there were')
    expect(await house.says(chae, '예약 목록', studyHall)).toContain('보이지 않았어요')
  })
})

describe('the card of a reservation', () => {
  it('follows the language of its workspace, also where the dates to come are those of a changed series', async () => {
    await house.says(ada, 'reserve create tomorrow 9am name:Morning repeat:daily', studyHall)
    const occurrence = (await first()) as OccurrenceId
    await house.app.write('clock', null, (tx) => hangCard(tx, 'discord', { occurrence, channel: '555', message: '1', drawn: '' }))
    await press(ada, 'reserve edit', { reservation: occurrence, name: 'Dawn', following: 'yes' })
    const { id } = await house.app.db.selectFrom('workspace').select('id').where('platform', '=', 'discord').executeTakeFirstOrThrow()
    expect(await house.app.read((ctx) => cardsIn(ctx, [id]))).toHaveLength(1)
    await press(ada, 'reserve cancel', { reservation: await first(), following: 'yes', sure: 'yes' })
    expect(await house.app.read((ctx) => cardsIn(ctx, [id]))).toEqual([])
  })
})

describe('a change', () => {
  const starts = async () =>
    (await occurrences())
      .filter(({ state }) => state === 'planned')
      .map(({ starts_at, name }) => `${name} ${starts_at.toISOString().slice(5, 16)}`)

  it('of one date leaves the others alone', async () => {
    await house.says(ada, 'reserve create tomorrow 9am name:Morning repeat:daily remind:0', studyHall)
    await press(ben, 'reserve join', { reservation: await first() })
    await house.says(ada, 'reserve edit Morning at:2026-03-03 11:00', studyHall)
    expect(await starts()).toEqual(['Morning 03-03T11:00', 'Morning 03-04T09:00', 'Morning 03-05T09:00'])
    expect((await notices()).join()).toContain('Ben: Morning\n“Morning” was changed: Tue 3 March at 11:00.')
    await house.clock.advance('24h')
    expect((await occurrences()).filter(({ state }) => state === 'opened')).toEqual([])
    await house.clock.advance('2h')
    expect((await occurrences()).filter(({ state }) => state === 'opened')).toHaveLength(1)
  })

  it('of all following is a series of its own with the same people', async () => {
    await house.says(ada, 'reserve create tomorrow 9am name:Morning repeat:daily times:10 remind:0', studyHall)
    const [one, two] = await occurrences()
    await press(ben, 'reserve join', { reservation: one?.id ?? '' })
    await press(ada, 'reserve edit', { reservation: two?.id ?? '', at: '2026-03-04 20:00', name: 'Evening', following: 'yes' })
    expect(await starts()).toEqual(['Morning 03-03T09:00', 'Evening 03-04T20:00', 'Evening 03-05T20:00', 'Evening 03-06T20:00'])
    expect(
      await house.app.db.selectFrom('room_reservations').select(['times', 'until_date']).orderBy('created_at').orderBy('id').execute(),
    ).toEqual([
      { times: 10, until_date: '2026-03-03' },
      { times: 9, until_date: null },
    ])
    // A button of the old card finds the date of the new series.
    expect(await read((await press(ben, 'reserve list', { reservation: two?.id ?? '' })).screen)).toContain('Evening')
    expect(await house.says(ada, 'reserve list', studyHall)).toContain('Evening')
    await house.clock.advance('35h')
    expect(await lines()).toEqual(['Morning\n“Morning” begins now.\nAda\nBen'])
  })

  it('of all following leaves alone what was changed on one date before', async () => {
    await house.says(ada, 'reserve create tomorrow 9am name:Morning repeat:daily remind:0', studyHall)
    const [one, two, three] = (await occurrences()).map(({ id }) => id)
    await press(ada, 'reserve edit', { reservation: one ?? '', at: '2026-03-03 14:00', name: 'Special', focus: '40' })
    await press(ada, 'reserve edit', { reservation: two ?? '', note: 'Bring cake' })
    await press(ada, 'reserve cancel', { reservation: three ?? '', following: 'no', sure: 'yes' })
    // Where the series would be, had this date not been moved.
    await house.says(ada, 'reserve create 2026-03-03 09:00 name:Other', studyHall)
    const saved = await read((await press(ada, 'reserve edit', { reservation: one ?? '', break: '7', following: 'yes' })).screen)
    expect(saved).toContain('Special')
    expect(saved).toContain('Focus 40 min, break 7 min')
    const own = async () => (await starts()).filter((start) => !start.startsWith('Other'))
    expect(await own()).toEqual(['Special 03-03T14:00', 'Morning 03-04T09:00', 'Morning 03-06T09:00'])
    expect(await house.says(ada, 'reserve list reservation:Morning', studyHall)).toContain('Bring cake')

    const next = (await occurrences()).find(({ name, state }) => name === 'Special' && state === 'planned')
    await press(ada, 'reserve edit', { reservation: next?.id ?? '', name: 'Dawn', at: '2026-03-03 16:00', following: 'yes' })
    expect(await own()).toEqual(['Dawn 03-03T16:00', 'Dawn 03-04T16:00', 'Dawn 03-06T16:00'])
  })

  it('of all following keeps a date that was moved to one that is still to come', async () => {
    await house.says(ada, 'reserve create tomorrow 9am name:Morning repeat:weekly remind:0', studyHall)
    await press(ada, 'reserve edit', { reservation: await first(), at: '2026-03-05 09:00' })
    await house.clock.advance('30h')
    await press(ada, 'reserve edit', { reservation: await first(), note: 'Bring tea', following: 'yes' })
    expect(await starts()).toEqual(['Morning 03-05T09:00', 'Morning 03-10T09:00', 'Morning 03-17T09:00'])
  })

  it('of a single one moves it, with its reminder', async () => {
    await house.says(ada, 'reserve create in 2 hours name:Morning remind:30', studyHall)
    await house.says(ada, 'reserve edit Morning at:in 4 hours focus:45', studyHall)
    expect(await starts()).toEqual(['Morning 03-02T13:00'])
    await house.clock.advance('3h')
    expect(await jobs('discord-notice')).toEqual([])
    await house.clock.advance('1h')
    expect((await jobs('discord-notice')).length).toBe(1)
    expect((await occurrences()).filter(({ state }) => state === 'opened')).toMatchObject([{ status: 'running' }])
    expect(await house.says(ben, 'room join Morning', studyHall)).toContain('45')
  })

  /** Fills the form, changes the note alone, and sends it. */
  async function changesTheNote(as: Caller, reservation: string, more: Readonly<Record<string, string>> = {}): Promise<void> {
    const asked = await formFor(house.app, as, { command: 'reserve edit', args: { reservation } }, studyHall)
    if (!('form' in asked)) throw new Error('a plan that may be changed has a form')
    const { fields, carried } = asked.form
    const filled = Object.fromEntries(fields.filter(({ value }) => value !== '').map(({ name, value }) => [name, value]))
    await press(as, 'reserve edit', { ...carried, ...filled, note: 'Bring tea', ...more })
  }
  const plans = () =>
    house.app.db.selectFrom('room_reservations').select(['note', 'starts_time', 'timezone']).orderBy('created_at').orderBy('id').execute()

  it('of the note leaves the time alone for who lives in another zone, and every week at the hour of the plan', async () => {
    await house.says(ada, 'settings set timezone:Europe/Berlin', studyHall)
    await house.says(mo, 'settings set timezone:Asia/Seoul', studyHall)
    await house.says(ada, 'reserve create tomorrow 9am name:Morning repeat:weekly remind:0', studyHall)
    await changesTheNote(mo, await first())
    expect(await starts()).toContain('Morning 03-03T08:00')
    await changesTheNote(mo, await first(), { note: 'Bring cake', following: 'yes' })
    expect((await plans()).at(-1)).toEqual({ note: 'Bring cake', starts_time: '09:00:00', timezone: 'Europe/Berlin' })
    expect(await starts()).toContain('Morning 03-03T08:00')
  })

  it('of the note leaves the time alone where it was planned in a guessed zone', async () => {
    await house.says(ada, 'reserve create tomorrow 9am name:Morning', studyHall)
    await house.says(ada, 'settings zone timezone:Asia/Seoul', studyHall)
    await changesTheNote(ada, await first())
    expect(await starts()).toEqual(['Morning 03-03T09:00'])
    expect((await plans()).at(-1)).toMatchObject({ note: 'Bring tea' })
  })

  it('asks whether all following are meant where any follow', async () => {
    await house.says(ada, 'reserve create tomorrow 9am name:Once', studyHall)
    await house.says(ada, 'reserve create tomorrow 11am name:Daily repeat:daily', studyHall)
    const fieldsOf = async (reservation: string): Promise<readonly string[]> => {
      const asked = await formFor(house.app, ada, { command: 'reserve edit', args: { reservation } }, studyHall)
      return 'form' in asked ? asked.form.fields.map(({ name }) => name) : []
    }
    expect(await fieldsOf('Daily')).toContain('following')
    expect(await fieldsOf('Once')).toContain('note')
    expect(await fieldsOf('Once')).not.toContain('following')
  })

  it('is refused where it meets another of one’s own', async () => {
    await house.says(ada, 'reserve create tomorrow 9am name:Morning repeat:daily remind:0', studyHall)
    await house.says(ada, 'reserve create tomorrow 11am name:Noon', studyHall)
    expect(await house.says(ada, 'reserve edit Noon at:2026-03-03 09:10', studyHall)).toContain('You already have “Morning”')
    expect(await house.says(ada, 'reserve edit Morning at:2026-03-03 10:50', studyHall)).toContain('You already have “Noon”')
    expect(await house.says(ada, 'reserve edit Morning at:2026-03-03 09:10', studyHall)).toContain('Saved')
  })
})
