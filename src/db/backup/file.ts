import { z } from 'zod'
import { DatabaseRefused } from '../refused.ts'
import { type Chest, type Lock, lockShape, tagBytes } from './lock.ts'

/*
 * A backup is one file: the magic line, a line of JSON (the head), then chunks. A chunk is its length (4 bytes, the highest bit for the
 * last one) and its content, closed by a chest. The contents together are a zstd stream of frames.
 */
const magic = 'focus-mate backup\n'
const longestHead = 64 * 1024
const chunkBytes = 64 * 1024
const lastBit = 0x8000_0000
/** zstd may make a little more of what does not compress. */
const longestChunk = chunkBytes + tagBytes

const headShape = z.object({
  format: z.literal(1),
  /** Names of the migrations that the database had, the last one being its version. */
  migrations: z.array(z.string()).min(1),
  createdAt: z.string(),
  lock: lockShape.nullable(),
})
export type Head = z.infer<typeof headShape>

export const damaged = (): DatabaseRefused => new DatabaseRefused('The backup is damaged or cut short: nothing was changed.')

export const headBytes = (head: {
  readonly migrations: readonly string[]
  readonly createdAt: string
  readonly lock: Lock | null
}): Buffer => Buffer.from(`${magic}${JSON.stringify({ format: 1, ...head })}\n`)

/** Cuts a stream into closed chunks, the last of which says so. */
export async function* closedChunks(stream: AsyncIterable<Buffer>, chest: Chest): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = []
  let length = 0
  for await (const part of stream) {
    waiting.push(part)
    length += part.length
    if (length <= chunkBytes) continue
    let rest = Buffer.concat(waiting)
    for (; rest.length > chunkBytes; rest = rest.subarray(chunkBytes)) yield framed(chest.close(rest.subarray(0, chunkBytes), false), false)
    waiting = [rest]
    length = rest.length
  }
  yield framed(chest.close(Buffer.concat(waiting), true), true)
}

function framed(chunk: Buffer, isLast: boolean): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(chunk.length + (isLast ? lastBit : 0))
  return Buffer.concat([length, chunk])
}

/** Takes bytes from a stream in the amounts that are asked for. */
export type Reader = {
  /** Exactly so many bytes; null at the end, and where fewer are left. */
  take(bytes: number): Promise<Buffer | null>
  /** Up to and with the first line break; null where none comes within `most` bytes. */
  line(most: number): Promise<Buffer | null>
  isOver(): Promise<boolean>
}

export function readerOver(stream: AsyncIterable<Buffer>): Reader {
  const source = stream[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)
  async function more(): Promise<boolean> {
    const { value, done } = await source.next()
    if (done === true) return false
    held = held.length === 0 ? value : Buffer.concat([held, value])
    return true
  }
  const cut = (bytes: number): Buffer => {
    const taken = held.subarray(0, bytes)
    held = held.subarray(bytes)
    return taken
  }
  return {
    async take(bytes) {
      while (held.length < bytes) if (!(await more())) return null
      return cut(bytes)
    },
    async line(most) {
      for (;;) {
        const end = held.indexOf(0x0a)
        if (end >= 0) return end < most ? cut(end + 1) : null
        if (held.length >= most || !(await more())) return null
      }
    },
    async isOver() {
      while (held.length === 0) if (!(await more())) return true
      return false
    },
  }
}

/** The head of a backup with its own bytes. @throws DatabaseRefused for any other file, and for one of a newer format */
export async function readHead(reader: Reader): Promise<{ readonly head: Head; readonly bytes: Buffer }> {
  const first = await reader.line(magic.length + 1)
  if (first?.toString() !== magic) throw new DatabaseRefused('This file is no backup of Focus Mate.')
  const line = await reader.line(longestHead)
  const told = line === null ? null : parsed(line.toString())
  if (line === null || told === null) throw damaged()
  if (typeof told === 'object' && 'format' in told && typeof told.format === 'number' && told.format > 1) {
    throw new DatabaseRefused('This backup was made by a newer Focus Mate: restore it with that one.')
  }
  const read = headShape.safeParse(told)
  if (!read.success) throw damaged()
  return { head: read.data, bytes: Buffer.concat([first, line]) }
}

function parsed(text: string): object | null {
  try {
    const told: unknown = JSON.parse(text)
    return typeof told === 'object' ? told : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** The contents of the chunks again. @throws DatabaseRefused where one is not what was written, or the last one is missing */
export async function* openedChunks(reader: Reader, chest: Chest): AsyncGenerator<Buffer> {
  for (;;) {
    const told = (await reader.take(4))?.readUInt32BE()
    if (told === undefined) throw damaged()
    const isLast = told >= lastBit
    const length = isLast ? told - lastBit : told
    const chunk = length > longestChunk ? null : await reader.take(length)
    const content = chunk && chest.open(chunk, isLast)
    if (content === null) throw damaged()
    yield content
    if (!isLast) continue
    if (!(await reader.isOver())) throw damaged()
    return
  }
}
