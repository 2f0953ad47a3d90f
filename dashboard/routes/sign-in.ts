import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { signOut, spendSignInLink } from '../../src/domain/people/sign-in.actions.ts'
import { linkOwner } from '../../src/domain/people/sign-in.queries.ts'
import { minutes } from '../../src/kernel/clock.ts'
import { isLoopback } from '../../src/kernel/config.ts'
import { say } from '../../src/locales/write.ts'
import { cookieName, forgetLogin, rememberLogin } from '../plugins/logins.ts'
import { showPage } from '../plugins/pages.ts'
import type { Site } from '../site.ts'
import { endStreams } from './live.ts'

type Link = { readonly token: string }

/** A GET of the link shows whose account it is and spends nothing, since previews fetch links; the button spends it. */
export function signInRoutes(server: FastifyInstance, site: Site): void {
  const { app } = site
  const strict = { rateLimit: { max: site.rates.signIns, timeWindow: minutes(1), keyGenerator: (request: FastifyRequest) => request.ip } }

  server.get('/sign-in', async (request, reply) => {
    if (request.login) return reply.redirect('/', 303)
    return showPage(site, request, reply, {
      view: 'sign-in',
      title: say('web.signin.title', site.readerOf(request).locale),
      words: { slack: app.config.slack.command, isPublic: app.config.publicUrl !== null, isLocal: isLoopback(app.config) },
    })
  })

  server.get<{ Params: Link }>('/sign-in/:token', { config: strict }, async (request, reply) => {
    const { locale } = site.readerOf(request)
    const owner = await app.read((ctx) => linkOwner(ctx, request.params.token))
    const other = request.login && request.login.person !== owner.person ? request.login.name : null
    const words = {
      owner,
      action: `/sign-in/${request.params.token}`,
      where: say('web.signin.where', locale, { workspace: owner.workspaceName }),
      go: say('web.signin.go', locale, { name: owner.name }),
      replaces: other && say('web.signin.replaces', locale, { name: other }),
    }
    return showPage(site, request, reply, { view: 'sign-in-link', title: say('web.signin.title', locale), words })
  })

  server.post<{ Params: Link }>('/sign-in/:token', { config: strict, preHandler: server.csrfProtection }, async (request, reply) => {
    const secret = await app.write('clock', null, (tx) => spendSignInLink(tx, request.params.token))
    await leave(site, request)
    rememberLogin(app, reply, secret)
    return reply.redirect('/', 303)
  })

  server.post('/sign-out', { preHandler: server.csrfProtection }, async (request, reply: FastifyReply) => {
    await leave(site, request)
    forgetLogin(app, reply)
    return reply.redirect('/sign-in', 303)
  })
}

/** Ends the login of this browser and every stream that hangs on it. */
async function leave({ app }: Site, request: FastifyRequest): Promise<void> {
  const secret = request.cookies[cookieName(app)]
  if (request.login === null || secret === undefined) return
  await app.write({ person: request.login.person, workspace: request.login.workspace }, null, (tx) => signOut(tx, secret))
  endStreams(secret)
  // Streams that another process holds look at their login when they hear of the person.
  await app.bus.whisper([`person:${request.login.person}`])
}
