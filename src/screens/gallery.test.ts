import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { commands as commandWords } from '../locales/en/commands.ts'
import { rooms as roomWords } from '../locales/en/rooms.ts'
import type { Text } from '../locales/text.ts'
import { plainText } from '../testing/plain.ts'
import { gallery, sampleReader } from './gallery.ts'

const folder = new URL('.', import.meta.url)
const filesIn = (place: URL): readonly string[] => readdirSync(place).filter((file) => /^[^.]+\.ts$/.test(file))
const textOf = (place: URL, files: readonly string[]): string => files.map((file) => readFileSync(new URL(file, place), 'utf8')).join('\n')

test('shows what every screen function makes', () => {
  const screens = textOf(folder, filesIn(folder))
  const made = [...screens.matchAll(/^export (?:function|const) (\w+)[^\n]*?: Screen (?:=>|=|\{)/gm)].map(([, name = '']) => name)
  const samples = new URL('gallery/', folder)
  const used = textOf(samples, filesIn(samples))
  expect(made.length).toBeGreaterThan(15)
  expect(made.filter((name) => !new RegExp(`\\b${name}\\b`).test(used))).toEqual([])
})

/** Keys anywhere in a screen. */
const keysIn = (value: unknown): readonly string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, inner]) => (name === 'key' && typeof inner === 'string' ? [inner] : keysIn(inner)))

test('says every sentence about rooms and every answer to wrong input', () => {
  const shown = new Set(gallery.flatMap(({ screen }) => keysIn(screen)))
  const sayings = [
    ...Object.keys(roomWords).filter((key) => !key.startsWith('room.default-name')),
    ...Object.keys(commandWords).filter((key) => /^commands\.(invalid|parse|way)\./.test(key)),
  ]
  expect(sayings.filter((key) => !shown.has(key))).toEqual([])
})

test.each(['en', 'ko'] as const)('reads in %s without a gap', (locale) => {
  for (const { name, screen } of gallery) {
    const text = plainText(screen, sampleReader(locale))
    expect(text, name).not.toMatch(/undefined|\bnull\b|NaN|\{\w+/)
    expect(text.trim(), name).not.toBe('')
  }
})

test('names each sample once', () => {
  expect(new Set(gallery.map(({ name }) => name)).size).toBe(gallery.length)
})

test('calls no menu as a button beside it', () => {
  const keyOf = ({ label }: { label: Text }) => (typeof label === 'object' && 'key' in label ? [label.key] : [])
  for (const { name, screen } of gallery) {
    const buttons = screen.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons.flatMap(keyOf) : []))
    const menus = screen.blocks.flatMap((block) => (block.kind === 'select' ? keyOf(block) : []))
    expect(
      menus.filter((key) => buttons.includes(key)),
      name,
    ).toEqual([])
  }
})
