import type { types } from '@slack/bolt'
import type { Text } from '../../src/locales/text.ts'
import { type Reader, say, write } from '../../src/locales/write.ts'
import { svgOf } from '../../src/screens/charts/svg.ts'
import type { Block, PictureBlock, Screen } from '../../src/screens/screen.ts'
import { buttonRows, plain, selectMenu } from './controls.ts'
import { cut, piecesOf } from './cut.ts'
import { labelPen, slackPen } from './pen.ts'

/** A picture that Slack has to be given as a file before a block can show it. `at`: before which block it stands. */
export type Drawing = { readonly at: number; readonly name: string; readonly svg: string; readonly alt: string }

/** A message: `text` is what notifications and screen readers say. The blocks read well without the pictures. */
export type Drawn = { readonly text: string; readonly blocks: types.KnownBlock[]; readonly pictures?: readonly Drawing[] }

/** https://docs.slack.dev/reference/block-kit/blocks, https://docs.slack.dev/surfaces/modals */
const limits = {
  section: 3000,
  field: 2000,
  fields: 10,
  context: 2000,
  messageBlocks: 50,
  viewBlocks: 100,
  title: 24,
  fallback: 3000,
  alt: 2000,
  tableLines: 30,
} as const

/** Draws screens for people who type `command` as their slash command. */
export function createRenderer(command: string) {
  const markup = slackPen(command)
  const labels = labelPen(command)

  /** The whole screen as blocks, uncut in number. */
  function blocksOf(screen: Screen, reader: Reader): types.KnownBlock[] {
    const mark = (text: Text) => write(text, reader, markup)
    const head = [bold(mark(screen.title)), screen.state ? mark(screen.state) : ''].filter((part) => part !== '').join('  ·  ')
    let buttons = 0
    const draw = (block: Block): types.KnownBlock[] => {
      if (block.kind === 'picture') return []
      if (block.kind !== 'buttons') return drawBlock(block, reader, mark)
      const rows = buttonRows(block.buttons, buttons, (text) => write(text, reader, labels), reader.web)
      buttons += block.buttons.length
      return rows
    }
    return [...(head === '' ? [] : [section(head)]), ...screen.blocks.flatMap(draw)]
  }

  function drawBlock(
    block: Exclude<Block, PictureBlock | { kind: 'buttons' }>,
    reader: Reader,
    mark: (text: Text) => string,
  ): types.KnownBlock[] {
    switch (block.kind) {
      case 'lines':
        return sections(block.lines.map(mark))
      case 'facts':
        return piecesOf(block.facts, limits.fields).map((facts) => ({
          type: 'section',
          fields: facts.map((fact) => markdown(`${mark(fact.label)}\n${bold(mark(fact.value)) || '–'}`, limits.field)),
        }))
      case 'meter':
        return [section(mark(block.text))]
      case 'table':
        return drawTable(block, mark)
      case 'select': {
        const label = (text: Text) => write(text, reader, labels)
        const menu = selectMenu(block, say('slack.select.choose', reader.locale), label)
        return menu ? [{ ...section(mark(block.label)), accessory: menu }] : []
      }
    }
    return block satisfies never
  }

  function drawTable(table: Extract<Block, { kind: 'table' }>, mark: (text: Text) => string): types.KnownBlock[] {
    if (table.rows.length === 0) return [section(mark(table.empty))]
    const shown = table.rows.slice(0, limits.tableLines).map((cells) => cells.map(mark))
    const rest = table.rows.length - shown.length
    // A column in which nothing stands says nothing.
    const isFilled = (_: unknown, column: number) => shown.some((cells) => (cells[column] ?? '').trim() !== '')
    const line = (cells: readonly string[]) => cells.filter(isFilled).map(orDash).join('  ·  ')
    return [
      context(line(table.columns.map((column) => mark(column.label)))),
      ...sections(shown.map(line)),
      ...(rest > 0 ? [context(mark({ key: 'slack.table.more', words: { count: rest } }))] : []),
    ]
  }

  /** Slack is light unless somebody chose otherwise. Each picture stands where its block does. */
  function picturesOf(screen: Screen, reader: Reader): Drawing[] {
    return screen.blocks.flatMap((block, n) =>
      block.kind !== 'picture'
        ? []
        : [
            {
              at: blocksOf({ ...screen, blocks: screen.blocks.slice(0, n) }, reader).length,
              name: `${block.picture.kind}.png`,
              svg: svgOf(block.picture, reader, reader.theme ?? 'light'),
              alt: cut(orDash(write(block.alt, reader, labels)), limits.alt),
            },
          ],
    )
  }

  return {
    message: (screen: Screen, reader: Reader): Drawn => {
      const pictures = picturesOf(screen, reader)
      const blocks = atMost(blocksOf(screen, reader), limits.messageBlocks - pictures.length)
      return { text: fallback(screen, reader), blocks, ...(pictures.length === 0 ? {} : { pictures }) }
    },
    home: (screens: readonly Screen[], reader: Reader): types.HomeView => ({
      type: 'home',
      blocks: atMost(
        screens.flatMap((screen) => blocksOf(screen, reader)),
        limits.viewBlocks,
      ),
    }),
    /** What fits above a view stands there alone; a whole sentence, or what has nothing below it, stands in the view. */
    modal: (screen: Screen, reader: Reader): types.ModalView => {
      const title = write(screen.title, reader, labels)
      const untitled = blocksOf({ ...screen, title: '' }, reader)
      const isAbove = title.length <= limits.title && untitled.length > 0
      return {
        type: 'modal',
        title: plain(isAbove ? title : say('web.app.name', reader.locale), limits.title),
        close: plain(say('slack.modal.close', reader.locale), limits.title),
        blocks: atMost(isAbove ? untitled : blocksOf(screen, reader), limits.viewBlocks),
      }
    },
    /** One line as it is said in a thread or a direct message. */
    line: (text: Text, reader: Reader): string => cut(orDash(write(text, reader, markup)), limits.section),
    label: (text: Text, reader: Reader): string => write(text, reader, labels),
    blocks: blocksOf,
  }

  function fallback(screen: Screen, reader: Reader): string {
    const first = screen.blocks.find((block) => block.kind === 'lines')
    const texts = [screen.title, ...(screen.state ? [screen.state] : []), ...(first?.lines ?? [])]
    const words = texts.map((text) => write(text, reader, markup)).filter((text) => text.trim() !== '')
    return cut(orDash(words.join(' · ')), limits.fallback)
  }
}

export type Renderer = ReturnType<typeof createRenderer>

const orDash = (text: string): string => (text.trim() === '' ? '–' : text)
const bold = (text: string): string => (text.trim() === '' ? '' : `*${text.trim()}*`)

/** `verbatim`: Slack adds no links or mentions of its own to what people typed. */
const markdown = (text: string, longest: number): types.MrkdwnElement => ({
  type: 'mrkdwn',
  text: cut(orDash(text), longest),
  verbatim: true,
})
const section = (text: string): types.SectionBlock & { text: types.MrkdwnElement } => ({
  type: 'section',
  text: markdown(text, limits.section),
})
export const context = (text: string): types.ContextBlock => ({ type: 'context', elements: [markdown(text, limits.context)] })

/** As few sections as hold all lines. */
function sections(lines: readonly string[]): types.SectionBlock[] {
  const texts: string[] = []
  for (const line of lines.map((text) => cut(orDash(text), limits.section))) {
    const last = texts.at(-1)
    if (last !== undefined && last.length + 1 + line.length <= limits.section) texts[texts.length - 1] = `${last}\n${line}`
    else texts.push(line)
  }
  return texts.map(section)
}

/** The last block mostly holds the buttons, so it stays. */
function atMost<T>(blocks: T[], most: number): T[] {
  return blocks.length <= most ? blocks : [...blocks.slice(0, most - 1), ...blocks.slice(-1)]
}
