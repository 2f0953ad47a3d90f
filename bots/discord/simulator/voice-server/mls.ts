/**
 * What a voice server itself says in MLS (RFC 9420): it is no member of the group, but its "external sender", who proposes whom to add
 * and whom to remove. Members commit to that among themselves.
 */

import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255])
const u32 = (value: number): Buffer => Buffer.concat([u16(value >>> 16), u16(value & 0xffff)])
const u64 = (value: bigint): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(value)
  return bytes
}

/** A vector with its length before it, as QUIC writes lengths (section 2.1.2). */
export const vector = (bytes: Uint8Array): Buffer => {
  const size = bytes.length
  const length = size < 64 ? Buffer.from([size]) : size < 16_384 ? u16(size | 0x4000) : u32((size | 0x8000_0000) >>> 0)
  return Buffer.concat([length, bytes])
}

/** Where the vector that begins here ends. */
const afterVector = (bytes: Buffer, at: number): number => {
  const first = bytes.readUInt8(at)
  if (first < 0x40) return at + 1 + first
  return first < 0x80 ? at + 2 + (bytes.readUInt16BE(at) & 0x3fff) : at + 4 + (bytes.readUInt32BE(at) & 0x3fff_ffff)
}

const mls10 = u16(1)
const publicMessage = u16(1)
const basicCredential = u16(1)
const externalSender = Buffer.concat([Buffer.from([2]), u32(0)])
const proposal = Buffer.from([2])
const nothing = vector(Buffer.alloc(0))

export type Proposer = {
  /** What members must know to believe proposals: DAVE's opcode 25. */
  readonly introduction: Buffer
  /** One MLS message; the group's epoch must be the members' own. */
  add(group: bigint, epoch: number, keyPackage: Uint8Array): Buffer
  remove(group: bigint, epoch: number, leaf: number): Buffer
}

export const newProposer = (): Proposer => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  return {
    introduction: Buffer.concat([vector(point), basicCredential, vector(Buffer.from('voice server'))]),
    add: (group, epoch, keyPackage) => signed(privateKey, group, epoch, Buffer.concat([u16(1), keyPackage])),
    remove: (group, epoch, leaf) => signed(privateKey, group, epoch, Buffer.concat([u16(3), u32(leaf)])),
  }
}

/** Framing and signature of sections 6 and 5.1.2. */
const signed = (key: KeyObject, group: bigint, epoch: number, body: Buffer): Buffer => {
  const content = Buffer.concat([vector(u64(group)), u64(BigInt(epoch)), externalSender, nothing, proposal, body])
  const framed = Buffer.concat([mls10, publicMessage, content])
  const toSign = Buffer.concat([vector(Buffer.from('MLS 1.0 FramedContentTBS')), vector(framed)])
  return Buffer.concat([framed, vector(sign('sha256', toSign, key))])
}

export type Commit = { readonly commit: Buffer; readonly welcome: Buffer | null }

/** Takes apart what a member answers to proposals: a commit, and behind it the welcome for whoever was added. */
export const readCommit = (answer: Buffer): Commit => {
  let at = afterVector(answer, 4) // version and wire format, the group
  at += 8 + 5 // epoch, the member who commits
  at = afterVector(answer, at) + 1 // authenticated data, kind of content
  at = afterVector(answer, at) // proposals
  // Whoever removes renews keys along a path, and welcomes nobody.
  if (answer.readUInt8(at) === 1) return { commit: answer, welcome: null }
  at += 1
  for (const _ of ['signature', 'confirmation', 'membership']) at = afterVector(answer, at)
  return { commit: answer.subarray(0, at), welcome: at < answer.length ? answer.subarray(at) : null }
}
