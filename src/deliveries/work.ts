import { setTimeout as wait } from 'node:timers/promises'
import { seconds } from '../kernel/clock.ts'
import type { App } from '../kernel/context.ts'
import type { Delivery, Outcome, Surface } from './delivery.ts'
import type { StopWork } from './queue.ts'
import { deliveryKinds, deliveryQueue, jobsOf } from './queues.ts'
import type { Job } from './worker.ts'

/** A delay that the platform asks for is waited out inside the job up to here; a longer one frees the worker. */
const longestWaitMilliseconds = seconds(30)
const concurrency = 4
const handOnMilliseconds = 100

/** Lets a surface work the queues of its platform, until the returned stop. What is gone
 * is told to the log, and a notice moves on; a thrown bug is tried again. */
export async function workDeliveries(app: App, surface: Surface): Promise<StopWork> {
  const stops: StopWork[] = []
  for (const kind of deliveryKinds) {
    const stop = await app.queue.work<Delivery>(
      deliveryQueue(surface.platform, kind),
      { concurrency: kind === 'takedown' ? 1 : concurrency, batch: 2 },
      async (job) => {
        const outcome = await patiently(surface, job)
        if (outcome === 'sent') return undefined
        if (outcome === 'elsewhere') return handOn(app, surface.platform, job.data)
        if ('retryAfter' in outcome) return { later: outcome.retryAfter }
        app.log.info({ platform: surface.platform, kind, why: outcome.gone }, 'nobody to deliver to')
        if (job.data.kind === 'notice') await tryElsewhere(app, surface.platform, job.data)
        return undefined
      },
    )
    stops.push(stop)
  }
  return async () => {
    await Promise.all(stops.map((stop) => stop()))
  }
}

/** Another process may take it next; the pause leaves it time to do so. */
async function handOn(app: App, platform: Surface['platform'], delivery: Delivery): Promise<undefined> {
  await wait(handOnMilliseconds)
  await app.write('clock', null, (tx) => tx.queue.insert(tx.db, jobsOf([{ platform, delivery }])))
}

/** Whoever can't be told here is told on another of their platforms, in the order in which they came to them. */
async function tryElsewhere(app: App, here: Surface['platform'], notice: Extract<Delivery, { kind: 'notice' }>): Promise<void> {
  const tried = [...(notice.tried ?? []), here]
  await app.write('clock', null, async (tx) => {
    const next = await tx.db
      .selectFrom('identity')
      .select('platform')
      .where('user_id', '=', notice.person)
      .where('platform', 'not in', tried as Surface['platform'][])
      .orderBy('created_at')
      .executeTakeFirst()
    if (next !== undefined) await tx.queue.insert(tx.db, jobsOf([{ platform: next.platform, delivery: { ...notice, tried } }]))
  })
}

async function patiently(surface: Surface, { data, attempt, signal }: Job<Delivery>): Promise<Outcome | 'elsewhere'> {
  let left = longestWaitMilliseconds
  for (;;) {
    const outcome = await surface.deliver(data, attempt > 1)
    if (typeof outcome === 'string' || 'gone' in outcome || outcome.retryAfter > left || signal.aborted) return outcome
    left -= Math.max(outcome.retryAfter, 100)
    await wait(outcome.retryAfter, undefined, { signal })
  }
}
