/** Menus on messages, and forms: what both platforms have, drawn from one description of a field. */
import { h } from './dom.js'

/** A menu that tells at once what was picked. */
export function picker({ label, options, many, disabled, chosen = [], onpick }) {
  const picked = new Set([...chosen, ...options.filter((option) => option.default).map((option) => option.value)])
  const select = h(
    'select',
    { 'aria-label': label, multiple: many, disabled },
    !many && h('option', { value: '', selected: picked.size === 0, disabled: true }, label),
    ...options.map((option) =>
      h(
        'option',
        { value: option.value, selected: picked.has(option.value) },
        option.description ? `${option.label} · ${option.description}` : option.label,
      ),
    ),
  )
  select.addEventListener('change', () => onpick([...select.selectedOptions].map((option) => option.value).filter((value) => value !== '')))
  return select
}

/**
 * A form over the seat. A field is `{ name, label, hint, required, kind, value, options }`, `words` an element between them.
 * `onsubmit` resolves with what the platform says: its faults stand by their fields.
 */
export function formFrame({ title, fields, submit, cancel, onsubmit, oncancel }) {
  const faults = new Map()
  const readers = new Map()
  const drawn = fields.map((field) => {
    if (field.words) return field.words
    const { element, read } = inputOf(field)
    const fault = h('span', { class: 'fault', role: 'alert' })
    readers.set(field.name, read)
    faults.set(field.faultAt ?? field.name, fault)
    return h(
      'label',
      { class: 'field' },
      h('span', { class: 'label' }, field.label, field.required ? ' *' : h('small', {}, ' (optional)')),
      element,
      field.hint && h('span', { class: 'hint' }, field.hint),
      fault,
    )
  })
  const send = async (event) => {
    event.preventDefault()
    for (const fault of faults.values()) fault.textContent = ''
    const { errors = {} } = await onsubmit(Object.fromEntries([...readers].map(([name, read]) => [name, read()])))
    for (const [name, words] of Object.entries(errors)) faults.get(name)?.append(words)
  }
  const close = (event) => event.key === 'Escape' && oncancel()
  const form = h(
    'form',
    { class: 'form', onsubmit: send, onkeydown: close, novalidate: true, 'aria-label': title },
    h('h3', {}, title),
    h('div', { class: 'fields' }, ...drawn),
    h(
      'footer',
      {},
      h('button', { type: 'button', class: cancel.class, onclick: oncancel }, cancel.label),
      submit && h('button', { type: 'submit', class: submit.class }, submit.label),
    ),
  )
  return h('div', { class: 'veil' }, form)
}

function inputOf(field) {
  const { kind, value, options = [], placeholder, required } = field
  if (kind === 'tick') {
    const box = h('input', { type: 'checkbox', checked: value })
    return { element: box, read: () => box.checked }
  }
  if (kind === 'one' || kind === 'many') {
    const select = h(
      'select',
      { multiple: kind === 'many' },
      kind === 'one' && h('option', { value: '' }, required ? (placeholder ?? 'Choose') : '–'),
      ...options.map((option) => h('option', { value: option.value, selected: value.includes(option.value) }, option.label)),
    )
    const read = () => [...select.selectedOptions].map((option) => option.value).filter((one) => one !== '')
    return { element: select, read: () => (field.always === 'list' || kind === 'many' ? read() : (read()[0] ?? '')) }
  }
  if (kind === 'long') {
    const box = h('textarea', { rows: 3, placeholder, maxlength: field.most }, value)
    return { element: box, read: () => box.value }
  }
  const box = h('input', {
    type: 'text',
    value,
    placeholder,
    maxlength: field.most,
    inputmode: kind === 'number' ? 'numeric' : null,
    autocomplete: 'off',
  })
  if (!field.suggest) return { element: box, read: () => box.value }
  const list = h('datalist', { id: `list-${Math.random().toString(36).slice(2)}` })
  box.setAttribute('list', list.id)
  const fill = async () => list.replaceChildren(...(await field.suggest(box.value)).map(({ label }) => h('option', { value: label })))
  box.addEventListener('input', fill)
  box.addEventListener('focus', fill)
  return { element: h('span', {}, box, list), read: () => box.value }
}
