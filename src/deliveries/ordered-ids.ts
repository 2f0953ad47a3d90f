import { randomBytes } from 'node:crypto'

let last = 0n

/**
 * A uuid (version 7), later than every one made before by this process, also within one millisecond: jobs inserted together have
 * equal times, so their order is the order of their ids.
 */
export function orderedId(): string {
  const milliseconds = BigInt(Math.floor(performance.timeOrigin + performance.now()))
  const ticks = milliseconds << 12n
  last = ticks > last ? ticks : last + 1n
  const time = last.toString(16).padStart(15, '0')
  const random = randomBytes(8)
  random.writeUInt8((random.readUInt8(0) & 0x3f) | 0x80, 0)
  const tail = random.toString('hex')
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${time.slice(12)}-${tail.slice(0, 4)}-${tail.slice(4)}`
}
