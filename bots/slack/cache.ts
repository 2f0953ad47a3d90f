import { after } from '../../src/kernel/clock.ts'

/** Remembers what was looked up for a while. At most `most` entries: the oldest go first. */
export type Cache<T> = {
  fresh(key: string): T | null
  stale(key: string): T | null
  keep(key: string, value: T): void
  forget(key: string): void
}

export function createCache<T>(now: () => Date, milliseconds: number, most: number): Cache<T> {
  const entries = new Map<string, { readonly value: T; readonly until: Date }>()
  return {
    fresh: (key) => {
      const entry = entries.get(key)
      return entry !== undefined && entry.until > now() ? entry.value : null
    },
    /** The last known value, however old. */
    stale: (key) => entries.get(key)?.value ?? null,
    keep: (key, value) => {
      entries.delete(key)
      entries.set(key, { value, until: after(now(), milliseconds) })
      const oldest = entries.keys().next()
      if (entries.size > most && !oldest.done) entries.delete(oldest.value)
    },
    forget: (key) => {
      entries.delete(key)
    },
  }
}
