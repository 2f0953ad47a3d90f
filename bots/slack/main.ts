import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { App as Bolt } from '@slack/bolt'
import { workDeliveries } from '../../src/deliveries/work.ts'
import { readerOf, tongueOf } from '../../src/domain/people/reader.queries.ts'
import { watchFaults } from '../../src/faults.ts'
import type { App } from '../../src/kernel/context.ts'
import { startPulse } from '../../src/pulse.ts'
import { createAnswers } from './answers.ts'
import { createAsides } from './asides.ts'
import { createBolt, createReach, eventsPath } from './bolt.ts'
import { createConnecting } from './connecting.ts'
import { createSurface } from './deliver.ts'
import { createHome } from './home.ts'
import { createHuddles } from './huddles.ts'
import { connectPath, createInstallPages, installPath, redirectPath, sayNotOffered } from './install.ts'
import { createInstallations, type Installed } from './installed.ts'
import { listen } from './listeners.ts'
import { createLogger } from './logger.ts'
import { createModals } from './modals.ts'
import { keepOwnToken } from './own-token.ts'
import { createPanels } from './panels.ts'
import { createPeople } from './people.ts'
import { createPosts, isFailed } from './posts.ts'
import { createRenderer } from './render.ts'
import { sentences } from './sentences.ts'
import { createStatuses } from './statuses.ts'
import { createSubmissions } from './submissions.ts'
import { createSuggestions } from './suggestions.ts'

/** How long what was begun may take to finish when we stop. */
const finishMilliseconds = 2_000

/** The start does not wait longer for Slack: its sockets keep trying meanwhile. */
const firstSocketMilliseconds = 2_000

/** Answers the requests under a path on the web server of the process, their bodies unread. */
export type Handler = { readonly prefix: string; handle(request: IncomingMessage, response: ServerResponse): Promise<void> }

export type Slack = {
  /** Where Slack, an installer or somebody who connects their status reaches us by HTTP. */
  readonly handler: Handler
  /** Whether Slack can reach us now. */
  healthy(): boolean
  /** Stops hearing. What was begun is finished first, for a few seconds at most. */
  stop(): Promise<void>
}

/**
 * Starts the Slack side of the process.
 * @throws Error with a sentence for whoever runs it, when what it needs is not set
 */
export async function startSlack(app: App): Promise<Slack> {
  const { slack } = app.config
  const logger = createLogger(app.log.child({ part: 'slack' }))
  const installations = createInstallations(app, logger)
  const people = createPeople(app)
  const posts = createPosts(app.clock.now, app.log)
  const renderer = createRenderer(slack.command)
  const panels = createPanels(app, installations, posts, renderer)
  const home = createHome({ app, installations, people, posts, renderer })
  const asides = createAsides({ renderer, posts, log: app.log })
  const modals = createModals({ renderer, posts, asides, log: app.log })
  const answers = createAnswers({ app, renderer, posts, panels, home, asides, modals })
  const submissions = createSubmissions({ app, people, answers, home, posts, renderer })
  const suggestions = createSuggestions(app, people)
  const connecting = createConnecting(app, installations, people)
  const statuses = createStatuses(app, installations)
  const huddles = createHuddles({ app, installations, posts })

  const reach = createReach(app, logger)
  const bolt = createBolt(app, installations, reach, logger)
  const begun = followWork(bolt)
  listen(bolt, { app, installations, people, answers, home, submissions, suggestions, connecting, huddles })

  const ending = new AbortController()
  const owned = slack.botToken === null ? null : keepOwnToken(app, installations, slack.botToken, ending.signal)
  await workDeliveries(app, watchFaults(app, createSurface({ app, installations, people, posts, panels, home, renderer, statuses })))
  if ('sockets' in reach) await Promise.race([reach.sockets.start(), wait(firstSocketMilliseconds)])

  const healthy = () => !('sockets' in reach) || reach.sockets.open() > 0
  const pulse = startPulse(app, { source: { platform: 'slack', shard: 0, shardCount: 1 }, healthy, look: huddles.look(ending.signal) })
  const asking = huddles.keepAsking(ending.signal)

  /** On install one message to the installer; nobody else hears anything. */
  async function welcome(installed: Installed, installer: string): Promise<void> {
    const reader = await app.read(async (ctx) => readerOf(ctx, await tongueOf(ctx, installed.workspace), new Set()))
    const opened = await posts.direct(installed, installer)
    const drawn = renderer.message(sentences.welcome(), reader)
    const posted = isFailed(opened) ? opened : await posts.post(installed, { channel: opened.channel, key: randomUUID(), drawn })
    if (isFailed(posted)) app.log.info({ trouble: posted.trouble.kind }, 'The installer was not told')
  }

  const pages = slack.clientId === null ? null : createInstallPages(app, installations, connecting, logger, welcome)
  const routes: Readonly<Record<string, Handler['handle']>> = {
    ...('http' in reach ? { [`POST ${eventsPath}`]: async (request, response) => reach.http.requestListener(request, response) } : {}),
    ...(pages ? { [`GET ${installPath}`]: pages.begin, [`GET ${redirectPath}`]: pages.finish } : {}),
    [`GET ${connectPath}`]: pages?.connect ?? (async (request, response) => sayNotOffered(request, response)),
  }

  return {
    handler: handlerOf(routes, app.log),
    healthy,
    stop: async () => {
      ending.abort()
      await Promise.all([pulse.stop(), asking])
      await Promise.race([Promise.allSettled(begun), wait(finishMilliseconds)])
      if ('sockets' in reach) await reach.sockets.stop()
      await owned
    },
  }
}

/** What Bolt is working on at the moment. */
function followWork(bolt: Bolt): ReadonlySet<Promise<void>> {
  const begun = new Set<Promise<void>>()
  bolt.use(async ({ next }) => {
    const work = next()
    begun.add(work)
    await work.finally(() => begun.delete(work))
  })
  return begun
}

/** Never rejects: nobody waits for it, and a fault of one request is not the end of the process. */
const handlerOf = (routes: Readonly<Record<string, Handler['handle']>>, log: App['log']): Handler => ({
  prefix: '/slack/',
  handle: async (request, response) => {
    try {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost')
      const route = routes[`${request.method} ${pathname}`]
      if (route) return await route(request, response)
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n')
    } catch (err) {
      log.error({ err }, 'a request from Slack or an installer failed')
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' })
      response.end()
    }
  },
})
