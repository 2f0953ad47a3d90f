import { createServer as createHttpServer } from 'node:http'
import { fastifySSE } from '@fastify/sse'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { App } from '../src/kernel/context.ts'
import { firstAsked, type Mount } from '../src/mounts.ts'
import type { Part } from '../src/readiness.ts'
import { createOpenPages, type OpenPages } from './open-pages.ts'
import { serveAssets } from './plugins/assets.ts'
import { sayErrors } from './plugins/errors.ts'
import { noteAnswers } from './plugins/journal.ts'
import { knowLogins, signedIn } from './plugins/logins.ts'
import { drawPages } from './plugins/pages.ts'
import { guard, ordinaryRates, type Rates } from './plugins/security.ts'
import { readerAt } from './readers.ts'
import { calendarRoutes } from './routes/calendar.ts'
import { consoleRoutes } from './routes/console.ts'
import { formRoutes } from './routes/form.ts'

import { galleryRoutes } from './routes/gallery.ts'
import { goalRoutes } from './routes/goals.ts'
import { healthRoutes } from './routes/health.ts'
import { homeRoutes } from './routes/home.ts'
import { importRoutes } from './routes/import.ts'
import { liveRoutes } from './routes/live.ts'
import { pressRoutes } from './routes/press.ts'
import { reservationRoutes } from './routes/reservations.ts'
import { roomRoutes } from './routes/rooms.ts'
import { settingsRoutes } from './routes/settings.ts'
import { setupRoutes } from './routes/setup.ts'
import { signInRoutes } from './routes/sign-in.ts'
import { statsRoutes } from './routes/stats.ts'
import { todoRoutes } from './routes/todos.ts'
import { whyRoutes } from './routes/why.ts'
import type { Site } from './site.ts'

export type ServerOptions = {
  /** Handlers of other surfaces, asked before the pages. */
  readonly mounts?: readonly Mount[]
  /** What else must be up before this process is ready: the bots. */
  readonly parts?: readonly Part[]
  readonly rates?: Rates
  /** Who has which room's page open in this process. */
  readonly openPages?: OpenPages
}

/** The pages as a Fastify server that does not listen yet. */
export async function createServer(
  app: App,
  { mounts = [], parts = [], rates = ordinaryRates, openPages = createOpenPages(app) }: ServerOptions = {},
): Promise<FastifyInstance> {
  const server: FastifyInstance = Fastify({
    loggerInstance: app.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 64 * 1024,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
    trustProxy: ['loopback', 'linklocal', 'uniquelocal'],
    serverFactory: (answer) => createHttpServer(firstAsked(mounts, answer)),
  })
  noteAnswers(server)
  await guard(server, app.config, rates, (guarded) => knowLogins(guarded, app))
  const site: Site = { app, rates, openPages, assets: await serveAssets(server), readerOf: (request) => readerAt(app, request) }
  await drawPages(server)
  sayErrors(server, site)
  healthRoutes(server, app, parts)
  signInRoutes(server, site)
  calendarRoutes(server, site)
  await server.register(async (inside) => {
    await fastifySSE(inside, {})
    inside.addHook('preHandler', signedIn)
    homeRoutes(inside, site)
    roomRoutes(inside, site)
    statsRoutes(inside, site)
    goalRoutes(inside, site)
    whyRoutes(inside, site)
    reservationRoutes(inside, site)
    todoRoutes(inside, site)
    pressRoutes(inside, site)
    formRoutes(inside, site)
    consoleRoutes(inside, site)
    settingsRoutes(inside, site)
    setupRoutes(inside, site)
    await importRoutes(inside, site)
    liveRoutes(inside, site)
    if (app.config.development) galleryRoutes(inside, site)
  })
  return server
}
