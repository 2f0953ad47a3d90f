import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from './folder.ts'

/**
 * The 32 bytes kept in `<folder>/secret-key`, readable by their owner only; made at the first call.
 * Several processes may start at once: the first link wins and all read the same key.
 * Throws where the folder can't be written or the file holds something else.
 */
export function keptSecretKey(folder: string): Buffer {
  const path = join(folder, 'secret-key')
  const kept = readKey(path)
  if (kept) return kept
  makeFolder(folder, 0o700)
  const draft = join(folder, `secret-key.${randomBytes(6).toString('hex')}`)
  writeFileSync(draft, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
  try {
    linkSync(draft, path)
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  } finally {
    rmSync(draft)
  }
  const made = readKey(path)
  if (!made) throw new Error(`${path} vanished while it was made`)
  return made
}

/** Puts a key in the place of the kept one, at once or not at all. */
export function replaceKeptKey(folder: string, key: Buffer): void {
  makeFolder(folder, 0o700)
  const path = join(folder, 'secret-key')
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  writeFileSync(draft, key.toString('hex'), { mode: 0o600, flag: 'wx' })
  renameSync(draft, path)
}

function readKey(path: string): Buffer | null {
  try {
    const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex')
    if (key.length === 32) return key
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
  throw Object.assign(new Error(`${path} holds no key of 32 bytes`), { code: 'secret-key is damaged' })
}

const hasCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code
