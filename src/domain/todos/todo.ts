import type { TodoId } from '../../kernel/ids.ts'

/** What somebody means to do: a line of their list, or the aim of a session. `subject` is without its `#`, in lower case. */
export type Line = { readonly text: string; readonly subject: string | null }

export type Todo = Line & { readonly id: TodoId; readonly createdAt: Date }

/** Open lines of one person. */
export const mostOpenLines = 20

export const longestLine = 200
export const longestSubject = 40

const subjectPattern = /(?<=^|\s)#([\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}_-]*)(?=\s|$)/u

/**
 * A typed line taken apart: `Read chapter 3 #Biology` is about `biology`. The first subject counts, and stands no longer in the text;
 * a line that is nothing else is called after its subject. Null where nothing readable is left.
 */
export function lineFrom(typed: string): Line | null {
  const line = oneLine(typed)
  const [whole, named] = subjectPattern.exec(line) ?? []
  const subject = named === undefined ? null : cut(named.toLowerCase(), longestSubject)
  const text = cut(whole === undefined ? line : oneLine(line.replace(whole, '')), longestLine)
  if (/[\p{L}\p{N}\p{S}\p{P}]/u.test(text)) return { text, subject }
  return subject === null ? null : { text: subject, subject }
}

/** The line as one would type it. */
export const written = ({ text, subject }: Line): string => (subject === null || text === subject ? text : `${text} #${subject}`)

/** Under which two texts are the same line. */
export const foldedLine = (text: string): string => text.normalize('NFKC').toLowerCase()

const oneLine = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()

const cut = (text: string, length: number): string => [...text].slice(0, length).join('').trim()
