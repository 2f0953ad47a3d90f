import { packPress } from '../src/commands/press.ts'
import type { Text } from '../src/locales/text.ts'
import { plainPen, type Reader, write } from '../src/locales/write.ts'
import type { Buttons, Screen, Select } from '../src/screens/screen.ts'
import { Html, html } from './html.ts'
import { htmlPen } from './pen.ts'

/** What a screen needs to know of the page it stands on. */
export type Frame = {
  /** Token that every form of the page sends along. */
  readonly csrf: string
  /** Unique on the page: the screen's element and its controls are named after it, so that focus survives a swap. */
  readonly id: string
  readonly spot: Spot
}

/** Where on the page a screen stands: on the page itself, alone as the whole of it, among the answers below, or in the console's log. */
export type Spot = 'page' | 'alone' | 'answer' | 'log'

/** What the blocks of a screen are drawn with. */
export type Desk = Frame & {
  readonly reader: Reader
  readonly room: string
  /** Selects whose choices stand as buttons in the rows of the table. */
  readonly inRows: readonly Select[]
  /** Buttons that stand as links in the rows of the table. */
  readonly linksInRows: readonly Buttons[]
  readonly ink: (text: Text) => Html
  readonly plain: (text: Text) => string
}

/** A text in the reader's language as HTML. */
export const ink = (text: Text, reader: Reader): Html => new Html(write(text, reader, htmlPen))

export function deskOf(reader: Reader, frame: Frame, { shows, blocks }: Screen): Desk {
  const rows = blocks.find((block) => block.kind === 'table')?.rows.length
  const inRows = blocks.filter((block) => block.kind === 'select' && block.inRow !== undefined && block.choices.length === rows) as Select[]
  const linksInRows = blocks.filter((block) => block.kind === 'buttons' && block.inRows !== undefined && rows !== undefined) as Buttons[]
  return {
    ...frame,
    reader,
    room: shows?.room ?? '',
    inRows,
    linksInRows,
    ink: (text) => ink(text, reader),
    plain: (text) => write(text, reader, plainPen),
  }
}

/** A press is answered where its screen stands. */
export const swap = html`hx-post="/press" hx-target="closest .screen" hx-swap="outerHTML"`

/** What a press tells of the place where it was pressed. */
export const placeTokens = ({ csrf, id, spot }: Frame, room = ''): Html =>
  html`<input type="hidden" name="_csrf" value="${csrf}"><input type="hidden" name="screen" value="${id}"><input type="hidden" name="spot" value="${spot}"><input type="hidden" name="room" value="${room}">`

export const tokens = (desk: Desk): Html => placeTokens(desk, desk.room)

/** What a select sends beside its choice. */
export const pressOf = ({ press, option }: Select): Html =>
  html`<input type="hidden" name="press" value="${packPress(press)}"><input type="hidden" name="option" value="${option}">`
