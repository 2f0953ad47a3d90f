import { sql } from 'kysely'
import { works } from '../../../clockwork.ts'
import type { Caller } from '../../../commands/perform.ts'
import type { Platform } from '../../../kernel/context.ts'
import type { RoomId } from '../../../kernel/ids.ts'
import { checkLedger } from '../../../ledger.ts'
import { type House, openHouse } from '../../house.ts'
import { type Lot, lotFrom } from '../lot.ts'
import { creditOf, type Run, type Stay } from '../week/model.ts'
import { type Crosser, channels, crosser, platforms } from './world.ts'

export type Crossing = {
  readonly problems: readonly string[]
  readonly sessions: number
  readonly sources: Readonly<Record<string, number>>
}

const place = { platform: 'discord', channel: '555' } as const
/** Each is drawn as often as its weight. */
type Deed = readonly [weight: number, act: () => Promise<unknown>]

/** Three people who are on Discord, on Slack and on the pages at once, for so many deeds: some seen late, twice, or not at all. */
export async function liveCrossing(seed: number, deeds: number): Promise<Crossing> {
  const house = await openHouse({ connected: true })
  try {
    const lot = lotFrom(seed)
    const people = [await crosser(house, 1), await crosser(house, 2), await crosser(house, 3)]
    const seen = platforms(house, people)
    for (const platform of ['discord', 'slack', 'web'] as const) await seen.findsAgain(platform)
    const rooms = await openRooms(house, people)
    for (let n = 0; n < deeds; n += 1) {
      await draw(lot, deedsOf(house, lot, people, seen, rooms))()
      await house.clock.advance(`${lot.between(1, lot.draw() < 0.7 ? 300 : 2400)}s`)
    }
    await endAll(house, people, seen)
    return await compare(house)
  } finally {
    await house.close()
  }
}

async function openRooms(house: House, [first, second]: readonly Crosser[]): Promise<readonly RoomId[]> {
  if (first === undefined || second === undefined) throw new Error('two people open a room each')
  await house.says(first.onDiscord, 'room create Deep focus:20 break:5 control:anyone voice:700', place)
  await house.says(second.onSlack, 'room create Hall focus:15 break:4 control:anyone')
  await sql`insert into room_binding (room_id, workspace_id, platform, channel, created_at)
    select r.id, w.id, 'slack', 'C9', ${house.clock.now()}::timestamptz from room r, workspace w where r.room_name = 'Deep' and w.platform = 'slack'`.execute(
    house.app.db,
  )
  return (await house.app.db.selectFrom('room').select('id').orderBy('id').execute()).map(({ id }) => id)
}

function draw(lot: Lot, deeds: readonly Deed[]): () => Promise<unknown> {
  let left = lot.draw() * deeds.reduce((sum, [weight]) => sum + weight, 0)
  for (const [weight, act] of deeds) {
    left -= weight
    if (left < 0) return act
  }
  throw new Error('nothing was drawn')
}

function deedsOf(
  house: House,
  lot: Lot,
  people: readonly Crosser[],
  seen: ReturnType<typeof platforms>,
  rooms: readonly RoomId[],
): readonly Deed[] {
  const one = lot.pick(people)
  const caller: Caller = lot.draw() < 0.5 ? one.onDiscord : one.onSlack
  const says = (line: string) => house.says(caller, line, caller === one.onDiscord ? place : undefined)
  const late = () => (lot.draw() < 0.3 ? lot.between(0, 25) : 0)
  const flip = async (platform: Platform): Promise<void> => {
    if (seen.isUp(platform)) await seen.loses(platform)
    else await seen.findsAgain(platform, lot.between(1, 3))
  }
  return [
    [
      8,
      async () => {
        one.channel = lot.draw() < 0.3 ? null : lot.pick(channels)
        if (lot.draw() < 0.9) await seen.tellsVoice(one, late(), lot.draw() < 0.2 ? 2 : 1)
      },
    ],
    [3, () => seen.comparesVoice()],
    [
      4,
      async () => {
        one.isInHuddle = !one.isInHuddle
        await seen.tellsHuddle(one, late())
      },
    ],
    [3, () => (one.page === null ? seen.opensPage(one, lot.pick(rooms)) : seen.closesPage(one, late()))],
    [1, () => flip('discord')],
    [1, () => flip('slack')],
    [1, () => flip('web')],
    [5, () => says(`room join ${lot.pick(['Deep', 'Hall'])}`)],
    [1, () => says('room leave')],
    [4, () => says(`timer ${lot.pick(['start', 'start', 'resume', 'pause', 'skip', 'stop'])}`)],
    [2, () => says(lot.draw() < 0.5 ? 'focus start' : `focus start minutes:${lot.between(5, 60)}`)],
    [2, () => says('focus stop')],
    [2, () => says(`focus stopped ago:${lot.pick(['now', 'hour', 'two-hours', 'nothing'])}`)],
    [4, () => says('timer status')],
    [2, () => says('focus kept')],
    [1, () => says('focus here')],
    [1, () => says(`focus add minutes:${lot.between(5, 40)}`)],
    [1, () => seen.fallsBehind(`${lot.between(1, 60)}m`, lot.shuffle(works))],
    [0.3, () => house.clock.advance(`${lot.between(120, 300)}m`)],
  ]
}

/** Everybody is seen again, leaves, and is asked nothing any more. */
async function endAll(house: House, people: readonly Crosser[], seen: ReturnType<typeof platforms>): Promise<void> {
  for (const platform of ['discord', 'slack', 'web'] as const) if (!seen.isUp(platform)) await seen.findsAgain(platform)
  await house.clock.advance('2m')
  for (const one of people) {
    Object.assign(one, { channel: null, isInHuddle: false })
    await seen.closesPage(one, 0)
    await seen.tellsVoice(one, 0, 1)
    await seen.tellsHuddle(one, 0)
    await house.says(one.onDiscord, 'focus stopped ago:nothing', place)
    await house.says(one.onDiscord, 'focus stop', place)
    await house.says(one.onSlack, 'room leave')
  }
  await house.clock.advance('5h')
  for (const one of people) await house.says(one.onDiscord, 'focus stopped ago:now', place)
  await house.clock.advance('2m')
}

type Earned = {
  readonly account: string
  readonly what: string | null
  readonly from: number
  readonly to: number
  readonly source: string
}

/** What is credited against the rules in plain arithmetic over who was where; and no moment of anybody counts twice. */
async function compare(house: House): Promise<Crossing> {
  const { db } = house.app
  const problems: string[] = []
  await checkLedger(house.app, false, (line) => problems.push(line))
  const milliseconds = (column: string) => sql`(extract(epoch from ${sql.raw(column)}) * 1000)::float8`
  const list = async <T>(query: ReturnType<typeof sql<T>>): Promise<readonly T[]> => (await query.execute(db)).rows
  const owed = await list(sql<{ what: string }>`
    select 'phase ' || id as what from phase where type = 'work' and ended_at is not null and credited_at is null
    union all select 'solo ' || id from solo_session where state = 'ended' and credited_at is null
    union all select 'stay ' || id from presence_interval where ended_at is null`)
  problems.push(...owed.map(({ what }) => `${what} is still open`))
  const stays = await list(sql<Stay & { solo: string | null }>`
    select i.user_id as account, coalesce(i.room_id::text, case when o.kind = 'afk' or o.state = 'lapsed' then 'afk' else 'lounge' end) as place,
      ${milliseconds('i.started_at')} as from, ${milliseconds('i.ended_at')} as to, i.solo_id as solo
    from presence_interval i left join solo_session o on o.id = i.solo_id where i.ended_at > i.started_at order by i.started_at, i.id`)
  const runs = await list(sql<Run>`
    select p.id as phase, p.room_id as room, ${milliseconds('s.started_at')} as from, ${milliseconds('s.ended_at')} as to
    from phase_span s join phase p on p.id = s.phase_id where p.type = 'work'`)
  const written = await list(sql<Earned>`
    select h.user_id as account, coalesce(h.phase_id, h.solo_id)::text as what, h.source, ${milliseconds('lower(r)')} as from, ${milliseconds('upper(r)')} as to
    from session_history h cross join lateral unnest(h.earned) r where h.session_type = 'work' order by h.user_id, lower(r)`)
  problems.push(...twice(written), ...unlike(creditOf(stays, runs), stays, written))
  const sources = Object.fromEntries([...Map.groupBy(written, ({ source }) => source)].map(([source, all]) => [source, all.length]))
  return { problems, sessions: written.length, sources }
}

const twice = (written: readonly Earned[]): readonly string[] =>
  written.flatMap((one, n) => {
    const next = written[n + 1]
    return next !== undefined && next.account === one.account && next.from < one.to
      ? [`${one.account}: ${one.source} and ${next.source} both count from ${new Date(next.from).toISOString()}`]
      : []
  })

function unlike(
  right: ReturnType<typeof creditOf>,
  stays: readonly (Stay & { readonly solo: string | null })[],
  written: readonly Earned[],
): readonly string[] {
  const said = (account: string, what: string, stretches: readonly (readonly [number, number])[]): string =>
    `${account} ${what} ${stretches.map(([from, to]) => `${new Date(from).toISOString()}/${new Date(to).toISOString()}`).join(' ')}`
  const soloOf = (account: string, what: string): string =>
    stays.find((stay) => stay.account === account && `alone from ${stay.from}` === what)?.solo ?? what
  const due = new Set(right.map(({ account, what, stretches }) => said(account, soloOf(account, what), joined(stretches))))
  const proven = written.filter(({ what }) => what !== null)
  const found = new Set(
    [...Map.groupBy(proven, ({ account, what }) => `${account} ${what}`).values()].map((all) =>
      said(all[0]?.account ?? '', all[0]?.what ?? '', joined(all.map(({ from, to }) => [from, to] as const))),
    ),
  )
  return [
    ...[...due].filter((one) => !found.has(one)).map((one) => `missing: ${one}`),
    ...[...found].filter((one) => !due.has(one)).map((one) => `wrong: ${one}`),
  ]
}

/** Stretches that touch are one. */
function joined(stretches: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const list: [number, number][] = []
  for (const [from, to] of stretches) {
    const last = list.at(-1)
    if (last !== undefined && last[1] === from) last[1] = to
    else list.push([from, to])
  }
  return list
}
