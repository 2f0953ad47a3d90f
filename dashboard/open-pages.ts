import { askWhoWasSeen } from '../src/domain/presence/asked.actions.ts'
import { leaveLostPages } from '../src/domain/presence/page.actions.ts'
import { appear, stepAway } from '../src/domain/presence/presence.actions.ts'
import type { Source } from '../src/domain/presence/source.ts'
import { after, seconds } from '../src/kernel/clock.ts'
import type { App, Tx } from '../src/kernel/context.ts'
import { newId, type PersonId, type RoomId, type WorkspaceId } from '../src/kernel/ids.ts'
import type { Watch } from '../src/pulse.ts'

/** A page of a room that somebody has open, and from which workspace they signed in. */
export type OpenPage = { readonly person: PersonId; readonly room: RoomId; readonly workspace: WorkspaceId }

/** Browsers open a lost stream again within seconds; whoever is not back after this long has gone. */
const returnMilliseconds = seconds(15)

/**
 * Who has the page of the room open in which they have a seat: that is how the web sees people. It costs a write when the first
 * page opens and when the last one closes, and nothing in between.
 */
export function createOpenPages(app: App) {
  const open = new Map<string, { readonly page: OpenPage; streams: number }>()
  const keyOf = ({ person, room }: Pick<OpenPage, 'person' | 'room'>) => `${person} ${room}`
  const process = newId<string>()
  const source: Source = { platform: 'web', shard: 0, shardCount: 1, process }
  let isClosing = false

  const prove = ({ person, room, workspace }: OpenPage): Promise<void> =>
    app.write('clock', null, (tx) => appear(tx, { person, room, workspace, evidence: 'web', channel: process }))

  /** Other processes may have the same page open, and say so when they hear of it. */
  async function leave({ person, room }: OpenPage): Promise<void> {
    if (isClosing) return
    await app.write('clock', null, (tx) => stepAway(tx, { person, room }, 'web'))
    await app.bus.whisper([`person:${person}`])
  }

  /** People whose pages were found open in no process: a process that has one open after all hears of it with the next sign of life. */
  const lost = new Set<PersonId>()
  const isOpen = { has: (seat: Pick<OpenPage, 'person' | 'room'>) => open.has(keyOf(seat)) }

  async function sweep(tx: Tx, lastSeen: Date, isNew: boolean): Promise<void> {
    for (const person of await leaveLostPages(tx, process, isOpen, lastSeen, isNew)) lost.add(person)
  }

  return {
    source,
    /** A page was opened. Returns what to do when it closes. */
    enter: async (page: OpenPage): Promise<() => Promise<void>> => {
      const key = keyOf(page)
      const entry = open.get(key) ?? { page, streams: 0 }
      entry.streams += 1
      open.set(key, entry)
      await prove(page)
      return async () => {
        entry.streams -= 1
        if (entry.streams > 0) return
        open.delete(key)
        await leave(page)
      }
    },
    /** Something of the person changed, who has this page open: they may have a seat now, or another page of theirs closed. */
    prove,
    /** From now on closing streams mean that we stop, not that people leave: the pages come back to the next process. */
    close: (): void => {
      isClosing = true
    },
    /** After a start: whoever does not come back was there until the pages were last up. */
    look:
      (signal: AbortSignal): Watch['look'] =>
      async () => {
        await app.clock.sleep(after(app.clock.now(), returnMilliseconds), signal)
        const back = [...open.values()].map(({ page }) => page)
        return async (tx, outage) => {
          for (const page of back) await appear(tx, { ...page, evidence: 'web', channel: process })
          await sweep(tx, outage?.lastSeen ?? tx.now, true)
          if (outage !== null) await askWhoWasSeen(tx, outage.id)
        }
      },
    /** With every sign of life: another process may have died, and a page may have closed while the database was away. */
    again: async (): Promise<void> => {
      await app.write('clock', null, (tx) => sweep(tx, tx.now, false))
      await app.bus.whisper([...lost].map((person) => `person:${person}`))
      lost.clear()
    },
  }
}

export type OpenPages = ReturnType<typeof createOpenPages>
