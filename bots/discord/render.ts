import {
  type APIButtonComponent,
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
} from 'discord.js'
import { packPress, packSelect } from '../../src/commands/press.ts'
import type { Text } from '../../src/locales/text.ts'
import { type Pen, plainPen, type Reader, say, write } from '../../src/locales/write.ts'
import { svgOf } from '../../src/screens/charts/svg.ts'
import type { Block, Button, Choice, PictureBlock, Screen, Tone } from '../../src/screens/screen.ts'
import { fitted, type Piece } from './fit.ts'
import { limits } from './limits.ts'
import { callingPen, cut, discordPen } from './markdown.ts'

/** A picture that goes along as a file: `name` is what the gallery of the message calls it, `alt` what a screen reader says. */
export type Drawing = { readonly name: string; readonly svg: string; readonly alt: string }

/** A message as the REST API takes it, but for its pictures, which are still to be made into files. Nobody rings but those in `users`. */
export type Payload = {
  readonly pictures?: readonly Drawing[]
  readonly flags: number
  readonly components: APIMessageTopLevelComponent[]
  readonly allowed_mentions: { readonly parse: []; readonly users?: string[] }
}

const colours: Readonly<Record<Tone, number>> = { focus: 0x4f5bd5, break: 0xe8a33d, calm: 0x6b7280, warning: 0xc2413b }

/** The screen as a container in the colour of its tone. */
export const render = (screen: Screen, reader: Reader): Payload => draw(screen, reader, discordPen)

/** The same for a message that is meant to call those it names with `call`: they alone ring. */
export function renderCalling(screen: Screen, reader: Reader): Payload {
  const rings = new Set<string>()
  const payload = draw(screen, reader, callingPen(rings))
  return { ...payload, allowed_mentions: { parse: [], users: [...rings].slice(0, limits.called) } }
}

export const container = (tone: Tone, components: APIComponentInContainer[]): Payload => ({
  flags: MessageFlags.IsComponentsV2,
  components: [{ type: ComponentType.Container, accent_color: colours[tone], components }],
  allowed_mentions: { parse: [] },
})

function draw(screen: Screen, reader: Reader, pen: Pen): Payload {
  const pictures: Drawing[] = []
  const pieces = [
    heading(screen, reader, pen),
    ...screen.blocks.flatMap((block) => {
      if (block.kind !== 'picture') return drawBlock(block, reader, pen)
      const drawing = drawPicture(block, reader, pictures.length + 1)
      pictures.push(drawing)
      return [{ picture: drawing }]
    }),
  ]
  const payload = container(screen.tone, fitted(pieces, say('discord.cut', reader.locale)))
  return pictures.length === 0 ? payload : { ...payload, pictures }
}

/** Discord is dark unless somebody chose otherwise. */
const drawPicture = ({ picture, alt }: PictureBlock, reader: Reader, number: number): Drawing => ({
  name: `${picture.kind}-${number}.png`,
  svg: svgOf(picture, reader, reader.theme ?? 'dark'),
  alt: plain(alt, reader, limits.alt),
})

/** A heading can't mention anybody, so it is written with names. */
function heading(screen: Screen, reader: Reader, pen: Pen): Piece {
  const state = screen.state === undefined ? [] : [bold(write(screen.state, reader, pen))]
  return { lines: [`### ${write(screen.title, reader, discordPen)}`, ...state] }
}

function drawBlock(block: Exclude<Block, PictureBlock>, reader: Reader, pen: Pen): Piece[] {
  const words = (text: Text) => write(text, reader, pen)
  switch (block.kind) {
    case 'lines':
      return [{ lines: block.lines.every(isCall) ? [block.lines.map(words).join(' ')] : block.lines.map(words) }]
    case 'facts':
      return [{ lines: block.facts.map(({ label, value }) => `${words(label)} ${bold(words(value))}`) }]
    case 'meter':
      return [{ lines: [words(block.text)] }]
    case 'table':
      return [{ lines: block.rows.length === 0 ? [words(block.empty)] : block.rows.map((cells) => tableLine(cells.map(words))) }]
    case 'buttons':
      return rowsOf(block.buttons.flatMap((button) => drawButton(button, reader)))
    case 'select':
      return drawSelect(block, reader)
  }
  return block satisfies never
}

/** Those who are called stand side by side: a line for each would push all else away. */
const isCall = (text: Text): boolean => typeof text === 'object' && 'call' in text

const bold = (text: string): string => (text === '' ? '' : `**${text}**`)

/** A chat is too narrow for columns: the first cell leads, the others follow. */
const tableLine = ([first = '', ...others]: readonly string[]): string => [bold(first), ...others].filter((cell) => cell !== '').join(' · ')

const plain = (text: Text, reader: Reader, most: number): string => cut(write(text, reader, plainPen).trim(), most) || '–'

const styles = { primary: ButtonStyle.Primary, plain: ButtonStyle.Secondary, danger: ButtonStyle.Danger } as const

/** A link is left out where the pages have no address that others can reach. */
function drawButton({ label, look, do: deed }: Button, reader: Reader): APIButtonComponent[] {
  const named = { type: ComponentType.Button, label: plain(label, reader, limits.label) } as const
  if ('command' in deed) return [{ ...named, style: styles[look], custom_id: packPress(deed) }]
  const url = deed.open.startsWith('/') ? reader.web && reader.web + deed.open : deed.open
  return url === null || url.length > limits.url ? [] : [{ ...named, style: ButtonStyle.Link, url }]
}

/** Buttons in as few rows as hold them. */
export const rowsOf = (buttons: readonly APIButtonComponent[]): Piece[] =>
  Array.from({ length: Math.ceil(buttons.length / limits.buttonsInRow) }, (_, row) => ({
    row: buttons.slice(row * limits.buttonsInRow, (row + 1) * limits.buttonsInRow),
  }))

function drawSelect(block: Extract<Block, { kind: 'select' }>, reader: Reader): Piece[] {
  const fits = ({ value }: Choice, at: number, all: readonly Choice[]) =>
    value.length > 0 && value.length <= limits.choice && all.findIndex((other) => other.value === value) === at
  const options = block.choices
    .filter(fits)
    .slice(0, limits.choices)
    .map(({ label, value, about, chosen }) => ({
      label: plain(label, reader, limits.choice),
      value,
      ...(about === undefined ? {} : { description: plain(about, reader, limits.choice) }),
      ...(chosen ? { default: true } : {}),
    }))
  if (options.length === 0) return []
  const placeholder = plain(block.label, reader, limits.placeholder)
  return [{ row: { type: ComponentType.StringSelect, custom_id: packSelect(block.press, block.option), placeholder, options } }]
}
