import type { FastifyReply, FastifyRequest } from 'fastify'
import { seal, unseal } from '../../src/kernel/seal.ts'
import type { Site } from '../site.ts'
import { loginOf } from './logins.ts'
import { isSecure } from './security.ts'

const cookie = 'focus_mate_said'
const keptSeconds = 60
const longest = 300

const ownerOf = (request: FastifyRequest): string => `said:${loginOf(request).person}`

/** Keeps a sentence for the next page, where the one on which it belongs is gone. Sealed, so that nobody else puts words there. */
export function sayNext({ app }: Site, request: FastifyRequest, reply: FastifyReply, sentence: string): void {
  const sealed = seal(sentence.slice(0, longest), ownerOf(request), app.config.secretKey).toString('base64url')
  reply.setCookie(cookie, sealed, { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(app.config), maxAge: keptSeconds })
}

/** What was kept for this page, said once; null where there is nothing. */
export function saidBefore({ app }: Site, request: FastifyRequest, reply: FastifyReply): string | null {
  const kept = request.cookies[cookie]
  if (kept === undefined) return null
  reply.clearCookie(cookie, { path: '/', secure: isSecure(app.config) })
  return unseal(Buffer.from(kept, 'base64url'), ownerOf(request), app.config.secretKey)
}
