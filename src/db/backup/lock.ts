import { argon2, createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { z } from 'zod'

/** How a passphrase becomes a key (RFC 9106): memory in KiB. The check tells a wrong passphrase from a damaged file. */
export const lockShape = z.object({
  kdf: z.literal('argon2id'),
  salt: z.string(),
  memory: z.int().min(8).max(1_048_576),
  passes: z.int().min(1).max(100),
  parallelism: z.int().min(1).max(16),
  check: z.string(),
})
export type Lock = z.infer<typeof lockShape>

const keyBytes = 32
export const tagBytes = 16

/** Closes chunks in their order, and opens them again: null where a chunk is not the one that belongs there. `isLast` tells the end from a cut. */
export type Chest = {
  close(chunk: Buffer, isLast: boolean): Buffer
  open(chunk: Buffer, isLast: boolean): Buffer | null
}

const derive = promisify(argon2)

async function keyFrom(passphrase: string, { salt, memory, passes, parallelism }: Omit<Lock, 'check'>): Promise<Buffer> {
  const message = passphrase.normalize('NFC')
  return Buffer.from(
    await derive('argon2id', { message, nonce: Buffer.from(salt, 'base64'), memory, passes, parallelism, tagLength: keyBytes }),
  )
}

const checkOf = (key: Buffer): Buffer => createHmac('sha256', key).update('focus-mate backup').digest().subarray(0, tagBytes)

/** A fresh key from the passphrase, and what is needed to make it again. */
export async function lockWith(passphrase: string): Promise<{ readonly lock: Lock; readonly key: Buffer }> {
  const how = { kdf: 'argon2id', salt: randomBytes(16).toString('base64'), memory: 65_536, passes: 3, parallelism: 1 } as const
  const key = await keyFrom(passphrase, how)
  return { lock: { ...how, check: checkOf(key).toString('base64') }, key }
}

/** The key again; null for another passphrase. */
export async function unlock(passphrase: string, lock: Lock): Promise<Buffer | null> {
  const key = await keyFrom(passphrase, lock)
  const check = Buffer.from(lock.check, 'base64')
  return check.length === tagBytes && timingSafeEqual(check, checkOf(key)) ? key : null
}

/** AES-256-GCM, each chunk under its number; the head of the file belongs to every chunk, so nobody exchanges it. */
export function lockedChest(key: Buffer, head: Buffer): Chest {
  let number = 0
  const next = (isLast: boolean): Buffer => {
    const nonce = Buffer.alloc(12)
    nonce.writeUIntBE(number++, 4, 6)
    nonce.writeUInt8(isLast ? 1 : 0, 11)
    return nonce
  }
  return {
    close(chunk, isLast) {
      const cipher = createCipheriv('aes-256-gcm', key, next(isLast), { authTagLength: tagBytes }).setAAD(head)
      const closed = Buffer.concat([cipher.update(chunk), cipher.final()])
      return Buffer.concat([cipher.getAuthTag(), closed])
    },
    open(chunk, isLast) {
      if (chunk.length < tagBytes) return null
      const decipher = createDecipheriv('aes-256-gcm', key, next(isLast), { authTagLength: tagBytes })
      decipher.setAAD(head).setAuthTag(chunk.subarray(0, tagBytes))
      try {
        return Buffer.concat([decipher.update(chunk.subarray(tagBytes)), decipher.final()])
      } catch {
        // Node has no own error for a tag that does not match; nothing else is thrown here.
        return null
      }
    },
  }
}

/** Without a passphrase: readable by anybody, and yet every changed, missing or exchanged byte is noticed. */
export function plainChest(head: Buffer): Chest {
  let before = createHash('sha256').update(head).digest()
  const tagOf = (chunk: Buffer, isLast: boolean): Buffer => {
    before = createHash('sha256')
      .update(before)
      .update(isLast ? 'last' : 'more')
      .update(chunk)
      .digest()
    return before.subarray(0, tagBytes)
  }
  return {
    close: (chunk, isLast) => Buffer.concat([tagOf(chunk, isLast), chunk]),
    open(chunk, isLast) {
      const content = chunk.subarray(tagBytes)
      return chunk.length >= tagBytes && tagOf(content, isLast).equals(chunk.subarray(0, tagBytes)) ? content : null
    },
  }
}
