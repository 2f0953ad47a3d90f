import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { commands } from '../../src/commands/index.ts'
import { type Answer, performText, suggest } from '../../src/commands/perform.ts'
import { minutes } from '../../src/kernel/clock.ts'
import { say } from '../../src/locales/write.ts'
import { readLine } from '../body.ts'
import { callerOf } from '../callers.ts'
import { completionsOf } from '../completions.ts'
import { drawForm } from '../form.ts'
import { type Html, html } from '../html.ts'
import { isSwap } from '../plugins/logins.ts'
import { showPage, tokenFor } from '../plugins/pages.ts'
import { drawScreen } from '../render.ts'
import { screenId } from '../screen-id.ts'
import type { Site } from '../site.ts'

/** The same commands as in chat, typed. */
export function consoleRoutes(server: FastifyInstance, site: Site): void {
  const { app } = site
  const deeds = { rateLimit: { max: site.rates.deeds, timeWindow: minutes(1) } }

  server.get('/console', (request, reply) => showConsole(site, request, reply, null))

  server.post('/console', { config: deeds, preHandler: server.csrfProtection }, async (request, reply) => {
    const line = readLine(request.body)
    const answer = await performText(app, callerOf(request), null, line)
    const entry = drawEntry(line, answer, tokenFor(request, reply))
    const status = 'outcome' in answer && answer.outcome === 'failed' ? 500 : 200
    if (isSwap(request)) return reply.code(status).type('text/html; charset=utf-8').send(entry.markup)
    return showConsole(site, request, reply.code(status), entry)
  })

  server.get<{ Querystring: { text?: string | string[] } }>('/console/suggest', async (request, reply) => {
    const text = [request.query.text].flat().at(-1)?.slice(0, 1000) ?? ''
    const reader = site.readerOf(request)
    const caller = callerOf(request)
    const suggestions = await completionsOf(text, commands, reader, (command, option, typed) =>
      suggest(app, caller, { command: command.name, option, typed, place: null }),
    )
    return reply
      .header('cache-control', 'no-store')
      .send({ said: say('web.console.hits', reader.locale, { n: suggestions.length }), suggestions })
  })
}

type Said = Awaited<ReturnType<typeof performText>>

/** What was asked and what came of it. A command that asks for more comes as its form. */
function drawEntry(line: string, answer: Said, csrf: string): Html {
  const screen = isAnswer(answer)
    ? drawScreen(answer.screen, answer.reader, { csrf, id: screenId(answer.screen, 'log'), spot: 'log' })
    : drawForm(answer.form, answer.reader, { csrf, heading: 'h2' })
  return html`<div class="entry"><p class="asked"><code>${line}</code></p>${screen}</div>`
}

const isAnswer = (said: Said): said is Answer => 'screen' in said

const showConsole = (site: Site, request: FastifyRequest, reply: FastifyReply, entry: Html | null): Promise<FastifyReply> =>
  showPage(site, request, reply, {
    view: 'console',
    title: say('web.console.title', site.readerOf(request).locale),
    words: { entry, line: '' },
  })
