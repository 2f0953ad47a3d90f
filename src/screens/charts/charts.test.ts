import { describe, expect, test } from 'vitest'
import { after, hours } from '../../kernel/clock.ts'
import { gallery, sampleReader } from '../gallery.ts'
import { canvasFor, cutTo, escapeXml, linesOf, widthOf } from './canvas.ts'
import { palette, type Role } from './ink.ts'
import type { Picture } from './picture.ts'
import { pngOf } from './png.ts'
import { svgOf } from './svg.ts'

const samples = gallery.flatMap(({ name, screen }) =>
  screen.blocks.flatMap((block) => (block.kind === 'picture' ? [[name, block.picture] as const] : [])),
)
const themes = ['light', 'dark', 'page'] as const

/** The tags and attributes that a picture is made of, and nothing else. */
const tag = /<\/?(svg|rect|circle|line|path|text)( [a-z][a-zA-Z0-9-]*="[^"<>]*")*\/?>/g

describe.each(['en', 'ko'] as const)('every picture in %s', (locale) => {
  test.each(samples)('%s holds nothing but shapes and letters, whatever people typed', (_name, picture) => {
    for (const theme of themes) {
      const svg = svgOf(picture, sampleReader(locale), theme, '"><script>')
      expect(svg.replaceAll(tag, '')).not.toMatch(/[<>"]/)
      expect(svg).not.toMatch(/NaN|undefined|Infinity|\u202e/)
      expect((svg.match(tag) ?? []).join('')).not.toMatch(/ (style|href|on\w+)=/)
    }
  })
})

test('there is a sample of every kind', () => {
  const kinds: readonly Picture['kind'][] = ['week', 'year', 'hours', 'months', 'topics', 'day']
  expect(new Set(samples.map(([, { kind }]) => kind))).toEqual(new Set(kinds))
})

test('everything is drawn within the picture, and letters do not overlap their neighbours on the axis', () => {
  for (const [name, picture] of samples) {
    for (const locale of ['en', 'ko'] as const) {
      const svg = svgOf(picture, sampleReader(locale), 'light')
      const ends = new Map<string, number>()
      const [, width = 0, height = 0] = (/viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? []).map(Number)
      for (const [, x = '', y = '', size = '', anchor = 'start', words = ''] of svg.matchAll(
        /<text x="([\d.-]+)" y="([\d.-]+)" font-size="(\d+)"(?: font-weight="700")?(?: text-anchor="(\w+)")? fill="[^"]+">([^<]*)</g,
      )) {
        const wide = widthOf(words.replaceAll(/&\w+;|&#39;/g, 'x'), Number(size))
        const left = Number(x) - { start: 0, middle: wide / 2, end: wide }[anchor as 'start']
        expect(left, `${name}: ${words}`).toBeGreaterThanOrEqual(-1)
        expect(left + wide, `${name}: ${words}`).toBeLessThanOrEqual(width + 12)
        expect(Number(y), `${name}: ${words}`).toBeLessThanOrEqual(height)
        if (anchor !== 'middle' || Number(size) > 16) continue
        expect(left, `${name}: ${words} touches its neighbour`).toBeGreaterThanOrEqual((ends.get(y) ?? Number.NEGATIVE_INFINITY) + 2)
        ends.set(y, left + wide)
      }
    }
  }
})

test.each(Array.from({ length: 20 }, (_, n) => n + 6))(
  'the times of a day of %d hours stand apart, also in the large letters of a narrow page',
  (span) => {
    const from = new Date('2026-03-01T19:00:00Z')
    const day = { kind: 'day', title: '', from, to: after(from, hours(span)), tracks: [{ label: '', stretches: [] }], legend: [] } as const
    const places = [
      ...svgOf(day, sampleReader('ko'), 'light').matchAll(/<text x="([\d.]+)"[^>]*?(?: text-anchor="(\w+)")? fill="[^"]+">(\d\d:\d\d)</g),
    ].map(([, x, anchor = 'start', words = '']) => {
      const wide = widthOf(words, 22)
      const left = Number(x) - { start: 0, middle: wide / 2, end: wide }[anchor as 'start']
      return { left, right: left + wide }
    })
    expect(places.length).toBeGreaterThan(2)
    for (const [n, { left }] of places.entries()) expect(left - (places[n - 1]?.right ?? 0)).toBeGreaterThanOrEqual(4)
  },
)

test('the days of a week stand clearly apart', () => {
  for (const [name, picture] of samples.filter(([, { kind }]) => kind === 'week')) {
    const svg = svgOf(picture, sampleReader('en'), 'light')
    const days = [...svg.matchAll(/<text x="([\d.]+)"[^>]*>((?:Mo|Tu|We|Th|Fr|Sa|Su)\w?)</g)].map(([, x, day = '']) => ({
      x: Number(x),
      day,
    }))
    expect(days, name).toHaveLength(7)
    for (const [n, { x, day }] of days.slice(1).entries()) {
      const before = days[n]
      if (before === undefined) throw new Error('each of these days has one before it')
      const gap = x - before.x - (widthOf(day, 16) + widthOf(before.day, 16)) / 2
      expect(gap, `${name}: ${before.day} ${day}`).toBeGreaterThanOrEqual(8)
    }
  }
})

const luminance = (hex: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (one: string, other: string): number => {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

describe.each(['light', 'dark'] as const)('on a %s surface', (theme) => {
  const colours = palette[theme]
  test.each(['ink', 'muted', 'focus-text', 'break-text', 'calm-text', 'warning-text'] as const satisfies readonly Role[])(
    '%s can be read',
    (role) => {
      expect(contrast(colours[role], colours.surface)).toBeGreaterThanOrEqual(4.5)
    },
  )
  test.each(['focus', 'calm', 'warning'] as const satisfies readonly Role[])('%s stands out as a shape', (role) => {
    expect(contrast(colours[role], colours.surface)).toBeGreaterThanOrEqual(3)
  })
})

test('letters of both scripts are drawn as PNG, and none is a box', async () => {
  const titled = (title: string) => pngOf(svgOf({ kind: 'topics', title, topics: [] }, sampleReader('ko'), 'light'))
  const [hangul, latin, nothing] = await Promise.all([titled('집중'), titled('Focus'), titled('')])
  expect(hangul.subarray(1, 4).toString()).toBe('PNG')
  expect(hangul.length).toBeGreaterThan(nothing.length + 300)
  expect(latin.length).toBeGreaterThan(nothing.length + 300)
  expect(hangul.equals(await titled('휴식'))).toBe(false)
})

describe('words', () => {
  test('are broken where they fit, and cut at the end', () => {
    const lines = linesOf('이번 주 여섯 시간 사십 분, 지난주보다 한 시간 더 집중했어요', 22, 200, 2)
    expect(lines).toHaveLength(2)
    for (const line of lines) expect(widthOf(line, 22)).toBeLessThanOrEqual(200)
    expect(lines[1]).toMatch(/…$/)
    expect(linesOf('short', 22, 200, 2)).toEqual(['short'])
    expect(cutTo('a'.repeat(99), 10, 50)).toMatch(/^a+…$/)
  })

  test('lose what XML does not know', () => {
    expect(escapeXml('a\u0000\u202eb<"&\'>')).toBe('ab&lt;&quot;&amp;&#39;&gt;')
    expect(canvasFor(sampleReader('en'), 'light').words('\ud800x', 0, 0)).toContain('>x<')
  })
})
