/**
 * How a voice server can fail. `no-endpoint`: none is available for the server. `mute`: it takes the connection and says nothing.
 * `no-discovery`: it doesn't answer the question for one's own address. `refused`: it closes the connection with 4006.
 */
export type VoiceTrouble = 'no-endpoint' | 'mute' | 'no-discovery' | 'refused'

export type VoiceTroubles = {
  /** The next `times` attempts to connect fail in this way. */
  failNext(times: number, trouble: VoiceTrouble): void
  /** For the attempt that begins now. */
  take(): VoiceTrouble | null
}

export const createVoiceTroubles = (): VoiceTroubles => {
  const ahead: VoiceTrouble[] = []
  return {
    failNext: (times, trouble) => {
      ahead.push(...Array.from({ length: times }, () => trouble))
    },
    take: () => ahead.shift() ?? null,
  }
}
