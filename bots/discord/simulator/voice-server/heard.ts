/** What people in voice channels heard, frame by frame. */

/** One stretch of sound: it ends with silence. */
export type Utterance = {
  readonly channelId: string
  /** Opus frames as they were spoken, without those of silence at the end. */
  readonly frames: Buffer[]
  /** Frames that came and could not be opened. */
  garbled: number
  over: boolean
}

/** The frame that speakers send before they fall silent. */
const silence = Buffer.from([0xf8, 0xff, 0xfe])
export const isSilence = (frame: Buffer): boolean => frame.equals(silence)

export type Ears = {
  /** Null for a frame that could not be opened. */
  hear(listener: string, channelId: string, frame: Buffer | null): void
  heardBy(listener: string): readonly Utterance[]
}

export const createEars = (): Ears => {
  const heard = new Map<string, Utterance[]>()
  const current = (listener: string, channelId: string): Utterance => {
    const all = heard.get(listener) ?? []
    heard.set(listener, all)
    const last = all.at(-1)
    if (last && !last.over && last.channelId === channelId) return last
    const next = { channelId, frames: [], garbled: 0, over: false }
    all.push(next)
    return next
  }
  return {
    hear: (listener, channelId, frame) => {
      if (frame !== null && isSilence(frame)) {
        const last = heard.get(listener)?.at(-1)
        if (last) last.over = true
        return
      }
      const utterance = current(listener, channelId)
      if (frame === null) utterance.garbled += 1
      else utterance.frames.push(frame)
    },
    heardBy: (listener) => heard.get(listener) ?? [],
  }
}
