import { type Pen, visible } from '../../src/locales/write.ts'

/** What Discord reads as formatting, as the begin of a mention, or as the begin of a link's words. */
const markup = /[\\*_~`|<>[\]]/g
/** Line beginnings that make a heading, a list or small print. */
const lineStart = /^(\s*)([#+-])|^(\s*\d+)(\.)/gm

/** Shows the letters as they are: no formatting, no mention that rings, no link. */
export const escapeMarkdown = (text: string): string =>
  text.replace(markup, '\\$&').replaceAll('://', ':\\//').replaceAll('@', '@\u200b').replace(lineStart, '$1$3\\$2$4')

/** A person's words on one line, so that they can't pass for lines of ours. */
export const oneLine = (text: string): string => visible(text.replace(/\s+/g, ' ')).trim()

const seconds = (time: Date): number => Math.floor(time.getTime() / 1000)
const timeStyles = { clock: 't', countdown: 'R', date: 'D' } as const
const code = (text: string): string => `\`${text.replaceAll('`', "'")}\``

const isSnowflake = (id: string): boolean => /^\d{1,20}$/.test(id)

/** Discord's markdown. A role's name rings nobody, since no message of ours allows it. Times are shown by each reader's own clock; a countdown moves without edits. */
export const discordPen: Pen = {
  typed: (text) => escapeMarkdown(oneLine(text)),
  words: escapeMarkdown,
  person: (name) => escapeMarkdown(oneLine(name)),
  call: (name) => escapeMarkdown(oneLine(name)),
  channel: (id) => (isSnowflake(id) ? `<#${id}>` : escapeMarkdown(`#${oneLine(id)}`)),
  role: (id) => (isSnowflake(id) ? `<@&${id}>` : escapeMarkdown(`@${oneLine(id)}`)),
  time: (time, as) => `<t:${seconds(time)}:${timeStyles[as]}>`,
  command: (spoken, name) => (spoken.startsWith(name) ? code(`/${spoken}`) : `${code(`/${spoken}`)} (${code(`/${name}`)})`),
}

/** Rings those whom it calls: their ids are put into `rings`, for the message's `allowed_mentions`. */
export const callingPen = (rings: Set<string>): Pen => ({
  ...discordPen,
  call(name, mention) {
    const id = mention === null ? undefined : /^<@(\d+)>$/.exec(mention)?.[1]
    if (id === undefined) return discordPen.call(name, mention)
    rings.add(id)
    return `<@${id}>`
  },
})

/** Cut to `most` characters without leaving half of a letter, of an escape, or of a `<…>`. */
export function cutMarkdown(text: string, most: number): string {
  if (text.length <= most) return text
  const kept = text
    .slice(0, most - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .replace(/(?<!\\)(?:\\\\)*<[^>]*$/, '')
    .replace(/(?<!\\)((?:\\\\)*)\\$/, '$1')
  return `${kept}…`
}

/** The same for text without markup: labels and names. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`
}
