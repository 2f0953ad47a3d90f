import { readFileSync } from 'node:fs'
import { framesOf } from './ogg.ts'

export const sounds = ['bell', 'bowl', 'wood'] as const
export const moments = ['focus', 'break', 'warning'] as const
/** In percent: how loud each chime is kept. */
export const volumes = [20, 40, 60, 80, 100] as const
export type Sound = (typeof sounds)[number]
export type Moment = (typeof moments)[number]
type Volume = (typeof volumes)[number]

/** Opus frames of 20 ms. */
export type Chime = readonly Buffer[]

export const soundFile = (sound: Sound, moment: Moment, volume: Volume): URL =>
  new URL(`../sounds/${sound}-${moment}-${volume}.ogg`, import.meta.url)

/** Read when first wanted, and kept: all of them together are a few hundred kilobytes. */
const known = new Map<string, Chime>()

/** The chime in the volume nearest to the one wanted (percent). */
export function chimeOf(sound: Sound, moment: Moment, wanted: number): Chime {
  const volume = nearest(wanted)
  const key = `${sound} ${moment} ${volume}`
  const chime = known.get(key) ?? framesOf(readFileSync(soundFile(sound, moment, volume)))
  known.set(key, chime)
  return chime
}

const nearest = (wanted: number): Volume =>
  volumes.reduce<Volume>((best, volume) => (Math.abs(volume - wanted) < Math.abs(best - wanted) ? volume : best), volumes[0])
