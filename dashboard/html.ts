/** Markup that is safe to send as it is. Made by `html` alone, so a string that was not escaped can't become one. */
export class Html {
  readonly markup: string
  constructor(markup: string) {
    this.markup = markup
  }
  toString(): string {
    return this.markup
  }
}

type Part = Html | string | number | null | false | readonly Html[]

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text as HTML, for content and quoted attributes alike. Control characters that HTML forbids are dropped. */
export const escapeText = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not reach a page
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '').replace(/[&<>"']/g, (character) => entities[character] ?? '')

function markupOf(part: Part): string {
  if (part === null || part === false) return ''
  if (part instanceof Html) return part.markup
  if (typeof part === 'object') return part.map((piece) => piece.markup).join('')
  return escapeText(String(part))
}

/** A template whose words are escaped; `null` and `false` leave nothing, lists of Html are joined. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.reduce((markup, string, i) => markup + markupOf(parts[i - 1] ?? null) + string))
}

/** For the views: what is Html already passes, all else is escaped. */
export const escapeUnlessHtml = (value: unknown): string =>
  value === null || value === undefined ? '' : value instanceof Html ? value.markup : escapeText(String(value))
