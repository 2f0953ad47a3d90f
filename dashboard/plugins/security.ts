import cookie from '@fastify/cookie'
import csrf from '@fastify/csrf-protection'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { minutes } from '../../src/kernel/clock.ts'
import type { Config } from '../../src/kernel/config.ts'

/**
 * Requests a minute: of one person, or of one address where nobody is signed in. `loopMilliseconds` is how late the event loop may
 * be: beyond it nobody is answered in time, and it is better to say so at once than to let everybody wait; 0 is no limit.
 */
export type Rates = {
  readonly pages: number
  readonly deeds: number
  readonly signIns: number
  readonly loopMilliseconds: number
}

export const ordinaryRates: Rates = { pages: 600, deeds: 120, signIns: 12, loopMilliseconds: 3000 }

const ownOrigin = ["'self'"]
const nothing = ["'none'"]

/** What every answer is guarded by. Scripts and styles come from our own files alone. */
export async function guard(
  server: FastifyInstance,
  config: Config,
  rates: Rates,
  afterCookies: (server: FastifyInstance) => void,
): Promise<void> {
  const secure = isSecure(config)
  await server.register(helmet, {
    strictTransportSecurity: secure,
    referrerPolicy: { policy: 'same-origin' },
    frameguard: { action: 'deny' },
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ownOrigin,
        scriptSrc: ownOrigin,
        scriptSrcAttr: nothing,
        styleSrc: ownOrigin,
        imgSrc: [...ownOrigin, 'data:'],
        objectSrc: nothing,
        baseUri: nothing,
        formAction: ownOrigin,
        frameAncestors: nothing,
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
  })
  await server.register(cookie)
  afterCookies(server)
  await server.register(csrf, {
    cookieKey: 'focus_mate_form',
    cookieOpts: { path: '/', httpOnly: true, sameSite: 'lax', secure },
    csrfOpts: { hmacKey: config.secretKey.toString('base64'), userInfo: true },
    getUserInfo: tokenOwner,
  })
  await server.register(formbody, { bodyLimit: 64 * 1024 })
  await server.register(underPressure, { maxEventLoopDelay: rates.loopMilliseconds, retryAfter: 10 })
  await server.register(rateLimit, {
    max: rates.pages,
    timeWindow: minutes(1),
    hook: 'preParsing',
    keyGenerator: (request) => request.login?.person ?? request.ip,
    allowList: (request) => request.url.startsWith('/assets/') || request.url === '/health' || request.url === '/ready',
  })
}

export const isSecure = (config: Config): boolean => config.publicUrl?.startsWith('https://') ?? false

/** A form token is good for the person it was made for, and before sign-in for nobody in particular. */
export const tokenOwner = (request: FastifyRequest): string => request.login?.person ?? 'nobody'
