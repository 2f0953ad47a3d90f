/** Everybody's client side by side, kept true by a stream of what each of them sees. */
import { composer } from './composer.js'
import * as discord from './discord.js'
import { face, h } from './dom.js'
import * as slack from './slack.js'
import { keepCounting } from './times.js'

const clients = { discord, slack }
const marks = { text: '# ', voice: '♪ ', direct: '@ ', home: '⌂ ' }
/** For somebody who sees nothing yet, in the words of their client. */
const examples = {
  discord: { en: ['/focus start', '/room create name:Deep work'], ko: ['/집중 시작', '/방 만들기 이름:깊은 집중'] },
  slack: { en: ['/focus', '/focus room create "Deep work"'], ko: ['/focus', '/focus 방 만들기 "깊은 집중"'] },
}
const columns = new Map()

async function post(path, body) {
  try {
    const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    return await response.json()
  } catch {
    return { note: 'The playground does not answer: was it stopped?' }
  }
}

function createColumn(first) {
  const { id, platform, name, language, timezone } = first
  const client = clients[platform]
  let seat = first
  /** What the person has put away. */
  const hidden = new Set()
  /** What is drawn, by key: the data it was drawn from, and the element. */
  const drawn = new Map()
  const places = h('nav', { class: 'places', 'aria-label': `${name}: places` })
  const aside = h('div', { class: 'aside' })
  const lines = h('div')
  const room = h('div', { class: 'room' }, lines)
  const note = h('div', { class: 'note', role: 'alert' })
  const over = h('div')
  const writing = composer(name, platform === 'discord' ? 'Message, or / for commands' : 'Message, or /focus', act)
  const element = h(
    'section',
    { class: `seat ${platform}`, 'aria-label': `${name} on ${platform}`, 'data-seat': id },
    h(
      'header',
      {},
      face(name, false),
      h('h2', {}, name),
      h('small', {}, `${platform === 'discord' ? 'Discord' : 'Slack'} · ${language} · ${timezone.split('/')[1].replace('_', ' ')}`),
    ),
    places,
    aside,
    room,
    note,
    writing,
    over,
  )

  async function act(deed, quietly = false) {
    const outcome = await post(`/seat/${id}`, deed)
    if (!quietly) {
      say(outcome.note)
      room.scrollTop = 0
    }
    return outcome
  }

  const say = (words) =>
    note.replaceChildren(
      ...(words ? [h('span', {}, words), h('button', { type: 'button', 'aria-label': 'Close', onclick: () => say() }, '✕')] : []),
    )

  const suggestion = (text) => {
    const onclick = () => {
      const box = writing.querySelector('textarea')
      box.value = text
      box.focus()
    }
    return h('button', { type: 'button', onclick }, text)
  }

  const nothingYet = () =>
    h('p', { class: 'nothing' }, 'Nothing here yet. Try:', ...examples[platform][language.startsWith('ko') ? 'ko' : 'en'].map(suggestion))

  /** Draws again only what has changed, so that what one is doing elsewhere stays as it is. */
  function keep(key, data, draw) {
    const json = JSON.stringify(data)
    const old = drawn.get(key)
    if (old?.json === json) return old.element
    const fresh = draw()
    drawn.set(key, { json, element: fresh })
    return fresh
  }

  function arrange(parent, children) {
    for (const child of [...parent.children]) if (!children.includes(child)) child.remove()
    for (const [at, child] of children.entries()) if (parent.children[at] !== child) parent.insertBefore(child, parent.children[at] ?? null)
  }

  const placeButton = (place) => {
    const inside = place.inside?.length ? ` · ${place.inside.join(', ')}` : ''
    return h(
      'button',
      { type: 'button', 'aria-current': String(place.id === seat.place), onclick: () => act({ do: 'open', place: place.id }) },
      `${marks[place.kind]}${place.kind === 'home' ? 'Home' : place.name}`,
      h('span', { class: 'inside' }, inside),
    )
  }

  function asideParts() {
    const here = seat.places.find((place) => place.id === seat.place)
    const button = (words, deed) => h('button', { type: 'button', onclick: () => act(deed) }, words)
    if (here?.kind === 'voice') {
      return [
        h('span', {}, here.status || (here.inside.length ? `With ${here.inside.join(', ')}` : 'Nobody here')),
        here.joined ? button('Leave voice', { do: 'leave', place: here.id }) : button('Join voice', { do: 'join', place: here.id }),
      ]
    }
    if (platform === 'discord') return [menusPicker()]
    return [
      seat.shortcut && button(`⚡ ${seat.shortcut}`, { do: 'shortcut' }),
      here?.kind === 'text' && !here.withApp && button('Add Focus Mate here', { do: 'invite' }),
    ].filter(Boolean)
  }

  const menusPicker = () => {
    const others = seat.people.filter((one) => one.seat !== id)
    const options = seat.menus.flatMap((menu) =>
      others.map((one) => ({ text: `${one.name} → ${menu.label}`, deed: { do: 'menu', name: menu.name, target: one.seat } })),
    )
    const select = h(
      'select',
      { 'aria-label': 'Apps menu of a person' },
      h('option', { value: '' }, 'Right-click on a person…'),
      ...options.map(({ text }, at) => h('option', { value: at }, text)),
    )
    select.addEventListener('change', () => {
      const picked = options[Number(select.value)]
      select.value = ''
      if (picked) act(picked.deed)
    })
    return select
  }

  function show(next) {
    const moved = next.place !== seat.place
    seat = next
    const here = seat.places.find((place) => place.id === seat.place)
    writing.hidden = here?.kind === 'home'
    arrange(places, [...seat.places.map((place) => keep(`place ${place.id}`, [place, place.id === seat.place], () => placeButton(place)))])
    const parts = [here, seat.shortcut, seat.menus, seat.people]
    arrange(aside, [keep('aside', parts, () => h('span', { class: 'asideparts' }, ...asideParts()))])
    const messages = seat.messages.filter((message) => !hidden.has(message.id))
    const hide = (message) => () => {
      hidden.add(message.id)
      show(seat)
    }
    const inRoom = messages.map((message) =>
      keep(`message ${message.id}`, message, () => client.drawMessage(seat, message, act, hide(message))),
    )
    if (seat.home) inRoom.push(keep('home', seat.home, () => client.drawHome(seat, seat.home, act)))
    arrange(lines, inRoom.length ? inRoom : [keep('nothing', 0, nothingYet)])
    const open = seat.form && keep('form', [seat.form.id, seat.form.hash, seat.form.body], () => client.drawForm(seat, seat.form, act))
    if (open && !open.isConnected) {
      over.replaceChildren(open)
      open.querySelector('input, select, textarea, button')?.focus()
    }
    if (!open) {
      over.replaceChildren()
      drawn.delete('form')
    }
    if (moved) room.scrollTop = 0
  }

  return {
    element,
    show,
    get seat() {
      return seat
    },
  }
}

function showStage({ product, dashboard, signIn, discord: server, slack: workspace, faults }) {
  const mark = (well, words) => h('span', { class: `state ${well ? 'well' : 'ill'}` }, words)
  document
    .querySelector('#stage')
    .replaceChildren(
      mark(product === 'running', `Focus Mate is ${product}`),
      mark(server.connections > 0, `Discord: ${server.connections > 0 ? 'connected' : 'cut off'}`),
      mark(workspace.connections > 0, `Slack: ${workspace.connections} socket${workspace.connections === 1 ? '' : 's'}`),
      ...(dashboard ? [h('a', { href: dashboard, target: '_blank', rel: 'noreferrer' }, 'Dashboard')] : []),
      ...(signIn ? [h('a', { href: signIn, target: '_blank', rel: 'noreferrer' }, 'Sign in there, once')] : []),
    )
  const panel = document.querySelector('#faults > div')
  if (panel.children.length > 0) return
  panel.append(
    ...Object.entries(Object.groupBy(faults, ({ where }) => where)).map(([where, some]) =>
      h(
        'section',
        {},
        h('h2', {}, where),
        ...some.map(({ id, label }) => h('button', { type: 'button', onclick: () => post(`/fault/${id}`, {}) }, label)),
      ),
    ),
  )
}

const stream = new EventSource('/stream')
stream.addEventListener('stage', ({ data }) => showStage(JSON.parse(data)))
stream.addEventListener('seat', ({ data }) => {
  const seat = JSON.parse(data)
  if (!columns.has(seat.id)) {
    columns.set(seat.id, createColumn(seat))
    document.querySelector('#seats').append(columns.get(seat.id).element)
  }
  columns.get(seat.id).show(seat)
})
stream.addEventListener('error', () => {
  document.querySelector('#stage').replaceChildren(h('span', { class: 'state ill' }, 'The playground has stopped'))
})
keepCounting((id) => columns.get(id)?.seat)
