/** The marks of Discord's markdown and Slack's mrkdwn, as far as messages of apps use them. */
import { h } from './dom.js'
import { timeElement, timeText } from './times.js'

/** Replaces the first mark found by what it means and reads on behind it. */
function marked(text, marks) {
  let first = null
  for (const [pattern, mean] of marks) {
    const found = pattern.exec(text)
    if (found && (first === null || found.index < first.found.index)) first = { found, mean }
  }
  if (first === null) return text === '' ? [] : [text]
  const { found, mean } = first
  const after = text.slice(found.index + found[0].length)
  return [...(found.index > 0 ? [text.slice(0, found.index)] : []), mean(found), ...marked(after, marks)]
}

export function discordText(seat, text) {
  const inner = (words) => marked(words, marks)
  const marks = [
    [/\\([\\*_~`|<>[\]#+.:/@()-])/u, ([, letter]) => letter],
    [/```(?:\w*\n)?([\s\S]+?)```/, ([, code]) => h('code', {}, code)],
    [/`([^`]+)`/, ([, code]) => h('code', {}, code)],
    [/<t:(\d+)(?::([tTdDfFR]))?>/, ([, seconds, shape = 'f']) => timeElement(seat, Number(seconds), shape)],
    [/<@!?(\d+)>/, ([, id]) => h('span', { class: 'mention' }, `@${seat.people.find((one) => one.id === id)?.name ?? id}`)],
    [/<#(\d+)>/, ([, id]) => h('span', { class: 'mention' }, `#${seat.places.find((one) => one.id === id)?.name ?? id}`)],
    [/<\/([^:>]+):\d+>/, ([, name]) => h('span', { class: 'mention' }, `/${name}`)],
    [/\[([^\]]+)\]\((https?:[^)\s]+)\)/, ([, words, href]) => h('a', { href, target: '_blank', rel: 'noreferrer' }, ...inner(words))],
    [/\*\*((?:\\.|[^\\])+?)\*\*/, ([, words]) => h('b', {}, ...inner(words))],
    [/__((?:\\.|[^\\])+?)__/, ([, words]) => h('u', {}, ...inner(words))],
    [/~~((?:\\.|[^\\])+?)~~/, ([, words]) => h('s', {}, ...inner(words))],
    [/\*((?:\\.|[^\\*])+)\*/, ([, words]) => h('i', {}, ...inner(words))],
    [/https?:\/\/[^\s<>]+/, ([href]) => h('a', { href, target: '_blank', rel: 'noreferrer' }, href)],
  ]
  const line = (words) => {
    const [, level, rest] = /^(#{1,3}|-#|>) (.*)$/.exec(words) ?? [null, '', words]
    if (level === '-#') return h('span', { class: 'small' }, ...inner(rest))
    if (level === '>') return h('blockquote', {}, ...inner(rest))
    return level ? h(`h${level.length}`, {}, ...inner(rest)) : inner(rest)
  }
  const isBlock = (drawn) => drawn instanceof Element && drawn.localName !== 'span'
  const drawn = text.split('\n').map(line)
  return h(
    'div',
    { class: 'text' },
    drawn.flatMap((one, at) => (at < drawn.length - 1 && !isBlock(one) ? [one, '\n'] : [one])),
  )
}

const plainOf = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** `{time}`, `{ago}` and their like within a `<!date^…>`. */
function slackDate(seat, seconds, form) {
  const at = seconds * 1000
  const shapes = {
    time: 't',
    time_secs: 'T',
    date: 'D',
    date_long: 'F',
    date_short: 'd',
    date_num: 'd',
    date_pretty: 'D',
    date_long_pretty: 'D',
  }
  if (form === '{ago}') return timeElement(seat, seconds, 'R')
  if (form === '{time}') return timeElement(seat, seconds, 't')
  return plainOf(form).replace(/\{(\w+)\}/g, (whole, name) =>
    name === 'ago' ? timeText(seat, at, 'R') : shapes[name] ? timeText(seat, at, shapes[name]) : whole,
  )
}

export function slackText(seat, text) {
  const inner = (words) => marked(words, marks)
  const edge = (mark) => new RegExp(`(?<![\\p{L}\\p{N}])${mark}(?!\\s)([^${mark}\\n]+?)(?<!\\s)${mark}(?![\\p{L}\\p{N}])`, 'u')
  const marks = [
    [/```([\s\S]+?)```/, ([, code]) => h('code', {}, plainOf(code))],
    [/`([^`\n]+)`/, ([, code]) => h('code', {}, plainOf(code))],
    [/<!date\^(\d+)\^([^|^>]+)(?:\^[^|>]*)?\|[^>]*>/, ([, seconds, form]) => slackDate(seat, Number(seconds), form)],
    [/<!(\w+)(?:\|[^>]*)?>/, ([, name]) => h('span', { class: 'mention' }, `@${name}`)],
    [/<@(\w+)(?:\|[^>]*)?>/, ([, id]) => h('span', { class: 'mention' }, `@${seat.people.find((one) => one.id === id)?.name ?? id}`)],
    [/<#(\w+)(?:\|[^>]*)?>/, ([, id]) => h('span', { class: 'mention' }, `#${seat.channels.find((one) => one.id === id)?.name ?? id}`)],
    [/<(https?:[^|>]+)(?:\|([^>]*))?>/, ([, href, words]) => h('a', { href, target: '_blank', rel: 'noreferrer' }, plainOf(words ?? href))],
    [edge('\\*'), ([, words]) => h('b', {}, ...inner(words))],
    [edge('_'), ([, words]) => h('i', {}, ...inner(words))],
    [edge('~'), ([, words]) => h('s', {}, ...inner(words))],
    [/&(?:amp|lt|gt);/, ([mark]) => plainOf(mark)],
  ]
  return h('div', { class: 'text' }, ...inner(text))
}
