/** As many characters (UTF-16 units, which Slack counts) as fit, never half a character, half an escape or half a token. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text
  const kept = text.slice(0, longest - 1).replace(/(?:<[^>]*|&[a-z]{0,3}|[\uD800-\uDBFF])$/, '')
  return `${kept.trimEnd()}…`
}

/** The list in pieces of at most `size`. */
export const piecesOf = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, piece) => list.slice(piece * size, (piece + 1) * size))
