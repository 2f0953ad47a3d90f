import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { seal, unseal } from './seal.ts'

const key = randomBytes(32)

test('opens with its key and owner only', () => {
  const sealed = seal('xoxb-비밀', 'T1', key)
  expect(unseal(sealed, 'T1', key)).toBe('xoxb-비밀')
  expect(unseal(sealed, 'T2', key)).toBeNull()
  expect(unseal(sealed, 'T1', randomBytes(32))).toBeNull()
  expect(sealed.includes('xoxb')).toBe(false)
})

test('a changed byte anywhere closes it', () => {
  const sealed = seal('secret', 'T1', key)
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(unseal(changed, 'T1', key)).toBeNull()
  }
  expect(unseal(sealed.subarray(0, 20), 'T1', key)).toBeNull()
})

test('the same secret never looks the same', () => {
  expect(seal('secret', 'T1', key).equals(seal('secret', 'T1', key))).toBe(false)
})
