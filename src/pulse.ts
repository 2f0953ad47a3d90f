import { beat, creditSeen, type Outage, sourceBack } from './domain/presence/outage.actions.ts'
import type { Source } from './domain/presence/source.ts'
import { after, seconds } from './kernel/clock.ts'
import type { App, Tx } from './kernel/context.ts'

/** A connection through which people are seen. */
export type Watch = {
  readonly source: Source
  /** Whether the platform can reach us now. */
  healthy(): boolean
  /** Asks the platform for everybody who can be seen. What it returns is written together with the end of the outage, if there was one. */
  look(): Promise<(tx: Tx, outage: Outage | null) => Promise<void>>
  /** Follows each sign of life, where something is to be compared even while nothing was missed. */
  again?(): Promise<void>
}

const beatMilliseconds = seconds(10)
/** A connection that comes back is looked through within ten seconds. */
const waitMilliseconds = seconds(1)

/** Says that a connection lives, every ten seconds; when it starts or comes back, people are looked for first. Never rejects. */
export function startPulse(app: App, { source, healthy, look, again }: Watch): { stop(): Promise<void> } {
  const stopping = new AbortController()
  let isKnown = false
  async function beatOnce(): Promise<void> {
    if (!healthy()) {
      isKnown = false
      return
    }
    if (isKnown && (await app.write('clock', null, (tx) => beat(tx, source))) === 'alive') return again?.()
    const write = await look()
    await app.write('clock', null, async (tx) => {
      await write(tx, await sourceBack(tx, source))
      await creditSeen(tx, source)
    })
    isKnown = true
  }
  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await beatOnce()
      } catch (err) {
        isKnown = false
        if (!stopping.signal.aborted)
          app.log.error({ err, platform: source.platform }, 'whoever is here could not be looked for; it is tried again')
      }
      await app.clock.sleep(after(app.clock.now(), isKnown ? beatMilliseconds : waitMilliseconds), stopping.signal)
    }
  }
  const running = run()
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}
