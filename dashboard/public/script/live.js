/**
 * Follows what is on the page: the stream says only that something changed, and the page fetches the live part of itself again. A page
 * without a stream does so after each press.
 * What somebody is typing or choosing there is not torn away: the fetch waits until they leave the field. While a press is under way its
 * own answer comes first: it may lead elsewhere, where the room of this page is gone.
 */
export function followLive() {
  document.addEventListener('htmx:before:swap', rememberFocus)
  document.addEventListener('htmx:after:swap', restoreFocus)
  const region = live()
  if (!region) return
  let stream = null
  let waiting = null
  let address = ''
  let pressed = null
  let next = null

  const open = () => {
    stream?.close()
    address = live()?.dataset.live ?? ''
    if (!address) return
    stream = new EventSource(address)
    stream.addEventListener('open', () => say('lost', ''))
    stream.addEventListener('changed', refreshSoon)
    stream.addEventListener('bye', () => afterPress(() => location.reload()))
    stream.addEventListener('error', () => {
      const lost = document.getElementById('lost')
      if (lost) say('lost', lost.dataset.words)
      if (stream.readyState === EventSource.CLOSED) setTimeout(open, 5000)
    })
  }

  const refreshSoon = () => {
    clearTimeout(waiting)
    waiting = setTimeout(() => afterPress(refresh), 60)
  }

  const afterPress = (act) => {
    if (pressed === null) act()
    else next = act
  }

  const refresh = () => {
    if (live()?.contains(document.activeElement) && document.activeElement.matches('input:not([type=hidden]), select, textarea')) {
      document.activeElement.addEventListener('blur', refreshSoon, { once: true })
      return
    }
    htmx.ajax('GET', location.pathname + location.search, { target: '#live', select: '#live', swap: 'outerHTML' })
  }

  document.addEventListener('htmx:before:request', ({ detail }) => {
    if (detail.ctx.request.method === 'POST') pressed = detail.ctx
  })
  document.addEventListener('htmx:finally:request', ({ detail }) => {
    if (detail.ctx !== pressed || detail.ctx.hx?.redirect) return
    const act = next
    pressed = null
    next = null
    // What no stream tells of is looked at again after each deed.
    if (act) act()
    else if (!address) refresh()
  })
  document.addEventListener('htmx:response:error', ({ detail }) => {
    if (detail.ctx.request.method === 'GET' && detail.ctx.target?.id === 'live') location.reload()
  })
  document.addEventListener('htmx:after:swap', () => {
    if (live() && live().dataset.live !== address) open()
  })
  addEventListener('pagehide', () => stream?.close())
  addEventListener('pageshow', (event) => event.persisted && open())
  open()
}

const live = () => document.getElementById('live')

function say(id, words) {
  const place = document.getElementById(id)
  if (place && place.textContent !== words) place.textContent = words
}

let focused = null
let states = new Map()

const statesOf = () =>
  new Map(
    [...document.querySelectorAll('.screen[data-room]')].map((screen) => [
      screen.id,
      screen.querySelector('[data-state]')?.textContent ?? '',
    ]),
  )

function rememberFocus() {
  states = statesOf()
  const element = document.activeElement
  const row = element?.closest?.('.buttons, .select')
  focused = element?.id
    ? { id: element.id, screen: element.closest('.screen')?.id, place: row ? [...row.querySelectorAll('.button')].indexOf(element) : -1 }
    : null
}

/** The focus goes back to its control; where that is gone, to the one in its place, else to the title of its screen or of the page's first. */
function restoreFocus() {
  announce()
  if (!focused || (document.activeElement && document.activeElement !== document.body)) return
  const screen = document.getElementById(focused.screen ?? '')
  const neighbour = focused.place >= 0 ? [...(screen?.querySelectorAll('.buttons .button') ?? [])].at(focused.place) : null
  const next =
    document.getElementById(focused.id) ?? neighbour ?? (screen ?? document.getElementById('main')).querySelector('.screen-title')
  next?.focus({ preventScroll: true })
}

/** A new phase is said once; a countdown never. */
function announce() {
  for (const [id, state] of statesOf()) if (states.has(id) && states.get(id) !== state) say('announcer', state)
  states = statesOf()
}
