/** Takes voice packets out of their transport encryption: the two modes that Discord accepts, both over the RTP header. */

import { createDecipheriv } from 'node:crypto'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'

const headerSize = 12
const tagSize = 16
const counterSize = 4
/** The payload type of Opus at Discord. */
const opus = 0x78

export const modes = ['aead_aes256_gcm_rtpsize', 'aead_xchacha20_poly1305_rtpsize'] as const
export type Mode = (typeof modes)[number]

/** Whose packet it is; 0 for what is too short to be one. */
export const ssrcOf = (packet: Buffer): number => (packet.length < headerSize ? 0 : packet.readUInt32BE(8))

/** @returns the frame; null for what is no voice packet; throws where it was not sealed with this key. */
export const openPacket = (packet: Buffer, mode: Mode, key: Buffer): Buffer | null => {
  if (packet.length <= headerSize + tagSize + counterSize || packet.readUInt8(0) >> 6 !== 2 || packet.readUInt8(1) !== opus) return null
  const header = packet.subarray(0, headerSize)
  const sealed = packet.subarray(headerSize, -counterSize)
  const counter = packet.subarray(-counterSize)
  return openers[mode](sealed, header, counter, key)
}

type Open = (sealed: Buffer, header: Buffer, counter: Buffer, key: Buffer) => Buffer

const padded = (counter: Buffer, size: number): Buffer => Buffer.concat([counter, Buffer.alloc(size - counterSize)])

const openers: Readonly<Record<Mode, Open>> = {
  aead_aes256_gcm_rtpsize: (sealed, header, counter, key) => {
    const opening = createDecipheriv('aes-256-gcm', key, padded(counter, 12)).setAAD(header).setAuthTag(sealed.subarray(-tagSize))
    return Buffer.concat([opening.update(sealed.subarray(0, -tagSize)), opening.final()])
  },
  aead_xchacha20_poly1305_rtpsize: (sealed, header, counter, key) =>
    Buffer.from(xchacha20poly1305(key, padded(counter, 24), header).decrypt(sealed)),
}
