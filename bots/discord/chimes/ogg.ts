/** Opus frames in an Ogg file (RFC 3533 and 7845), for one voice and frames of 20 ms. */

const magic = Buffer.from('OggS')
const headerSize = 27
/** Samples that an encoder puts before the sound, at 48 kHz. */
const preSkip = 312
const samplesPerFrame = 960
const framesPerPage = 50
const isFirst = 0x02
const isLast = 0x04

/** The frames of a file, without its two pages of headers. Throws for what is no Ogg file. */
export function framesOf(file: Buffer): Buffer[] {
  const packets: Buffer[] = []
  let begun: Buffer[] = []
  for (let at = 0; at < file.length; ) {
    if (!file.subarray(at, at + 4).equals(magic)) throw new Error(`no Ogg page at byte ${at}`)
    const count = file.readUInt8(at + headerSize - 1)
    const sizes = file.subarray(at + headerSize, at + headerSize + count)
    at += headerSize + count
    for (const size of sizes) {
      begun.push(file.subarray(at, at + size))
      at += size
      // A segment of 255 bytes goes on in the next one.
      if (size === 255) continue
      packets.push(Buffer.concat(begun))
      begun = []
    }
  }
  return packets.slice(2)
}

export function oggOf(frames: readonly Buffer[]): Buffer {
  const pages = [page([head()], 0, 0n, isFirst), page([tags()], 1, 0n, 0)]
  for (let from = 0; from < frames.length; from += framesPerPage) {
    const upTo = Math.min(from + framesPerPage, frames.length)
    const flags = upTo === frames.length ? isLast : 0
    pages.push(page(frames.slice(from, upTo), pages.length, BigInt(upTo * samplesPerFrame), flags))
  }
  return Buffer.concat(pages)
}

function head(): Buffer {
  const bytes = Buffer.from('OpusHead\x01\x01\0\0\0\0\0\0\0\0\0', 'latin1')
  bytes.writeUInt16LE(preSkip, 10)
  bytes.writeUInt32LE(48_000, 12)
  return bytes
}

const tags = (): Buffer => Buffer.concat([Buffer.from('OpusTags'), sized('Focus Mate'), Buffer.alloc(4)])

function sized(text: string): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(text.length)
  return Buffer.concat([bytes, Buffer.from(text)])
}

function page(packets: readonly Buffer[], number: number, granule: bigint, flags: number): Buffer {
  const sizes = packets.flatMap(({ length }) => [...Array<number>(Math.floor(length / 255)).fill(255), length % 255])
  const header = Buffer.alloc(headerSize)
  magic.copy(header)
  header.writeUInt8(flags, 5)
  header.writeBigUInt64LE(granule, 6)
  header.writeUInt32LE(1, 14)
  header.writeUInt32LE(number, 18)
  header.writeUInt8(sizes.length, headerSize - 1)
  const whole = Buffer.concat([header, Buffer.from(sizes), ...packets])
  whole.writeUInt32LE(checksum(whole), 22)
  return whole
}

/** CRC-32 as Ogg has it: polynomial 04c11db7, from the highest bit, beginning with 0. */
function checksum(bytes: Buffer): number {
  let sum = 0
  for (const byte of bytes) {
    sum ^= byte << 24
    for (let bit = 0; bit < 8; bit += 1) sum = sum < 0 ? (sum << 1) ^ 0x04c11db7 : sum << 1
  }
  return sum >>> 0
}
