import { packPress } from '../src/commands/press.ts'
import type { Text } from '../src/locales/text.ts'
import { say } from '../src/locales/write.ts'
import type { Block, Buttons, Column } from '../src/screens/screen.ts'
import { type Desk, pressOf, swap, tokens } from './desk.ts'
import { type Html, html } from './html.ts'

/** Roles are written out: a narrow page draws the rows as cards, and browsers drop the roles of a table that is not drawn as one. */
export function drawTable(table: Extract<Block, { kind: 'table' }>, desk: Desk): Html {
  if (table.rows.length === 0) return html`<p class="empty">${desk.ink(table.empty)}</p>`
  const side = (column: Column | undefined) => (column?.numeric ? html` class="number"` : null)
  // A card leaves out what has no label.
  const label = (column: Column | undefined) => html` data-label="${column ? desk.plain(column.label) : ''}"`
  const cell = (text: Text, column: Column | undefined) =>
    html`<td role="cell"${side(column)}${text === '' ? null : label(column)}><span>${desk.ink(text)}</span></td>`
  const deeds =
    desk.inRows.length + desk.linksInRows.length === 0
      ? null
      : html`<th role="columnheader" scope="col"><span class="unseen">${say('web.table.deeds', desk.reader.locale)}</span></th>`
  return html`<table role="table"><thead role="rowgroup"><tr role="row">${table.columns.map(
    (column) => html`<th role="columnheader" scope="col"${side(column)}>${desk.ink(column.label)}</th>`,
  )}${deeds}</tr></thead><tbody role="rowgroup">${table.rows.map(
    (row, n) => html`<tr role="row">${row.map((text, i) => cell(text, table.columns[i]))}${deeds && drawDeeds(desk, n)}</tr>`,
  )}</tbody></table>${desk.inRows.map(
    (select, i) =>
      html`<form hidden id="${rowForm(desk, i)}" method="post" action="/press" ${swap}>${tokens(desk)}${pressOf(select)}</form>`,
  )}`
}

const rowForm = (desk: Desk, i: number): string => `${desk.id}-rows-${i}`

/** What can be done with one row. Its buttons send the form of their select, which stands behind the table. */
const drawDeeds = (desk: Desk, row: number): Html =>
  html`<td role="cell" class="deeds">${desk.linksInRows.flatMap((links) => drawLinks(links, desk, row))}${desk.inRows.map(
    ({ inRow = '', choices }, i) => {
      const id = rowForm(desk, i)
      const { value, label } = choices[row] ?? { value: '', label: '' }
      const name = `${desk.plain(inRow)}: ${desk.plain(label)}`
      return html`<button class="button plain" id="${id}-${row}" form="${id}" name="choice" value="${value}" aria-label="${name}">${desk.ink(inRow)}</button>`
    },
  )}</td>`

const drawLinks = ({ buttons, inRows }: Buttons, desk: Desk, row: number): readonly Html[] =>
  buttons.flatMap(({ label, do: press }, i) =>
    inRows?.rows[i] !== row || 'open' in press
      ? []
      : html`<a class="button plain" id="${desk.id}-rows-${press.command.replaceAll(' ', '-')}-${row}" href="/form/${encodeURIComponent(packPress(press))}" aria-label="${desk.plain(label)}">${desk.ink(inRows.word)}</a>`,
  )
