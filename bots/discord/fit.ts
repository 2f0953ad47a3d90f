import { type APIButtonComponent, type APIComponentInContainer, type APIStringSelectComponent, ComponentType } from 'discord.js'
import { limits } from './limits.ts'
import { cutMarkdown } from './markdown.ts'

/** Lines of text, a row of what can be pressed, or a picture that comes along as a file. */
export type Piece =
  | { readonly picture: { readonly name: string; readonly alt: string } }
  | { readonly lines: readonly string[] }
  | { readonly row: readonly APIButtonComponent[] | APIStringSelectComponent }

/**
 * What of the pieces a message can hold. What is pressed goes before what is read, since without it there is no next step;
 * text is cut from its end, by whole lines, and says so.
 */
export function fitted(pieces: readonly Piece[], cutShort: string): APIComponentInContainer[] {
  const rows = withoutTwins(pieces)
  let components = limits.components - 1 - rows.reduce((sum, row) => sum + sizeOf(row), 0)
  let letters = limits.text - cutShort.length - 1
  let whole = true
  return rows.flatMap((piece): APIComponentInContainer[] => {
    if ('row' in piece) return [{ type: ComponentType.ActionRow, components: 'type' in piece.row ? [piece.row] : [...piece.row] }]
    if ('picture' in piece) {
      const { name, alt } = piece.picture
      return [{ type: ComponentType.MediaGallery, items: [{ media: { url: `attachment://${name}` }, description: alt }] }]
    }
    if (!whole) return []
    const kept: string[] = []
    for (const line of piece.lines) {
      whole = components > 0 && letters > 1
      if (!whole) break
      const fitting = cutMarkdown(line, letters)
      letters -= fitting.length + 1
      kept.push(fitting)
      whole = fitting === line
      if (!whole) break
    }
    if (!whole) kept.push(cutShort)
    const content = kept.join('\n').trim()
    if (content === '' || components <= 0) return []
    components -= 1
    return [{ type: ComponentType.TextDisplay, content }]
  })
}

function sizeOf(piece: Piece): number {
  if ('picture' in piece) return 1
  return 'row' in piece ? 1 + ('type' in piece.row ? 1 : piece.row.length) : 0
}

/** Discord takes no two components with one id, and rows only as far as the message holds them beside a heading. */
function withoutTwins(pieces: readonly Piece[]): Piece[] {
  const seen = new Set<string>()
  const isNew = (id: string) => !seen.has(id) && seen.add(id) !== null
  let room = limits.components - 2
  return pieces.flatMap((piece): Piece[] => {
    if (!('row' in piece)) return [piece]
    const row = 'type' in piece.row ? piece.row : piece.row.filter((button) => !('custom_id' in button) || isNew(button.custom_id))
    if ('type' in row ? !isNew(row.custom_id) : row.length === 0) return []
    const kept: Piece = { row }
    if (sizeOf(kept) > room) return []
    room -= sizeOf(kept)
    return [kept]
  })
}
