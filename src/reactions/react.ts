import { jobsOf } from '../deliveries/queues.ts'
import { reactionQueue } from '../events/emit.ts'
import type { EventType, Told } from '../events/event.ts'
import type { App, Tx } from '../kernel/context.ts'
import type { PersonId } from '../kernel/ids.ts'
import { type Reaction, reactions } from './index.ts'

const batch = 200

/** Works the queue of events: what follows from them and their completion commit together. */
export async function workReactions(app: App): Promise<void> {
  await app.queue.workInTransaction<Told>(reactionQueue, { concurrency: 2, batch }, async (db, jobs) => {
    const events = jobs.map(({ data }) => data)
    const tx: Tx = { db, now: app.clock.now(), actor: 'clock', place: null, web: app.config.publicUrl, queue: app.queue }
    await react(tx, events)
    await app.bus.whisper(topicsOf(events))
  })
}

async function react(tx: Tx, events: readonly Told[]): Promise<void> {
  const deliveries = []
  for (const [type, group] of Map.groupBy(events, (event) => event.type)) {
    for (const reaction of reactions[type] as readonly Reaction<EventType>[]) deliveries.push(...(await reaction(tx, group)))
  }
  await tx.queue.insert(tx.db, jobsOf(deliveries))
}

/** Whom a change may concern: those who look at the room, and those who entered or left it. */
function topicsOf(events: readonly Told[]): readonly string[] {
  const people = events.flatMap((event) => ('person' in event ? [event.person as PersonId] : []))
  const rooms = events.flatMap(({ room }) => (room === null ? [] : [`room:${room}`]))
  return [...new Set([...rooms, ...people.map((person) => `person:${person}`)])]
}
