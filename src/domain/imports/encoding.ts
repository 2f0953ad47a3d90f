import iconv from 'iconv-lite'
import type { Unreadable } from './import.ts'

const utf16 = [
  { mark: [0xff, 0xfe], label: 'utf-16le' },
  { mark: [0xfe, 0xff], label: 'utf-16be' },
] as const

/** Control characters that no text holds: all but tab, line and page ends. Neither UTF-8 nor CP949 uses such a byte for anything else. */
const isNoText = (byte: number): boolean => byte < 0x20 && (byte < 0x09 || byte > 0x0d)

/**
 * The text of a file: UTF-8, what spreadsheets call Unicode text (UTF-16 that says so in its first two bytes), or else CP949, in which
 * Korean ones save a CSV.
 */
export function textOf(bytes: Uint8Array): { readonly text: string } | Extract<Unreadable, 'binary' | 'encoding'> {
  const marked = utf16.find(({ mark }) => mark.every((byte, n) => bytes[n] === byte))
  if (marked === undefined && bytes.some(isNoText)) return 'binary'
  const text = marked === undefined ? (decoded(bytes, 'utf-8') ?? cp949(bytes)) : decoded(bytes, marked.label)
  return text === null ? 'encoding' : { text }
}

function decoded(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

/** The runtime's own decoder knows 2,350 of the 11,172 syllables. */
function cp949(bytes: Uint8Array): string | null {
  const text = iconv.decode(bytes, 'cp949')
  return text.includes('\ufffd') ? null : text
}
