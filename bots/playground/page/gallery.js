/** Every screen and every form on the three surfaces, side by side. Nothing here can be pressed: it shows how things look. */
import * as discord from './discord.js'
import { h } from './dom.js'
import * as slack from './slack.js'

const asked = new URLSearchParams(location.search)
const locale = asked.get('in') === 'ko' ? 'ko' : 'en'
const inert = async () => ({})

const discordCard = (seat, { messages, modals }) => [
  ...messages.flat().map((component) => discord.drawComponent(seat, component, inert, inert)),
  ...modals.map((body) => discord.drawForm(seat, { body }, inert)),
]

const slackCard = (seat, { blocks, view }) => (view ? slack.drawForm(seat, view, inert) : slack.drawBlocks(seat, blocks, 'sample', inert))

/** A page of its own for each, so that neither its sheets nor ours reach across. */
function webCard(styles, markup, theme, name) {
  const sheets = styles.map((href) => `<link rel="stylesheet" href="${href}">`).join('')
  const frame = h('iframe', { title: `${name}, ${theme}`, sandbox: 'allow-same-origin' })
  whenNear(frame, () => {
    frame.addEventListener('load', () => keepFitting(frame))
    frame.srcdoc = `<!doctype html><html lang="${locale}" data-theme="${theme}"><meta charset="utf-8">${sheets}<body><main>${markup}</main>`
  })
  return frame
}

/** As high as what it holds. */
function keepFitting(frame) {
  const page = frame.contentDocument.querySelector('main')
  const fit = () => frame.style.setProperty('height', `${Math.ceil(page.getBoundingClientRect().height)}px`)
  new ResizeObserver(fit).observe(page)
}

/** Hundreds of pages in a page are too many at once: each is filled when it comes near. */
function whenNear(element, fill) {
  const near = new IntersectionObserver(
    ([entry]) => {
      if (!entry.isIntersecting) return
      near.disconnect()
      fill()
    },
    { rootMargin: '600px' },
  )
  near.observe(element)
}

const drawSample = ({ seat, styles }, { name, discord: card, slack: blocks, web }) =>
  h(
    'section',
    { class: 'sample', 'data-name': name },
    h('h2', {}, name),
    h('div', { class: 'discord', inert: true }, ...discordCard(seat, card)),
    h('div', { class: 'slack', inert: true }, slackCard(seat, blocks)),
    h('div', { class: 'web' }, webCard(styles, web, 'light', name), webCard(styles, web, 'dark', name)),
  )

const drawn = await (await fetch(`/gallery/${locale}.json`)).json()
document.documentElement.lang = locale
document.querySelector(`nav a[href="?in=${locale}"]`).setAttribute('aria-current', 'page')
const samples = [...drawn.screens, ...drawn.forms].map((sample) => drawSample(drawn, sample))
document.querySelector('#samples').append(...samples)

const only = document.querySelector('#only')
function filter() {
  for (const sample of samples) sample.hidden = !sample.dataset.name.includes(only.value.trim().toLowerCase())
  document.querySelector('#count').textContent = `${samples.filter((sample) => !sample.hidden).length} of ${samples.length}`
}
only.value = asked.get('only') ?? ''
only.addEventListener('input', filter)
filter()
