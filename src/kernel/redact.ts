/** Keys whose values never stand in a log: secrets, links, and what people wrote. */
const privateKeys =
  /token|secret|passw|cookie|authorization|signature|url$|^(links?|hash|email|text|typed|content|body|requestBody|rawError|detail|note|aim|args|words|values|parameters|query|form|data|payload)$/i

/** Secrets that stand inside other text. */
const secretsInText: readonly (readonly [RegExp, string])[] = [
  [/\bxox[a-z](?:-[\w.]+)+|\bxapp(?:-\w+)+/g, '[slack token]'],
  [/\b[\w-]{23,30}\.[\w-]{6}\.[\w-]{27,}/g, '[discord token]'],
  [/:\/\/[^\s/@"\\]+@/g, '://[login]@'],
  [/\/(webhooks|interactions)\/(\d+)\/[\w-]+/g, '/$1/$2/[token]'],
  [/hooks\.slack\.com\/[\w/-]+/g, 'hooks.slack.com/[path]'],
  [/([?&](?:token|code|state|key|secret|ticket)=)[^&\s"\\]+/g, '$1[secret]'],
  [/\/calendar\/[\w-]+/g, '/calendar/[secret]'],
  // The last part of an address or path that looks drawn by lot: a one-time link, a calendar's address. A uuid has no capitals.
  [/\/(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[\w-]{22,}(?![\w./-])/g, '/[secret]'],
]

/** The text without the secrets that may stand in it. What it leaves of a line of JSON is JSON. */
export const redactText = (text: string): string => secretsInText.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text)

/** Deeper than this, a value of a log line is left out. */
const deepest = 5

/** A copy fit for the log, but for the secrets inside text. */
export function redactFields(fields: object, depth = 0): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      privateKeys.test(key) && value !== null ? '[private]' : redactValue(value, depth + 1),
    ]),
  )
}

function redactValue(value: unknown, depth: number): unknown {
  if (value instanceof Error) return redactError(value)
  if (value instanceof Date || typeof value !== 'object' || value === null) return value
  if (depth === deepest) return '[deeper]'
  return Array.isArray(value) ? value.map((part) => redactValue(part, depth + 1)) : redactFields(value, depth)
}

/**
 * What may be said of an error. Its other properties are left out: database errors carry the row, platform errors the message that
 * was to be sent.
 */
function redactError(error: Error): Record<string, unknown> {
  return {
    type: error.name,
    ...('code' in error ? { code: String(error.code) } : {}),
    message: sayable(error),
    stack: frames(error),
    ...(error.cause instanceof Error ? { cause: redactError(error.cause) } : {}),
  }
}

/** The message without the value that PostgreSQL could not read and quotes after a colon. */
export const sayable = (error: Error): string => (error.name === 'PostgresError' ? error.message.replace(/: ".*$/s, '') : error.message)

/** The stack without its first lines, which repeat the message. */
const frames = (error: Error): string =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')
