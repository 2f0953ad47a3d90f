import type { Text } from '../../locales/text.ts'
import { plainPen, type Reader, write } from '../../locales/write.ts'
import { filled, type Role, stroked, type Theme } from './ink.ts'

/** Units of the drawing: 480 wide, so that letters of 16, the smallest there are, can still be read when it is as narrow as a phone. */
export const width = 480
export const margin = 22
export const inner = width - 2 * margin

type Anchor = 'start' | 'middle' | 'end'
type Lettering = { readonly size?: number; readonly anchor?: Anchor; readonly bold?: boolean; readonly role?: Role }
type Look = { readonly opacity?: number; readonly round?: number }
type Stroke = { readonly width: number; readonly dash?: string }

/** Draws for one reader in one theme. Every shape comes out as a piece of SVG; words are escaped here and nowhere else. */
export function canvasFor(reader: Reader, theme: Theme) {
  const say = (text: Text): string => write(text, reader, plainPen)
  return {
    reader,
    say,
    rect: (x: number, y: number, w: number, h: number, role: Role, { opacity, round }: Look = {}): string =>
      `<rect x="${at(x)}" y="${at(y)}" width="${at(w)}" height="${at(h)}"${round === undefined ? '' : ` rx="${at(Math.min(round, w / 2, h / 2))}"`} ${filled(role, theme)}${see(opacity)}/>`,
    circle: (x: number, y: number, r: number, role: Role): string =>
      `<circle cx="${at(x)}" cy="${at(y)}" r="${at(r)}" ${filled(role, theme)}/>`,
    /** `x`, `y`: where the origin of the path lies. */
    shape: (path: string, x: number, y: number, role: Role): string =>
      `<path d="${path}" transform="translate(${at(x)} ${at(y)})" ${filled(role, theme)}/>`,
    line: (x1: number, y1: number, x2: number, y2: number, role: Role, { width: thick, dash }: Stroke): string =>
      `<line x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}" stroke-width="${thick}"${dash ? ` stroke-dasharray="${dash}"` : ''} ${stroked(role, theme)}/>`,
    frame: (x: number, y: number, w: number, h: number, role: Role, { width: thick, dash }: Stroke, round: number): string =>
      `<rect x="${at(x)}" y="${at(y)}" width="${at(w)}" height="${at(h)}" rx="${round}" stroke-width="${thick}"${dash ? ` stroke-dasharray="${dash}"` : ''} ${stroked(role, theme)}/>`,
    words: (text: Text, x: number, y: number, { size = 17, anchor = 'start', bold = false, role = 'muted' }: Lettering = {}): string =>
      `<text x="${at(x)}" y="${at(y)}" font-size="${size}"${bold ? ' font-weight="700"' : ''}${anchor === 'start' ? '' : ` text-anchor="${anchor}"`} ${filled(role, theme)}>${escapeXml(say(text))}</text>`,
  }
}

export type Canvas = ReturnType<typeof canvasFor>

/** A drawn part, and where the next one may begin. */
export type Drawn = { readonly markup: string; readonly bottom: number }

const see = (opacity: number | undefined): string => (opacity === undefined ? '' : ` fill-opacity="${opacity}"`)

/** A tenth of a unit is finer than any screen. */
const at = (value: number): number => Math.round(value * 10) / 10

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Characters that XML does not know at all, and those that turn the direction of all that follows, are left out. */
export const escapeXml = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|[\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[&<>"']/g, (sign) => entities[sign] ?? '')

const wide = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef\u{1f000}-\u{1ffff}]/u
const narrow = /[ ijl.,:;'’|!()[\]]/

/** About how wide the words are at a size, in units: Hangul and other wide letters take most of an em, the rest about half of one. */
export const widthOf = (text: string, size: number): number =>
  [...text].reduce(
    (sum, letter) => sum + (wide.test(letter) ? 0.88 : narrow.test(letter) ? 0.28 : /[A-Z0-9mwMW]/.test(letter) ? 0.64 : 0.55),
    0,
  ) * size

/** The words in as few lines as fit, at most `most`; what is left over is cut with an ellipsis. */
export function linesOf(text: string, size: number, room: number, most: number): readonly string[] {
  const lines: string[] = []
  let rest = text.split(/\s+/).filter((word) => word !== '')
  while (rest.length > 0 && lines.length < most - 1) {
    let count = 1
    while (count < rest.length && widthOf(rest.slice(0, count + 1).join(' '), size) <= room) count += 1
    lines.push(cutTo(rest.slice(0, count).join(' '), size, room))
    rest = rest.slice(count)
  }
  return rest.length === 0 ? lines : [...lines, cutTo(rest.join(' '), size, room)]
}

/** The words, or as many of their letters as fit before an ellipsis. */
export function cutTo(text: string, size: number, room: number): string {
  if (widthOf(text, size) <= room) return text
  const letters = [...text]
  while (letters.length > 0 && widthOf(`${letters.join('')}…`, size) > room) letters.pop()
  return `${letters.join('').trimEnd()}…`
}
