import { type Pen, plainPen, plainTime, type Reader, visible } from '../../src/locales/write.ts'

/** What stands in for a character that would format: its look-alike, since Slack has no escape for it. */
const lookAlikes: Readonly<Record<string, string>> = { '*': '∗', _: '＿', '~': '∼', '`': 'ˋ' }

/** Slack formats only where such a mark stands at the edge of a word, so `snake_case` and `2*3` keep theirs; a backtick formats anywhere. */
const formatting = /`|(?<![\p{L}\p{N}])[*_~]|[*_~](?![\p{L}\p{N}])/gu

/**
 * Makes a text say exactly its letters in Slack's mrkdwn: no markup, no mention, no link, no quotation, one line.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export const escapeText = (text: string): string =>
  visible(text.replace(/[\s\p{Cc}]+/gu, ' '))
    .replace(/^(\s*)>/u, '$1›')
    .replace(formatting, (mark) => lookAlikes[mark] ?? mark)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')

/** How Slack names the forms of a time; each reader sees it in their own zone. */
const timeForms = { clock: '{time}', countdown: '{ago}', date: '{date_long_pretty}' } as const

function slackTime(time: Date, as: keyof typeof timeForms, reader: Reader): string {
  const fallback = escapeText(plainTime(time, as, reader)).replaceAll('|', '')
  return `<!date^${Math.floor(time.getTime() / 1000)}^${timeForms[as]}|${fallback}>`
}

/** The part of a mention that Slack understands; null where it is none of Slack's user ids. */
const userId = (mention: string | null): string | null => mention?.match(/[UW][A-Z0-9]{2,}(?=>?$)/)?.[0] ?? null

/** How mrkdwn is written. A person is a name; only a call pings. `command` is the slash command people type here. */
export const slackPen = (command: string): Pen => ({
  typed: escapeText,
  words: escapeWords,
  person: escapeText,
  call: (name, mention) => (userId(mention) ? `<@${userId(mention)}>` : escapeText(name)),
  channel: (id) => (/^[CG][A-Z0-9]+$/.test(id) ? `<#${id}>` : escapeText(`#${id}`)),
  role: (id) => escapeText(`@${id}`),
  time: slackTime,
  command: (spoken) => `\`${command} ${escapeText(spoken)}\``,
})

/** The catalogue's own text may have several lines and spaces at its edges, which are part of the sentence. */
const escapeWords = (words: string): string =>
  words
    .replace(formatting, (mark) => lookAlikes[mark] ?? mark)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')

/** How labels, titles and choices are written, where Slack reads no markup at all. */
export const labelPen = (command: string): Pen => ({ ...plainPen, command: (spoken) => `${command} ${spoken}` })
