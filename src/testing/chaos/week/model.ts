import type { ChannelId } from './stream.ts'

/**
 * The rules of domain.md, section 0, once more in plain arithmetic that shares nothing with the product: who was where is worked out
 * from what was heard, and credit from that. Times are milliseconds.
 */

/** What a process wrote down as heard, in the order of its commits: a look at everybody after it came back, or one person. */
export type Heard =
  | { readonly kind: 'back'; readonly at: number; readonly lastSeen: number | null; readonly sitting: readonly string[] }
  | { readonly kind: 'seen'; readonly at: number; readonly account: string; readonly channel: ChannelId | null }

/** A room by its channel, `lounge` where voice counts without a room, `afk`, or nowhere. */
export type PlaceOf = (channel: ChannelId | null) => string | null

export type Stay = { readonly account: string; readonly place: string; readonly from: number; to: number }
type Open = { readonly place: string; readonly from: number; away: number | null }

const isRoom = (place: string): boolean => place !== 'lounge' && place !== 'afk'
const minute = 60_000

/** Every stay that was recorded, in the end all closed. */
export function staysOf(heard: readonly Heard[], placeOf: PlaceOf, end: number): readonly Stay[] {
  const open = new Map<string, Open[]>()
  const stays: Stay[] = []
  const of = (account: string): Open[] => {
    const list = open.get(account) ?? []
    open.set(account, list)
    return list
  }
  const close = (account: string, one: Open, to: number): void => {
    open.set(
      account,
      of(account).filter((other) => other !== one),
    )
    stays.push({ account, place: one.place, from: one.from, to: Math.max(one.from, to) })
  }
  const closeLeft = (account: string, at: number): void => {
    for (const one of of(account)) if (one.away !== null && at - one.away >= minute) close(account, one, one.away)
  }
  const see = (account: string, channel: ChannelId | null, at: number): void => {
    closeLeft(account, at)
    const place = placeOf(channel)
    const same = of(account).find((one) => one.place === place)
    for (const one of of(account)) if (one !== same) one.away ??= at
    if (same !== undefined) same.away = null
    else if (place !== null) {
      // One room at a time, and no time alone beside it.
      if (isRoom(place)) for (const one of of(account)) close(account, one, one.away ?? at)
      of(account).push({ place, from: at, away: null })
    }
  }
  for (const one of heard) {
    if (one.kind === 'seen') {
      see(one.account, one.channel, one.at)
      continue
    }
    const { at, lastSeen, sitting } = one
    if (lastSeen === null) continue
    const isLong = at - lastSeen >= 15 * minute
    for (const account of open.keys()) {
      for (const stay of of(account)) {
        if (isLong) close(account, stay, Math.min(stay.away ?? lastSeen, lastSeen))
        else if (!sitting.includes(account)) stay.away ??= lastSeen
      }
    }
  }
  for (const account of open.keys()) for (const one of of(account)) close(account, one, one.away ?? end)
  return stays
}

export type Run = { readonly phase: string; readonly room: string; readonly from: number; readonly to: number }
export type Credit = { readonly account: string; readonly what: string; readonly stretches: readonly (readonly [number, number])[] }

/** Moment by moment, the stay that was opened first earns, of those in which focus runs. From a minute on it counts. */
export function creditOf(stays: readonly Stay[], runs: readonly Run[]): readonly Credit[] {
  const credits: Credit[] = []
  for (const [account, mine] of Map.groupBy(stays, (stay) => stay.account)) {
    const cuts = [...new Set([...mine.flatMap(({ from, to }) => [from, to]), ...runs.flatMap(({ from, to }) => [from, to])])].toSorted(
      (a, b) => a - b,
    )
    const earned = new Map<string, [number, number][]>()
    for (const [n, from] of cuts.entries()) {
      const to = cuts[n + 1]
      if (to === undefined) break
      const what = earningAt(mine, runs, from, to)
      if (what === null) continue
      const list = earned.get(what) ?? []
      earned.set(what, [...list, [from, to]])
    }
    for (const [what, stretches] of earned) {
      const length = stretches.reduce((sum, [from, to]) => sum + to - from, 0)
      if (length >= minute) credits.push({ account, what, stretches })
    }
  }
  return credits
}

function earningAt(mine: readonly Stay[], runs: readonly Run[], from: number, to: number): string | null {
  const here = mine.filter((stay) => stay.from <= from && stay.to >= to && stay.place !== 'afk').toSorted((a, b) => a.from - b.from)
  for (const stay of here) {
    if (stay.place === 'lounge') return `alone from ${stay.from}`
    const run = runs.find((one) => one.room === stay.place && one.from <= from && one.to >= to)
    if (run !== undefined) return run.phase
  }
  return null
}

/** Seconds by own day: it begins at four in the morning of the zone. */
export function daysOf(credits: readonly Credit[], zoneOf: (account: string) => string): ReadonlyMap<string, number> {
  const days = new Map<string, number>()
  for (const { account, stretches } of credits) {
    const local = new Intl.DateTimeFormat('en-CA', { timeZone: zoneOf(account), dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' })
    for (const [from, to] of stretches) {
      for (let at = from; at < to; at = Math.min(to, (Math.floor(at / minute) + 1) * minute)) {
        const until = Math.min(to, (Math.floor(at / minute) + 1) * minute)
        const [date = '', time = ''] = local.format(at).split(', ')
        const night = Number(time.slice(0, 2)) < 4
        const day = night ? new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10) : date
        const key = `${account} ${day}`
        days.set(key, (days.get(key) ?? 0) + (until - at) / 1000)
      }
    }
  }
  return days
}
