import { setTimeout as wait } from 'node:timers/promises'
import { seconds } from '../kernel/clock.ts'
import type { App } from '../kernel/context.ts'
import type { Delivery, Outcome, Surface } from './delivery.ts'
import type { StopWork } from './queue.ts'
import { deliveryKinds, deliveryQueue } from './queues.ts'
import type { Job } from './worker.ts'

/** A delay that the platform asks for is waited out inside the job up to here; a longer one frees the worker. */
const longestWaitMilliseconds = seconds(30)
const concurrency = 4

/** Lets a surface work the queues of its platform, until the returned stop. What is gone is told to the log and dropped; a thrown bug is tried again. */
export async function workDeliveries(app: App, surface: Surface): Promise<StopWork> {
  const stops: StopWork[] = []
  for (const kind of deliveryKinds) {
    const stop = await app.queue.work<Delivery>(
      deliveryQueue(surface.platform, kind),
      { concurrency: kind === 'takedown' ? 1 : concurrency, batch: 2 },
      async (job) => {
        const outcome = await patiently(surface, job)
        if (outcome === 'sent') return undefined
        if ('retryAfter' in outcome) return { later: outcome.retryAfter }
        app.log.info({ platform: surface.platform, kind, why: outcome.gone }, 'nobody to deliver to')
        return undefined
      },
    )
    stops.push(stop)
  }
  return async () => {
    await Promise.all(stops.map((stop) => stop()))
  }
}

async function patiently(surface: Surface, { data, attempt, signal }: Job<Delivery>): Promise<Outcome> {
  let left = longestWaitMilliseconds
  for (;;) {
    const outcome = await surface.deliver(data, attempt > 1)
    if (outcome === 'sent' || 'gone' in outcome || outcome.retryAfter > left || signal.aborted) return outcome
    left -= Math.max(outcome.retryAfter, 100)
    await wait(outcome.retryAfter, undefined, { signal })
  }
}
