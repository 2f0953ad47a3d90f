import { isTransient } from '../../src/db/errors.ts'
import { seeVoice } from '../../src/domain/voice/voice.actions.ts'
import type { VoiceSighting } from '../../src/domain/voice/voice.ts'
import { after, seconds } from '../../src/kernel/clock.ts'
import type { App } from '../../src/kernel/context.ts'

/** People whose sightings are written in one transaction: enough to keep up with twenty thousand a minute, few enough to be quick. */
const batch = 200
const restAfterFailure = seconds(1)

export type Intake = {
  take(sighting: VoiceSighting): void
  /** Whether something of this account is still to be written. */
  awaits(account: string): boolean
  /** Does it between two batches, and says when it is done. */
  between(deed: () => Promise<void>): Promise<void>
  /** Writes what was taken. */
  idle(): Promise<void>
}

/** Sightings on their way into the ledger: in order for each person, many people at once, and none is lost while the database is away. */
export function voiceIntake(app: App, signal: AbortSignal): Intake {
  const waiting = new Map<string, VoiceSighting[]>()
  const deeds: (() => Promise<void>)[] = []
  let working: Promise<void> | null = null

  const work = (): Promise<void> => {
    working ??= run().finally(() => {
      working = null
    })
    return working
  }

  async function run(): Promise<void> {
    // What is said in one go is written in one go.
    await Promise.resolve()
    while (deeds.length > 0 || waiting.size > 0) {
      for (const deed of deeds.splice(0)) await deed()
      if (waiting.size > 0) await write(next())
    }
  }

  /** The first sighting of each of the people who wait longest. */
  function next(): readonly VoiceSighting[] {
    const chosen: VoiceSighting[] = []
    const later: [string, VoiceSighting[]][] = []
    for (const [account, [first, ...rest]] of waiting) {
      if (chosen.length === batch) break
      waiting.delete(account)
      if (first !== undefined) chosen.push(first)
      if (rest.length > 0) later.push([account, rest])
    }
    for (const [account, rest] of later) waiting.set(account, rest)
    return chosen
  }

  async function write(sightings: readonly VoiceSighting[]): Promise<void> {
    for (;;) {
      try {
        await app.write('clock', null, (tx) => seeVoice(tx, sightings))
        return
      } catch (err) {
        if (isTransient(err)) {
          app.log.warn({ err, people: sightings.length }, 'voice states could not be written; trying again')
          if (signal.aborted) return
          await app.clock.sleep(after(app.clock.now(), restAfterFailure), signal)
        } else if (sightings.length > 1) {
          for (const one of sightings) await write([one])
          return
        } else {
          app.log.error({ err, server: sightings[0]?.server }, 'a voice state could not be written')
          return
        }
      }
    }
  }

  return {
    take(sighting) {
      waiting.set(sighting.account, [...(waiting.get(sighting.account) ?? []), sighting])
      void work()
    },
    awaits: (account) => waiting.has(account),
    between(deed) {
      const done = Promise.withResolvers<void>()
      deeds.push(() => deed().then(done.resolve, done.reject))
      void work()
      return done.promise
    },
    idle: () => working ?? Promise.resolve(),
  }
}
