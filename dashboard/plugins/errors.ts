import { randomInt } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isLoopback } from '../../src/kernel/config.ts'
import { Refusal, type RefusalKind } from '../../src/kernel/refusal.ts'
import type { MessageKey, Text } from '../../src/locales/text.ts'
import { type Reader, say } from '../../src/locales/write.ts'
import { ink } from '../desk.ts'
import { type Html, html } from '../html.ts'
import { drawNotice } from '../render.ts'
import type { Site } from '../site.ts'
import { isSwap } from './logins.ts'
import { showPage } from './pages.ts'

type Complaint = { readonly status: number; readonly title: MessageKey; readonly sentence: Text }

const statuses: Readonly<Record<RefusalKind, number>> = { missing: 404, forbidden: 403, conflict: 409, invalid: 422 }
const titles = {
  missing: 'web.error.missing.title',
  forbidden: 'web.error.forbidden.title',
  conflict: 'web.error.conflict.title',
  invalid: 'web.error.invalid.title',
} as const satisfies Record<RefusalKind, MessageKey>

/** Puts every error into words: a refusal into its own, a bug into a short reference that stands in the log. */
export function sayErrors(server: FastifyInstance, site: Site): void {
  server.setErrorHandler((error, request, reply) => complain(site, request, reply, complaintOf(error, request)))
  server.setNotFoundHandler((request, reply) =>
    complain(site, request, reply, { status: 404, title: 'web.error.missing.title', sentence: { key: 'web.error.missing' } }),
  )
}

function complaintOf(error: unknown, request: FastifyRequest): Complaint {
  if (error instanceof Refusal) {
    return { status: statuses[error.kind], title: titles[error.kind], sentence: { key: error.key, words: error.words } }
  }
  const { statusCode = 500, code = '' } = error as { statusCode?: number; code?: string }
  if (code.startsWith('FST_CSRF')) return { status: 403, title: 'web.error.stale.title', sentence: { key: 'web.error.stale' } }
  if (statusCode === 429) return { status: 429, title: 'web.error.busy.title', sentence: { key: 'web.error.often' } }
  if (statusCode === 503) return { status: 503, title: 'web.error.busy.title', sentence: { key: 'web.error.busy' } }
  if (statusCode === 413) return { status: 413, title: 'web.error.invalid.title', sentence: { key: 'web.error.large' } }
  if (statusCode === 404) return { status: 404, title: 'web.error.missing.title', sentence: { key: 'web.error.missing' } }
  if (statusCode >= 400 && statusCode < 500)
    return { status: statusCode, title: 'web.error.invalid.title', sentence: { key: 'web.error.invalid' } }
  const reference = newReference()
  request.log.error({ err: error, reference, route: request.routeOptions.url }, 'a page failed')
  return { status: 500, title: 'web.error.bug.title', sentence: { key: 'web.error.bug', words: { reference } } }
}

/** Where a new sign-in link is to be had: in chat, whose messages hold one where the pages can be reached, and in the terminal of this machine. */
function wayOut({ app: { config } }: Site, sentence: Text, { locale }: Reader): Html | null {
  if (typeof sentence !== 'object' || !('key' in sentence) || sentence.key !== 'web.signin.spent') return null
  const ways = [
    ...(config.publicUrl === null ? [] : ['web.signin.ask' as const]),
    ...(isLoopback(config) ? ['web.signin.restart' as const] : []),
  ]
  return html`${ways.map((way) => html`<p class="muted">${say(way, locale)}</p>`)}`
}

/** Seven letters and digits that can't be mistaken for each other over the phone. */
const newReference = (): string => Array.from({ length: 7 }, () => 'abcdefghjkmnpqrstuvwxyz23456789'[randomInt(31)]).join('')

async function complain(site: Site, request: FastifyRequest, reply: FastifyReply, complaint: Complaint): Promise<FastifyReply> {
  const reader = site.readerOf(request)
  reply.code(complaint.status)
  if (isSwap(request)) {
    return reply
      .headers({ 'hx-retarget': '#answers', 'hx-reswap': 'innerHTML' })
      .type('text/html; charset=utf-8')
      .send(drawNotice(complaint.title, complaint.sentence, reader).markup)
  }
  const title = say(complaint.title, reader.locale)
  return showPage(site, request, reply, {
    view: 'error',
    title,
    words: { sentence: ink(complaint.sentence, reader), wayOut: wayOut(site, complaint.sentence, reader) },
  })
}
