import { type Pen, plainTime, type Reader } from '../src/locales/write.ts'
import { escapeText } from './html.ts'
import { tongueOf } from './tongue.ts'

/** What was typed is set apart from the text around it, so that no direction of writing leaks, and carries its language. */
function typed(text: string): string {
  const tongue = tongueOf(text)
  return `<bdi${tongue ? ` lang="${tongue}"` : ''}>${escapeText(text)}</bdi>`
}

/** The hand that writes a `Text` as HTML. A relative time has the exact one behind it, and the page's script keeps it fresh. */
export const htmlPen: Pen = {
  typed,
  words: escapeText,
  person: typed,
  call: typed,
  channel: (id) => typed(`#${id}`),
  role: (id) => typed(`@${id}`),
  time(time, as, reader) {
    const title = escapeText(exact(time, reader))
    const fresh = as === 'countdown' ? ` data-countdown="${escapeText(reader.timezone)}"` : ''
    return `<time datetime="${time.toISOString()}" title="${title}"${fresh}>${escapeText(plainTime(time, as, reader))}</time>`
  },
  copy: (text) => `<code class="copy">${escapeText(text)}</code>`,
  length: (text) => `<span class="length">${escapeText(text)}</span>`,
  command: (spoken) => `<code>${escapeText(spoken)}</code>`,
}

const exact = (time: Date, reader: Reader): string => `${plainTime(time, 'date', reader)} ${plainTime(time, 'clock', reader)}`
