import type { FastifyRequest } from 'fastify'
import type { App } from '../src/kernel/context.ts'
import type { Reader } from '../src/locales/write.ts'
import type { OpenPages } from './open-pages.ts'
import type { Assets } from './plugins/assets.ts'
import type { Rates } from './plugins/security.ts'

/** What every route stands on. */
export type Site = {
  readonly app: App
  readonly assets: Assets
  readonly rates: Rates
  readonly openPages: OpenPages
  /** Who reads this answer, without any names of others looked up. */
  readerOf(request: FastifyRequest): Reader
}
