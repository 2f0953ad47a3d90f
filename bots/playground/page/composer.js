/** Where one types: what the client offers stands over it; arrows and Tab choose, Enter sends. */
import { h } from './dom.js'

export function composer(name, placeholder, act) {
  const list = h('ul', { class: 'offers', role: 'listbox', id: `offers-${name}` })
  const box = h('textarea', {
    rows: 1,
    placeholder,
    'aria-label': `${name}: ${placeholder}`,
    'aria-controls': list.id,
    autocomplete: 'off',
    spellcheck: 'false',
  })
  let offers = []
  let at = -1
  let asked = 0

  function show(fresh) {
    offers = fresh
    at = -1
    list.replaceChildren(
      ...offers.map((offer) =>
        h('li', { role: 'option', onmousedown: (event) => pick(event, offer) }, h('b', {}, offer.label), h('span', {}, offer.about)),
      ),
    )
  }

  function move(by) {
    at = (at + by + offers.length) % offers.length
    for (const [index, item] of [...list.children].entries()) {
      item.setAttribute('aria-selected', String(index === at))
      if (index === at) item.scrollIntoView({ block: 'nearest' })
    }
  }

  async function complete() {
    asked += 1
    const mine = asked
    const { offers: fresh = [] } = box.value.startsWith('/') ? await act({ do: 'complete', text: box.value }, true) : {}
    if (mine === asked) show(fresh)
  }

  function take(offer) {
    box.value = offer.text
    box.focus()
    complete()
  }

  /** The box keeps the cursor, so that the list stays. */
  function pick(event, offer) {
    event.preventDefault()
    take(offer)
  }

  async function send() {
    const text = box.value
    if (text.trim() === '') return
    asked += 1
    show([])
    box.value = ''
    const { note } = await act({ do: 'type', text })
    if (note && box.value === '') box.value = text
  }

  box.addEventListener('input', complete)
  box.addEventListener('focus', complete)
  box.addEventListener('blur', () => show([]))
  box.addEventListener('keydown', (event) => {
    if (event.isComposing) return
    const open = offers.length > 0
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      if (open && at >= 0) take(offers[at])
      else send()
    } else if (open && event.key === 'Tab') {
      event.preventDefault()
      take(offers[Math.max(0, at)])
    } else if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault()
      move(event.key === 'ArrowDown' ? 1 : -1)
    } else if (event.key === 'Escape') show([])
  })
  return h('div', { class: 'composer' }, list, box)
}
