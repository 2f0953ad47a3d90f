import type { OccurrenceId, RoomId } from '../kernel/ids.ts'
import type { Press } from '../kernel/press.ts'
import type { Text } from '../locales/text.ts'
import type { Picture } from './charts/picture.ts'

/** Carried as a colour, always with a word beside it. */
export type Tone = 'focus' | 'break' | 'calm' | 'warning'

export type Button = {
  readonly label: Text
  readonly look: 'primary' | 'plain' | 'danger'
  readonly do: Press | { readonly open: string }
}

export type Choice = { readonly label: Text; readonly value: string; readonly about?: Text; readonly chosen?: true }

/** `value` of `max`, drawn as a bar where a live bar can be (the web); `text` says the same everywhere. `until` lets the web move it. */
export type Meter = { readonly kind: 'meter'; readonly value: number; readonly max: number; readonly text: Text; readonly until?: Date }

/** Drawn where a picture can be; `alt` says what is to be seen, and the same numbers stand in other blocks beside it. */
export type PictureBlock = { readonly kind: 'picture'; readonly picture: Picture; readonly alt: Text }

/**
 * One of several things to press with. `inRow`: the choices are the rows of the screen's table, one for each in their order, and this
 * word stands on a button in each row where rows can hold one (the web).
 */
export type Select = {
  readonly kind: 'select'
  readonly label: Text
  readonly press: Press
  readonly option: string
  readonly choices: readonly Choice[]
  readonly inRow?: Text
}

/**
 * Buttons side by side. `inRows`: each leads to a form about a row of the screen's table, told by the row's place, and stands there under
 * this word where rows can hold it (the web).
 */
export type Buttons = {
  readonly kind: 'buttons'
  readonly buttons: readonly Button[]
  readonly inRows?: { readonly word: Text; readonly rows: readonly number[] }
}

export type Block =
  | { readonly kind: 'lines'; readonly lines: readonly Text[] }
  | { readonly kind: 'facts'; readonly facts: readonly { readonly label: Text; readonly value: Text }[] }
  | Meter
  | { readonly kind: 'table'; readonly columns: readonly Column[]; readonly rows: readonly (readonly Text[])[]; readonly empty: Text }
  | PictureBlock
  | Buttons
  | Select

export type Column = { readonly label: Text; readonly numeric?: true }

/**
 * What a message keeps showing, redrawn whenever it changes; `version` is that of the room's timer, as it is drawn here.
 * `said`: something to one person stands above it.
 */
export type Subject = { readonly room: RoomId; readonly version: number; readonly said?: true }

/**
 * What a person is shown, as data: drawn by each surface, tested with the whole gallery.
 * `audience` decides who sees the answer in a chat; news for the channel is public, everything else private.
 */
export type Screen = {
  readonly tone: Tone
  readonly title: Text
  /** Stands beside the title: the state in words. */
  readonly state?: Text
  readonly blocks: readonly Block[]
  readonly audience?: 'channel'
  readonly shows?: Subject
  /** A date of the reservation that a message with this keeps showing, redrawn whenever it changes. */
  readonly card?: OccurrenceId
  /** What the front door of its person shows from now on: a page with the front door on it draws it there. */
  readonly door?: true
  /** What was done changed how its person reads: this is told in the language and the zone that they chose by it. */
  readonly changesReader?: true
  /** Said to the person alone, after a screen that the channel sees. */
  readonly aside?: Screen
}
