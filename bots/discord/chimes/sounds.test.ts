import { readdirSync } from 'node:fs'
import { Decoder } from '@evan/opus'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { framesOf, oggOf } from './ogg.ts'
import { chimeOf, moments, soundFile, sounds, volumes } from './sounds.ts'

const all = sounds.flatMap((sound) => moments.map((moment) => [sound, moment] as const))

/** Samples between -1 and 1. */
function played(frames: readonly Buffer[]): number[] {
  const decoder = new Decoder({ channels: 1, sample_rate: 48_000 })
  return frames.flatMap((frame) => {
    const bytes = decoder.decode(frame)
    return Array.from(new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2), (sample) => sample / 32_768)
  })
}

const loudest = (samples: readonly number[]): number => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)

describe.each(all)('%s, %s', (sound, moment) => {
  const waves = volumes.map((volume) => played(chimeOf(sound, moment, volume)))

  test('is at most 2 s long, in frames of 20 ms', () => {
    for (const [index, volume] of volumes.entries()) {
      expect(waves[index]).toHaveLength(chimeOf(sound, moment, volume).length * 960)
      expect(waves[index]?.length).toBeLessThanOrEqual(2 * 48_000)
    }
  })

  test('grows with the volume, is never cut off at full loudness, and ends in quiet', () => {
    const peaks = waves.map(loudest)
    expect(peaks).toEqual(peaks.toSorted((a, b) => a - b))
    expect(new Set(peaks.map((peak) => peak.toFixed(2))).size).toBe(volumes.length)
    expect(peaks.at(-1)).toBeLessThan(0.8)
    expect(loudest(waves.at(-1)?.slice(-480) ?? [])).toBeLessThan(0.02)
  })
})

test('no two sounds are the same', () => {
  expect(new Set(all.map(([sound, moment]) => Buffer.concat(chimeOf(sound, moment, 60)).toString('hex'))).size).toBe(all.length)
})

test('the nearest volume is taken', () => {
  for (const [wanted, taken] of [
    [1, 20],
    [31, 40],
    [60, 60],
    [69, 60],
    [71, 80],
    [100, 100],
  ] as const)
    expect(chimeOf('bell', 'focus', wanted)).toBe(chimeOf('bell', 'focus', taken))
})

test('there is a file for each and none besides', () => {
  const files = readdirSync(new URL('.', soundFile('bell', 'focus', 20))).filter((name) => name.endsWith('.ogg'))
  const wanted = all.flatMap(([sound, moment]) => volumes.map((volume) => `${sound}-${moment}-${volume}.ogg`))
  expect(files.toSorted()).toEqual(wanted.toSorted())
})

describe('Ogg', () => {
  test('gives back the frames that were put in', () => {
    const frame = fc.uint8Array({ minLength: 1, maxLength: 1200 }).map((bytes) => Buffer.from(bytes))
    fc.assert(
      fc.property(fc.array(frame, { minLength: 1, maxLength: 120 }), (frames) => {
        expect(framesOf(oggOf(frames))).toEqual(frames)
      }),
    )
  })

  test('refuses what is none', () => {
    expect(() => framesOf(Buffer.from('RIFF and so on, which is another format'))).toThrow('no Ogg page')
  })
})
