/**
 * Whispers between processes: what changed, never what it is. One may be lost, so nobody relies on it; whoever hears one
 * looks for themselves. Topics are `room:<uuid>` and `person:<uuid>`.
 */
export type Bus = {
  whisper(topics: readonly string[]): Promise<void>
  /** @returns how to stop listening */
  listen(topic: string, hear: () => void): () => void
  close(): Promise<void>
}

/** Who listens to which topic in this process. */
export function ears(): { readonly listen: Bus['listen']; tell(topic: string): void } {
  const listeners = new Map<string, Set<() => void>>()
  return {
    listen(topic, hear) {
      const heard = listeners.get(topic) ?? new Set()
      listeners.set(topic, heard.add(hear))
      return () => {
        heard.delete(hear)
        if (heard.size === 0) listeners.delete(topic)
      }
    },
    tell(topic) {
      for (const hear of listeners.get(topic) ?? []) hear()
    },
  }
}
