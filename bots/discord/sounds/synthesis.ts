/** The chimes as waves, made of nothing but sines: no recording of anybody's is in them. */

export const sampleRate = 48_000

/** One ringing component: its pitch against the note's, its loudness, and after how many seconds a tenth of it is left. */
type Partial = { readonly ratio: number; readonly level: number; readonly fades: number }
type Instrument = {
  readonly partials: readonly Partial[]
  /** Seconds until it is at its loudest. */
  readonly attack: number
  /** Two notes this far apart (Hz) beat slowly against each other; 0 for none. */
  readonly beating: number
}
type Note = { readonly at: number; readonly pitch: number; readonly level: number }

const partial = (ratio: number, level: number, fades: number): Partial => ({ ratio, level, fades })

const instruments = {
  /** A small bell: a hum below, a minor third and a fifth above. */
  bell: {
    partials: [
      partial(0.5, 0.3, 1.6),
      partial(1, 1, 1.3),
      partial(1.19, 0.35, 0.9),
      partial(1.5, 0.25, 0.7),
      partial(2, 0.5, 0.6),
      partial(3.01, 0.18, 0.3),
      partial(4.1, 0.08, 0.15),
    ],
    attack: 0.004,
    beating: 0,
  },
  /** A singing bowl: few tones, a soft beginning, a slow beat. */
  bowl: {
    partials: [partial(1, 1, 2.2), partial(2.71, 0.35, 1.2), partial(5.15, 0.1, 0.5)],
    attack: 0.03,
    beating: 2.2,
  },
  /** A bar of wood with a resonator, as a marimba has it: short and dry. */
  wood: {
    partials: [partial(1, 1, 0.4), partial(3.98, 0.3, 0.12), partial(9.9, 0.12, 0.04)],
    attack: 0.002,
    beating: 0,
  },
} as const satisfies Readonly<Record<string, Instrument>>

const [c4, g4, c5, e5, g5, c6] = [261.63, 392, 523.25, 659.26, 783.99, 1046.5]

/** Up where focus begins, down where a break does, one light note as a warning. */
const tunes = {
  bell: {
    focus: [
      { at: 0, pitch: e5, level: 0.8 },
      { at: 0.28, pitch: g5, level: 1 },
    ],
    break: [
      { at: 0, pitch: g5, level: 0.9 },
      { at: 0.32, pitch: c5, level: 0.9 },
    ],
    warning: [{ at: 0, pitch: c6, level: 0.6 }],
  },
  bowl: {
    focus: [
      { at: 0, pitch: c4, level: 0.8 },
      { at: 0.45, pitch: g4, level: 1 },
    ],
    break: [
      { at: 0, pitch: g4, level: 0.9 },
      { at: 0.45, pitch: c4, level: 1 },
    ],
    warning: [{ at: 0, pitch: g4, level: 0.6 }],
  },
  wood: {
    focus: [
      { at: 0, pitch: c5, level: 0.8 },
      { at: 0.16, pitch: e5, level: 0.9 },
      { at: 0.32, pitch: g5, level: 1 },
    ],
    break: [
      { at: 0, pitch: g5, level: 0.9 },
      { at: 0.18, pitch: c5, level: 1 },
    ],
    warning: [
      { at: 0, pitch: g5, level: 0.6 },
      { at: 0.14, pitch: g5, level: 0.5 },
    ],
  },
} as const satisfies Readonly<Record<keyof typeof instruments, Readonly<Record<string, readonly Note[]>>>>

export type Sound = keyof typeof tunes
export type Moment = keyof (typeof tunes)[Sound]

/** Seconds of each instrument's chimes. */
const lengths: Readonly<Record<Sound, number>> = { bell: 1.7, bowl: 2, wood: 0.9 }
/** Seconds in which the end fades to nothing. */
const fadeOut = 0.25
/** The loudest sample of a chime at full volume. */
const peak = 0.6

/** Samples between -1 and 1, in mono. */
export function waveOf(sound: Sound, moment: Moment): Float64Array {
  const wave = new Float64Array(Math.round(lengths[sound] * sampleRate))
  for (const note of tunes[sound][moment]) strike(wave, instruments[sound], note)
  const loudest = wave.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  const loudness = Math.max(...tunes[sound][moment].map(({ level }) => level))
  const fading = fadeOut * sampleRate
  return wave.map((sample, index) => (sample / loudest) * peak * loudness * Math.min(1, (wave.length - index) / fading))
}

function strike(wave: Float64Array, { partials, attack, beating }: Instrument, { at, pitch, level }: Note): void {
  const first = Math.round(at * sampleRate)
  for (const { ratio, level: share, fades } of partials) {
    for (let index = first; index < wave.length; index += 1) {
      const seconds = (index - first) / sampleRate
      const envelope = Math.min(1, seconds / attack) * 10 ** (-seconds / fades)
      const turn = 2 * Math.PI * seconds
      const tone = Math.sin(turn * pitch * ratio)
      const beat = beating === 0 ? tone : (tone + Math.sin(turn * (pitch * ratio + beating))) / 2
      wave[index] = (wave[index] ?? 0) + beat * envelope * share * level
    }
  }
}
