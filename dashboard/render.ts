import { packPress } from '../src/commands/press.ts'
import type { Press } from '../src/kernel/press.ts'
import type { MessageKey, Text } from '../src/locales/text.ts'
import type { Reader } from '../src/locales/write.ts'
import { say } from '../src/locales/write.ts'
import { svgOf } from '../src/screens/charts/svg.ts'
import type { Block, Button, Meter, Screen, Select } from '../src/screens/screen.ts'
import { type Desk, deskOf, type Frame, ink, pressOf, swap, tokens } from './desk.ts'
import { Html, html } from './html.ts'
import { drawTable } from './table.ts'

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
  const desk = deskOf(reader, frame, screen)
  const title = `${frame.id}-title`
  const room = screen.shows ? html` data-room="${screen.shows.room}"` : null
  return html`<article class="screen tone-${screen.tone}" id="${frame.id}" aria-labelledby="${title}" data-now="${reader.now.toISOString()}"${room}>
<header class="screen-head">${html`<h2 class="screen-title" id="${title}" tabindex="-1">${desk.ink(screen.title)}</h2>`}${
    screen.state === undefined ? null : html`<p class="state" data-state>${desk.ink(screen.state)}</p>`
  }</header>
${screen.blocks.flatMap((block, place) => drawBlock(block, desk, place) ?? [])}
</article>`
}

function drawBlock(block: Block, desk: Desk, place: number): Html | null {
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
      return desk.linksInRows.includes(block) ? null : drawButtons(block.buttons, desk, place)
    case 'select':
      return desk.inRows.includes(block) ? null : drawSelect(block, desk, place)
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

/** An address of the web or of our own pages; anything else (a script address, say) stays a word. */
function openLink(address: string, look: string, words: Html): Html {
  return /^(https?:\/\/|\/(?![/\\]))/.test(address)
    ? html`<a class="${look}" href="${address}" rel="noopener noreferrer">${words}</a>`
    : html`<span class="muted">${words}</span>`
}

function drawSelect(select: Select, desk: Desk, place: number): Html {
  const id = `${desk.id}-select-${place}`
  const words = (choice: (typeof select.choices)[number]) =>
    choice.about === undefined ? desk.plain(choice.label) : `${desk.plain(choice.label)} · ${desk.plain(choice.about)}`
  return html`<form class="select" method="post" action="/press" ${swap}>${tokens(desk)}${pressOf(select)}
<label for="${id}">${desk.ink(select.label)}</label>
<span class="with-button"><select id="${id}" name="choice">${select.choices.map(
    (choice) => html`<option value="${choice.value}"${choice.chosen ? html` selected` : null}>${words(choice)}</option>`,
  )}</select><button class="button plain" id="${id}-go">${say('web.select.go', desk.reader.locale)}</button></span></form>`
}
