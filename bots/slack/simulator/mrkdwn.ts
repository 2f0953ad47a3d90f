import { isJson, type Json } from './json.ts'
import type { Team } from './world.ts'

/** Whom a message really calls and where its links lead, as Slack would understand its markup. */
export type Mentions = {
  readonly users: readonly string[]
  readonly channels: readonly string[]
  /** channel, here, everyone, and user groups as `subteam^S…`. */
  readonly broadcasts: readonly string[]
  readonly links: readonly { readonly url: string; readonly label: string }[]
}

const TOKEN = /<([@#!]?)([^<>|\s][^<>|]*)(?:\|([^<>]*))?>/g
const BARE_LINK = /https?:\/\/[^\s<>|]+/g

/** Reads the markup of a text and of every mrkdwn and rich text in blocks; plain_text has no markup. */
export function mentionsIn(text: string, blocks: readonly Json[]): Mentions {
  const found = {
    users: new Set<string>(),
    channels: new Set<string>(),
    broadcasts: new Set<string>(),
    links: [] as { url: string; label: string }[],
  }
  const read = (source: string): void => {
    for (const [, kind, body = '', label] of source.matchAll(TOKEN)) {
      if (kind === '@') found.users.add(body)
      else if (kind === '#') found.channels.add(body)
      else if (kind === '!') {
        if (!body.startsWith('date^')) found.broadcasts.add(body)
      } else if (/^(https?:|mailto:|slack:|tel:)/.test(body)) found.links.push({ url: body, label: label ?? body })
    }
    for (const [url] of source.replaceAll(TOKEN, ' ').matchAll(BARE_LINK)) found.links.push({ url, label: url })
  }
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) walk(one)
    if (!isJson(value)) return
    if (value.type === 'plain_text') return
    if ((value.type === 'mrkdwn' || value.type === 'markdown') && typeof value.text === 'string') read(value.text)
    if (value.type === 'user' && typeof value.user_id === 'string') found.users.add(value.user_id)
    if (value.type === 'broadcast' && typeof value.range === 'string') found.broadcasts.add(value.range)
    if (value.type === 'channel' && typeof value.channel_id === 'string') found.channels.add(value.channel_id)
    if (typeof value.url === 'string') found.links.push({ url: value.url, label: labelOf(value) })
    for (const inner of Object.values(value)) walk(inner)
  }
  read(text)
  walk(blocks)
  return { users: [...found.users], channels: [...found.channels], broadcasts: [...found.broadcasts], links: found.links }
}

function labelOf(element: Json): string {
  if (typeof element.text === 'string') return element.text
  return isJson(element.text) && typeof element.text.text === 'string' ? element.text.text : ''
}

const escapeText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
export const unescapeText = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/**
 * What the app receives of a text a person typed: `&`, `<`, `>` escaped, known @handles, #channels and links put in Slack's markup.
 * `named` adds the name after the id, as slash commands with should_escape do.
 */
export function escapeTyped(team: Team, typed: string, named: boolean): string {
  const people = new Map([...team.users.values()].map((user) => [user.name, user.id]))
  const channels = new Map([...team.channels.values()].filter((one) => one.kind !== 'im').map((one) => [one.name, one.id]))
  const markup = (sigil: string, known: ReadonlyMap<string, string>, name: string): string => {
    const id = known.get(name)
    if (id === undefined) return `${sigil}${name}`
    return named ? `<${sigil}${id}|${name}>` : `<${sigil}${id}>`
  }
  return escapeText(typed)
    .replaceAll(/(?<![\p{L}\p{N}])([@#])([\p{L}\p{N}][\p{L}\p{N}._-]*)/gu, (_whole, sigil: string, name: string) =>
      markup(sigil, sigil === '@' ? people : channels, name),
    )
    .replaceAll(/(?<!\S)https?:\/\/\S+/g, (url) => `<${url}>`)
}
