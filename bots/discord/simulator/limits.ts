/**
 * Rate limits: a bucket per route and major parameter (channel, guild, webhook token), and 50 requests a second for the bot as a whole.
 * Discord publishes the global limit and the headers; the numbers per route are those that it answers with in practice.
 */

export type Window = { readonly limit: number; readonly ms: number }
type Bucket = { used: number; resetAt: number }
export type Limited = { readonly retryAfterMs: number; readonly scope: 'user' | 'global' }
export type Verdict = { readonly headers: Readonly<Record<string, string>>; readonly limited: Limited | null }

const global: Window = { limit: 50, ms: 1000 }

export type Limits = {
  /** `shared` names the bucket as the headers do; `major` is the id that it is counted by. */
  spend(route: { shared: string; major: string; window: Window; global: boolean; sublimit: Window | null }): Verdict
}

export const createLimits = (now: () => number): Limits => {
  const buckets = new Map<string, Bucket>()

  const open = (key: string, window: Window): Bucket => {
    const bucket = buckets.get(key)
    if (bucket && bucket.resetAt > now()) return bucket
    const fresh = { used: 0, resetAt: now() + window.ms }
    if (buckets.size > 50_000) sweep()
    buckets.set(key, fresh)
    return fresh
  }

  const sweep = (): void => {
    for (const [key, bucket] of buckets) if (bucket.resetAt <= now()) buckets.delete(key)
  }

  const exhausted = (bucket: Bucket, window: Window): boolean => bucket.used >= window.limit

  return {
    spend({ shared, major, window, global: countsGlobally, sublimit }) {
      const whole = countsGlobally ? open('global', global) : null
      if (whole && exhausted(whole, global))
        return {
          headers: { 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' },
          limited: { retryAfterMs: whole.resetAt - now(), scope: 'global' },
        }
      const bucket = open(`${shared}:${major}`, window)
      const below = sublimit ? open(`${shared}:${major}:sublimit`, sublimit) : null
      const full = exhausted(bucket, window) ? bucket : below && sublimit && exhausted(below, sublimit) ? below : null
      if (!full) {
        bucket.used += 1
        if (whole) whole.used += 1
        if (below) below.used += 1
      }
      const headers = {
        'x-ratelimit-limit': String(window.limit),
        'x-ratelimit-remaining': String(window.limit - bucket.used),
        'x-ratelimit-reset': (bucket.resetAt / 1000).toFixed(3),
        'x-ratelimit-reset-after': ((bucket.resetAt - now()) / 1000).toFixed(3),
        'x-ratelimit-bucket': shared,
        ...(full ? { 'x-ratelimit-scope': 'user' } : {}),
      }
      return { headers, limited: full ? { retryAfterMs: full.resetAt - now(), scope: 'user' } : null }
    },
  }
}
