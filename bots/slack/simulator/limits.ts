/** Slack's tiers: calls a minute per method and workspace (https://docs.slack.dev/apis/web-api/rate-limits). */
export type Tier = 1 | 2 | 3 | 4 | 'special'

const PER_MINUTE: Readonly<Record<Tier, number>> = { 1: 1, 2: 20, 3: 50, 4: 100, special: 600 }
/** Calls that may come at once before the rate holds. Slack names no figure; tier 1 is given enough to open the ten sockets an app may have. */
const BURST: Readonly<Record<Tier, number>> = { 1: 12, 2: 20, 3: 50, 4: 100, special: 600 }
/** Messages to one channel: one a second, short bursts allowed. */
const CHANNEL = { perSecond: 1, burst: 3 }

export type Limits = {
  /** Whole seconds to wait before this call may be made, 0 when it is allowed (and counted). */
  waitForMethod(method: string, team: string, tier: Tier): number
  /** The same for a message to a channel. */
  waitForChannel(channel: string): number
  /** Switches the rates off, as benches do, or on again. */
  enforce(on: boolean): void
}

export function createLimits(now: () => number, enforced: boolean): Limits {
  const buckets = new Map<string, { left: number; at: number }>()
  let on = enforced

  /** Takes one from a bucket that refills with `perSecond` up to `burst`. */
  const take = (key: string, perSecond: number, burst: number): number => {
    if (!on) return 0
    const at = now()
    const bucket = buckets.get(key) ?? { left: burst, at }
    const left = Math.min(burst, bucket.left + Math.max(0, (at - bucket.at) / 1000) * perSecond)
    const allowed = left >= 1
    buckets.set(key, { left: allowed ? left - 1 : left, at })
    return allowed ? 0 : Math.max(1, Math.ceil((1 - left) / perSecond))
  }

  return {
    waitForMethod: (method, team, tier) => take(`${team}/${method}`, PER_MINUTE[tier] / 60, BURST[tier]),
    waitForChannel: (channel) => take(channel, CHANNEL.perSecond, CHANNEL.burst),
    enforce: (to) => {
      on = to
      buckets.clear()
    },
  }
}
