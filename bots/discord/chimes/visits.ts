import { after, minutes } from '../../../src/kernel/clock.ts'

/** Discord takes 120 messages a minute from a shard of ours. A visit to a voice channel costs two: to come and to go. */
const visitsPerMinute = 50

/** Counts visits by shard, so that a full hour in a thousand servers doesn't hold up everything else that a shard has to say. */
export function countVisits(now: () => Date): { may(shard: number): boolean } {
  const made = new Map<number, Date[]>()
  return {
    may(shard) {
      const since = after(now(), -minutes(1))
      const recent = (made.get(shard) ?? []).filter((at) => at > since)
      const isFree = recent.length < visitsPerMinute
      made.set(shard, isFree ? [...recent, now()] : recent)
      return isFree
    },
  }
}
