import { setTimeout as pause } from 'node:timers/promises'
import type { Message, View } from './world.ts'

/** Something the app did that somebody can see. `via` is the trigger_id or response_url it was done through, if any. */
export type Deed = {
  readonly what: 'posted' | 'updated' | 'deleted' | 'opened' | 'redrawn' | 'published'
  readonly team: string
  readonly channel: string | null
  /** The only person who sees it; null when the whole channel does. */
  readonly user: string | null
  readonly message: Message | null
  readonly view: View | null
  readonly via: string | null
}

/** Tells those who wait for something to be seen. */
export type Deeds = {
  announce(deed: Deed): void
  /** Calls back for each deed until the returned function is called. */
  watch(onDeed: (deed: Deed) => void): () => void
  /** Resolves when `holds` does; rejects after `withinMs`. */
  until(holds: () => boolean, withinMs?: number): Promise<void>
}

const LOOK_AGAIN_MS = 5

export function createDeeds(): Deeds {
  const watchers = new Set<(deed: Deed) => void>()
  return {
    announce: (deed) => {
      for (const watcher of [...watchers]) watcher(deed)
    },
    watch: (onDeed) => {
      watchers.add(onDeed)
      return () => watchers.delete(onDeed)
    },
    until: async (holds, withinMs = 3000) => {
      const late = performance.now() + withinMs
      while (!holds()) {
        if (performance.now() > late) throw new Error(`not so within ${withinMs} ms: ${holds}`)
        await pause(LOOK_AGAIN_MS)
      }
    },
  }
}
