import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { keepSignedIn } from '../../src/domain/people/sign-in.actions.ts'
import { type Login, sessionOf } from '../../src/domain/people/sign-in.queries.ts'
import { loginMilliseconds } from '../../src/domain/people/sign-in.ts'
import { hours } from '../../src/kernel/clock.ts'
import type { App } from '../../src/kernel/context.ts'
import { isSecure } from './security.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in, or null. It comes from the row behind the cookie, never from input. */
    login: Login | null
  }
}

/** A login in use is written down once an hour, not at every request. */
const noteMilliseconds = hours(1)

export const cookieName = (app: App): string => (isSecure(app.config) ? '__Host-focus_mate' : 'focus_mate')

/** Looks up at every request who is signed in. */
export function knowLogins(server: FastifyInstance, app: App): void {
  server.decorateRequest('login', null)
  server.addHook('onRequest', async (request) => {
    const secret = request.cookies[cookieName(app)]
    if (secret === undefined || request.url.startsWith('/assets/')) return
    request.login = await app.read((ctx) => sessionOf(ctx, secret))
    if (request.login) await note(app, request.login, secret)
  })
}

async function note(app: App, login: Login, secret: string): Promise<void> {
  if (app.clock.now().getTime() - login.seenAt.getTime() < noteMilliseconds) return
  await app.write({ person: login.person, workspace: login.workspace }, null, (tx) => keepSignedIn(tx, secret))
}

export function rememberLogin(app: App, reply: FastifyReply, secret: string): void {
  reply.setCookie(cookieName(app), secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(app.config),
    maxAge: loginMilliseconds / 1000,
  })
}

export const forgetLogin = (app: App, reply: FastifyReply): FastifyReply =>
  reply.clearCookie(cookieName(app), { path: '/', secure: isSecure(app.config) })

/** The person signed in, for pages that nobody else sees: `signedIn` has turned all others away before. */
export function loginOf(request: FastifyRequest): Login {
  if (request.login === null) throw new Error('a page of the signed-in was reached without a login')
  return request.login
}

/** Turns those who are not signed in to the page that says how. */
export async function signedIn(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  if (request.login !== null) return undefined
  return isSwap(request) ? reply.header('hx-redirect', '/sign-in').code(204).send() : reply.redirect('/sign-in', 303)
}

/** Whether htmx asks for a piece of the page instead of a page. */
export const isSwap = (request: FastifyRequest): boolean => request.headers['hx-request'] === 'true'
