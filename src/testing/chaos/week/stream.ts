import { days, hours, minutes, seconds } from '../../../kernel/clock.ts'
import type { Lot } from '../lot.ts'

/** Two rooms, a channel without a room, and the AFK channel, each with how often somebody goes there. */
export const channels = { library: '700', cellar: '701', lounge: '702', afk: '703' } as const
export type ChannelId = (typeof channels)[keyof typeof channels]

/** What Discord says: somebody sits in this channel from now on, or in none. `sequence` counts the moves as they happened. */
export type Move = { readonly sequence: number; readonly at: number; readonly account: string; readonly channel: ChannelId | null }

/** `truth`: what people did. `heard`: what of it reaches us, in the order in which it does, each at `at`. */
export type Stream = { readonly truth: readonly Move[]; readonly heard: readonly Move[] }

const goesTo: readonly (ChannelId | null)[] = [
  channels.library,
  channels.library,
  channels.library,
  channels.cellar,
  channels.cellar,
  channels.lounge,
  channels.lounge,
  channels.afk,
  null,
  null,
]

/** How long somebody stays: mostly long, at times only for a moment, so that gaps of less than a minute come up. */
const stay = (lot: Lot): number => (lot.draw() < 0.35 ? lot.between(seconds(5), minutes(2)) : lot.between(minutes(4), hours(9)))

/** A week of people in voice channels; of what they do a tenth is lost, told twice, or told after what came later. */
export function streamOf(lot: Lot, accounts: readonly string[], start: number): Stream {
  const moves = accounts
    .flatMap((account) => {
      const list: Omit<Move, 'sequence'>[] = []
      let where: ChannelId | null = null
      for (let at = start + lot.between(minutes(1), hours(3)); at < start + days(7); at += stay(lot)) {
        const channel: ChannelId | null = lot.pick(goesTo)
        // Whole seconds: what Discord tells has no finer meaning.
        if (channel !== where) list.push({ at: Math.floor(at / 1000) * 1000, account, channel })
        where = channel
      }
      return list
    })
    .toSorted((a, b) => a.at - b.at)
  const truth = moves.map((move, n) => ({ sequence: n + 1, ...move }))
  const heard: Move[] = []
  const late: { readonly move: Move; readonly after: number }[] = []
  for (const [n, move] of truth.entries()) {
    const luck = lot.draw()
    if (luck < 0.033) continue
    if (luck < 0.066) late.push({ move, after: n + lot.between(1, 4) })
    else heard.push(move)
    if (luck > 0.967) heard.push(move)
    for (const one of late.splice(0)) {
      if (one.after > n) late.push(one)
      else heard.push({ ...one.move, at: move.at })
    }
  }
  return { truth, heard: [...heard, ...late.map(({ move }) => ({ ...move, at: start + days(7) }))] }
}

/** Where everybody really sits at a moment. */
export function sittingAt({ truth }: Stream, at: number): ReadonlyMap<string, ChannelId> {
  const where = new Map<string, ChannelId>()
  for (const { account, channel, at: moved } of truth) {
    if (moved > at) break
    if (channel === null) where.delete(account)
    else where.set(account, channel)
  }
  return where
}
