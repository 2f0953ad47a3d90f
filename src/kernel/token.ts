import { createHash, randomBytes } from 'node:crypto'

/** 32 random bytes as 43 base64url characters: the secret of a link or of a login. The database keeps only its hash. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

export const isSecret = (text: string): boolean => /^[\w-]{43}$/.test(text)

export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()
