/**
 * One word of a command line: `text` as it was typed; before a colon outside quotes `name`; after it `value`, without its quotes.
 * An open quote runs to the end of the line.
 */
export type Token = {
  readonly text: string
  readonly name: string | null
  readonly value: string
  readonly quotes: 'none' | 'closed' | 'open'
}

const doubleQuotes = '"“”'
const singleQuotes = "'‘’"
const namePattern = /^([\p{L}\p{M}_]{1,32})[:：]\s*/u

/**
 * Cuts a line at spaces outside quotes and outside Slack's `<…>`. A quote opens at the start of a word or of a value and closes
 * before a space, so that `Ada's` needs none.
 */
export function tokensOf(line: string): readonly Token[] {
  const tokens: Token[] = []
  let rest = line.trimStart()
  while (rest !== '') {
    const token = tokenAt(rest)
    tokens.push(token)
    rest = rest.slice(token.text.length).trimStart()
  }
  return tokens
}

function tokenAt(line: string): Token {
  const [before = '', name = null] = namePattern.exec(line) ?? []
  const rest = line.slice(before.length)
  const quotes = [doubleQuotes, singleQuotes].find((kind) => rest !== '' && kind.includes(rest.charAt(0)))
  const end = quotes ? closingIn(rest, quotes) : null
  if (end !== null) return { text: before + rest.slice(0, end + 1), name, value: rest.slice(1, end), quotes: 'closed' }
  if (quotes === doubleQuotes) return { text: line, name, value: rest.slice(1), quotes: 'open' }
  const value = /^(?:<[@#!][^<>]*>|\S)*/u.exec(rest)?.[0] ?? ''
  return { text: before + value, name, value, quotes: 'none' }
}

function closingIn(rest: string, quotes: string): number | null {
  for (let i = 1; i < rest.length; i++) {
    if (quotes.includes(rest.charAt(i)) && /^(?:\s|$)/u.test(rest.slice(i + 1, i + 2))) return i
  }
  return null
}
