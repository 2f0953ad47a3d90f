/** Discord's ids: milliseconds since 2015 in the upper 42 bits, a counter in the lower 22. */

const epoch = 1_420_070_400_000

/** Gives ids that only grow, also while `now` (milliseconds) stands still. */
export const snowflakes = (now: () => number): (() => string) => {
  let last = 0n
  return () => {
    const earliest = BigInt(Math.max(0, now() - epoch)) << 22n
    last = earliest > last ? earliest : last + 1n
    return last.toString()
  }
}

/** Guild ids a millisecond apart, so that shards (which are chosen by the millisecond) get equal shares. */
export const guildIds = (): (() => string) => {
  let millisecond = 0n
  return () => {
    millisecond += 1n
    return (((100_000_000_000n + millisecond) << 22n) | 1n).toString()
  }
}

/** The shard that hears of a guild; direct messages belong to shard 0. */
export const shardOf = (guildId: string | null, shards: number): number =>
  guildId === null ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(shards))
