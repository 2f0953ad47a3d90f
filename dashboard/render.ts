import { packPress } from '../src/commands/press.ts'
import type { Press } from '../src/kernel/press.ts'
import type { MessageKey, Text } from '../src/locales/text.ts'
import type { Reader } from '../src/locales/write.ts'
import { plainPen, say, write } from '../src/locales/write.ts'
import { svgOf } from '../src/screens/charts/svg.ts'
import type { Block, Button, Column, Meter, Screen } from '../src/screens/screen.ts'
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

type Desk = Frame & {
  readonly reader: Reader
  readonly room: string
  readonly ink: (text: Text) => Html
  readonly plain: (text: Text) => string
}

/** A text in the reader's language as HTML. */
export const ink = (text: Text, reader: Reader): Html => new Html(write(text, reader, htmlPen))

/** A sentence that stands where an answer would: what went wrong, as a screen without buttons. */
export const drawNotice = (title: MessageKey, sentence: Text, reader: Reader): Html =>
  drawScreen({ tone: 'warning', title: { key: title }, blocks: [{ kind: 'lines', lines: [sentence] }] }, reader, {
    csrf: '',
    id: 'notice',
    spot: 'answer',
  })

/** Lines without a frame, as a word on what just happened. */
export const drawSaid = (lines: readonly Text[], reader: Reader): Html | null =>
  lines.length === 0 ? null : html`<div class="said">${lines.map((line) => html`<p>${ink(line, reader)}</p>`)}</div>`

/** Screen + Reader → HTML, pure. Every word a person typed is escaped and carries its language. */
export function drawScreen(screen: Screen, reader: Reader, frame: Frame): Html {
  const desk = deskOf(reader, frame, screen.shows?.room ?? '')
  const title = `${frame.id}-title`
  const room = screen.shows ? html` data-room="${screen.shows.room}"` : null
  return html`<article class="screen tone-${screen.tone}" id="${frame.id}" aria-labelledby="${title}" data-now="${reader.now.toISOString()}"${room}>
<header class="screen-head">${html`<h2 class="screen-title" id="${title}" tabindex="-1">${desk.ink(screen.title)}</h2>`}${
    screen.state === undefined ? null : html`<p class="state" data-state>${desk.ink(screen.state)}</p>`
  }</header>
${screen.blocks.map((block, place) => drawBlock(block, desk, place))}
</article>`
}

function deskOf(reader: Reader, frame: Frame, room: string): Desk {
  return { ...frame, reader, room, ink: (text) => ink(text, reader), plain: (text) => write(text, reader, plainPen) }
}

function drawBlock(block: Block, desk: Desk, place: number): Html {
  switch (block.kind) {
    case 'lines':
      return html`<div class="lines">${block.lines.map((line) => html`<p>${desk.ink(line)}</p>`)}</div>`
    case 'facts':
      return html`<dl class="facts">${block.facts.map((fact) => html`<div><dt>${desk.ink(fact.label)}</dt><dd>${desk.ink(fact.value)}</dd></div>`)}</dl>`
    case 'picture':
      return html`<figure class="picture">${new Html(svgOf(block.picture, desk.reader, 'page', desk.plain(block.alt)))}</figure>`
    case 'meter':
      return drawMeter(block, desk)
    case 'table':
      return drawTable(block, desk)
    case 'buttons':
      return drawButtons(block.buttons, desk, place)
    case 'select':
      return drawSelect(block, desk, place)
    default:
      block satisfies never
      return html``
  }
}

/** The digits are a picture of the sentence below them: hidden from screen readers, which would read every second. */
function drawMeter(meter: Meter, desk: Desk): Html {
  const until = meter.until ? html` data-until="${meter.until.toISOString()}"` : null
  return html`<div class="meter"${until} data-max="${meter.max}">
${meter.until ? html`<p class="digits" aria-hidden="true" data-digits>${digits(meter.until.getTime() - desk.reader.now.getTime())}</p>` : null}
<progress max="${meter.max}" value="${meter.value}" aria-label="${desk.plain(meter.text)}"></progress>
<p class="meter-text">${desk.ink(meter.text)}</p>
</div>`
}

/** Minutes and seconds left, as the page's script writes them from then on. */
export function digits(milliseconds: number): string {
  const left = Math.max(0, Math.ceil(milliseconds / 1000))
  return `${String(Math.floor(left / 60)).padStart(2, '0')}:${String(left % 60).padStart(2, '0')}`
}

/** Roles are written out: a narrow page draws the rows as cards, and browsers drop the roles of a table that is not drawn as one. */
function drawTable(table: Extract<Block, { kind: 'table' }>, desk: Desk): Html {
  if (table.rows.length === 0) return html`<p class="empty">${desk.ink(table.empty)}</p>`
  const side = (column: Column | undefined) => (column?.numeric ? html` class="number"` : null)
  const cell = (text: Text, column: Column | undefined) =>
    html`<td role="cell"${side(column)} data-label="${column ? desk.plain(column.label) : ''}"><span>${desk.ink(text)}</span></td>`
  return html`<table role="table"><thead role="rowgroup"><tr role="row">${table.columns.map(
    (column) => html`<th role="columnheader" scope="col"${side(column)}>${desk.ink(column.label)}</th>`,
  )}</tr></thead><tbody role="rowgroup">${table.rows.map(
    (row) => html`<tr role="row">${row.map((text, i) => cell(text, table.columns[i]))}</tr>`,
  )}</tbody></table>`
}

/** A press is answered where its screen stands. */
export const swap = html`hx-post="/press" hx-target="closest .screen" hx-swap="outerHTML"`

/** What is one switch with two sides keeps its name, so that the focus stays on it when it turns. */
const controlOf = ({ command }: Press): string => (/^timer (start|pause|resume)$/.test(command) ? 'timer' : command.replaceAll(' ', '-'))

/** One form for the row: each button sends its own packed press. A press that asks first is a link to its form. */
function drawButtons(buttons: readonly Button[], desk: Desk, place: number): Html {
  const name = (press: Press) => `${desk.id}-${controlOf(press)}`
  const seen = new Map<string, number>()
  const unique = (id: string) => {
    const n = (seen.get(id) ?? 0) + 1
    seen.set(id, n)
    return `${id}-${place}${n > 1 ? `-${n}` : ''}`
  }
  const draw = (button: Button): Html => {
    const look = `button ${button.look}`
    if ('open' in button.do) return openLink(button.do.open, look, desk.ink(button.label))
    const id = unique(name(button.do))
    const packed = packPress(button.do)
    return button.do.ask
      ? html`<a class="${look}" id="${id}" href="/form/${encodeURIComponent(packed)}">${desk.ink(button.label)}</a>`
      : html`<button class="${look}" id="${id}" name="press" value="${packed}">${desk.ink(button.label)}</button>`
  }
  return html`<form class="buttons" method="post" action="/press" ${swap}>${tokens(desk)}${buttons.map(draw)}</form>`
}

/** What a press tells of the place where it was pressed. */
export const placeTokens = ({ csrf, id, spot }: Frame, room = ''): Html =>
  html`<input type="hidden" name="_csrf" value="${csrf}"><input type="hidden" name="screen" value="${id}"><input type="hidden" name="spot" value="${spot}"><input type="hidden" name="room" value="${room}">`

const tokens = (desk: Desk): Html => placeTokens(desk, desk.room)

/** An address of the web or of our own pages; anything else (a script address, say) stays a word. */
function openLink(address: string, look: string, words: Html): Html {
  return /^(https?:\/\/|\/(?![/\\]))/.test(address)
    ? html`<a class="${look}" href="${address}" rel="noopener noreferrer">${words}</a>`
    : html`<span class="muted">${words}</span>`
}

function drawSelect(select: Extract<Block, { kind: 'select' }>, desk: Desk, place: number): Html {
  const id = `${desk.id}-select-${place}`
  const words = (choice: (typeof select.choices)[number]) =>
    choice.about === undefined ? desk.plain(choice.label) : `${desk.plain(choice.label)} · ${desk.plain(choice.about)}`
  return html`<form class="select" method="post" action="/press" ${swap}>${tokens(desk)}
<input type="hidden" name="press" value="${packPress(select.press)}"><input type="hidden" name="option" value="${select.option}">
<label for="${id}">${desk.ink(select.label)}</label>
<span class="with-button"><select id="${id}" name="choice">${select.choices.map(
    (choice) => html`<option value="${choice.value}"${choice.chosen ? html` selected` : null}>${words(choice)}</option>`,
  )}</select><button class="button plain" id="${id}-go">${say('web.select.go', desk.reader.locale)}</button></span></form>`
}
