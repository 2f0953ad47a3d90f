/**
 * Writes the chimes beside itself, each in five volumes: `node bots/discord/sounds/make.ts`. They are made once and kept in the
 * repository, so that the bot needs no encoder.
 */

import { writeFileSync } from 'node:fs'
import { Encoder } from '@evan/opus'
import { oggOf } from '../chimes/ogg.ts'
import { moments, soundFile, sounds, volumes } from '../chimes/sounds.ts'

import { sampleRate, waveOf } from './synthesis.ts'

/** Ears hear halves of loudness, not of amplitude. */
const gainOf = (volume: number): number => (volume / 100) ** 1.5

const samplesPerFrame = sampleRate / 50
const bitsPerSecond = 32_000

/** Opus frames of 20 ms; the last one is filled up with silence. */
function encode(wave: Float64Array, gain: number): Buffer[] {
  const encoder = new Encoder({ channels: 1, sample_rate: sampleRate, application: 'audio' })
  encoder.bitrate = bitsPerSecond
  encoder.vbr_constraint = false
  encoder.signal = 'music'
  encoder.complexity = 10
  const frames: Buffer[] = []
  for (let from = 0; from < wave.length; from += samplesPerFrame) {
    const samples = new Int16Array(samplesPerFrame)
    wave.subarray(from, from + samplesPerFrame).forEach((sample, index) => {
      samples[index] = Math.round(sample * gain * 32_767)
    })
    frames.push(Buffer.from(encoder.encode(samples)))
  }
  return frames
}

for (const sound of sounds) {
  for (const moment of moments) {
    const wave = waveOf(sound, moment)
    for (const volume of volumes) writeFileSync(soundFile(sound, moment, volume), oggOf(encode(wave, gainOf(volume))))
  }
}
