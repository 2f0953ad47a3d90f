import type { Surface } from './deliveries/delivery.ts'
import { noteFault, resolveFault } from './domain/faults/fault.actions.ts'
import { faultyBindings } from './domain/faults/fault.queries.ts'
import { seconds } from './kernel/clock.ts'
import type { App } from './kernel/context.ts'

/** What was found faulty elsewhere is known here after this. */
const rememberedMilliseconds = seconds(10)

/** The surface, with every channel noted into which it can't send, until it can again. */
export function watchFaults(app: App, surface: Surface): Surface {
  let faulty: ReadonlySet<string> = new Set()
  let lookedAt = Number.NEGATIVE_INFINITY

  async function isFaulty(mark: string): Promise<boolean> {
    const now = app.clock.now().getTime()
    if (now - lookedAt >= rememberedMilliseconds) {
      lookedAt = now
      faulty = await app.read((ctx) => faultyBindings(ctx, surface.platform))
    }
    return faulty.has(mark)
  }

  return {
    platform: surface.platform,
    async deliver(delivery, again) {
      const outcome = await surface.deliver(delivery, again)
      if (delivery.kind !== 'panel' && delivery.kind !== 'line') return outcome
      const { kind, binding } = delivery
      const fault = typeof outcome === 'object' && 'gone' in outcome ? outcome.fault : undefined
      if (fault !== undefined) {
        await app.write('clock', null, (tx) => noteFault(tx, binding, kind, fault))
        lookedAt = Number.NEGATIVE_INFINITY
      } else if (outcome === 'sent' && (await isFaulty(`${kind} ${binding}`))) {
        await app.write('clock', null, (tx) => resolveFault(tx, binding, kind))
        lookedAt = Number.NEGATIVE_INFINITY
      }
      return outcome
    },
  }
}
