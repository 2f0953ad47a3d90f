import type { Json } from './json.ts'

/** How a call goes wrong: an HTTP status, a 429, a Slack error code, a cut connection, an answer lost after the deed was done, or slowness. */
export type Fault =
  | { readonly status: number }
  | { readonly ratelimited: number }
  | { readonly error: string }
  | { readonly cut: 'before' | 'after' }
  | { readonly delayMs: number }

/** Which calls: by method name (response_url for posts to one), by what they say, and how many of them (1). */
type FaultPlan = {
  readonly method?: string | RegExp
  readonly when?: (args: Json) => boolean
  readonly times?: number
  readonly fault: Fault
}

export type Faults = {
  /** The next calls that match go wrong. */
  next(plan: FaultPlan): void
  /** Forgets all plans. */
  clear(): void
  /** The fault due for this call, counted as used; null when it goes well. */
  due(method: string, args: Json): Fault | null
}

export function createFaults(): Faults {
  let plans: { readonly plan: FaultPlan; left: number }[] = []
  const matches = (plan: FaultPlan, method: string, args: Json): boolean => {
    const named = plan.method === undefined || (typeof plan.method === 'string' ? plan.method === method : plan.method.test(method))
    return named && (plan.when === undefined || plan.when(args))
  }
  return {
    next: (plan) => {
      plans.push({ plan, left: plan.times ?? 1 })
    },
    clear: () => {
      plans = []
    },
    due: (method, args) => {
      const found = plans.find((one) => matches(one.plan, method, args))
      if (!found) return null
      found.left -= 1
      if (found.left <= 0) plans = plans.filter((one) => one !== found)
      return found.plan.fault
    },
  }
}
