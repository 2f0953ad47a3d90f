import { z } from 'zod'
import { damaged, type Reader } from './file.ts'

/**
 * What a backup holds, in order: the secret key; for each table its columns, then its rows as JSON with commas between them, as PostgreSQL
 * writes and reads them; and at the end how many rows each table has.
 */
export type Frame =
  | { readonly kind: 'key'; readonly key: Buffer }
  | { readonly kind: 'table'; readonly table: string; readonly columns: readonly string[] }
  | { readonly kind: 'rows'; readonly rows: Buffer }
  | { readonly kind: 'end'; readonly counts: Readonly<Record<string, number>> }

const marks = { key: 'k', table: 't', rows: 'r', end: 'e' } as const
const longestFrame = 256 * 1024 * 1024

const tableShape = z.object({ table: z.string(), columns: z.array(z.string()) })
const countsShape = z.record(z.string(), z.int().min(0))

export function frameBytes(frame: Frame): Buffer {
  const content = contentOf(frame)
  const head = Buffer.alloc(5)
  head.write(marks[frame.kind], 0, 'latin1')
  head.writeUInt32BE(content.length, 1)
  return Buffer.concat([head, content])
}

function contentOf(frame: Frame): Buffer {
  switch (frame.kind) {
    case 'key':
      return frame.key
    case 'table':
      return Buffer.from(JSON.stringify({ table: frame.table, columns: frame.columns }))
    case 'rows':
      return frame.rows
    case 'end':
      return Buffer.from(JSON.stringify(frame.counts))
  }
  return frame satisfies never
}

/** Every frame up to the end. @throws DatabaseRefused where one is none, and where the end is missing */
export async function* framesIn(reader: Reader): AsyncGenerator<Frame> {
  for (;;) {
    const head = await reader.take(5)
    const length = head?.readUInt32BE(1) ?? 0
    const content = head === null || length > longestFrame ? null : await reader.take(length)
    if (head === null || content === null) throw damaged()
    const frame = frameFrom(String.fromCharCode(head[0] ?? 0), content)
    yield frame
    if (frame.kind === 'end') return
  }
}

function frameFrom(mark: string, content: Buffer): Frame {
  if (mark === marks.rows) return { kind: 'rows', rows: content }
  if (mark === marks.key) return { kind: 'key', key: content }
  if (mark === marks.table) return { kind: 'table', ...tableShape.parse(JSON.parse(content.toString())) }
  if (mark === marks.end) return { kind: 'end', counts: countsShape.parse(JSON.parse(content.toString())) }
  throw damaged()
}
