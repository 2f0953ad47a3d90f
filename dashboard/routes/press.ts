import type { FastifyInstance } from 'fastify'
import { perform } from '../../src/commands/perform.ts'
import { packPress } from '../../src/commands/press.ts'
import { minutes } from '../../src/kernel/clock.ts'
import { answerPress } from '../answers.ts'
import { readPress } from '../body.ts'
import { callerOf } from '../callers.ts'
import { isSwap } from '../plugins/logins.ts'
import type { Site } from '../site.ts'

/** Buttons and selects of every screen. */
export function pressRoutes(server: FastifyInstance, site: Site): void {
  const deeds = { rateLimit: { max: site.rates.deeds, timeWindow: minutes(1) } }
  server.post('/press', { config: deeds, preHandler: server.csrfProtection }, async (request, reply) => {
    const pressed = readPress(request.body)
    const { press } = pressed
    if (press.ask) {
      const form = `/form/${encodeURIComponent(packPress(press))}`
      return isSwap(request) ? reply.header('hx-redirect', form).send('') : reply.redirect(form, 303)
    }
    const answer = await perform(site.app, { caller: callerOf(request), command: press.command, args: press.args, place: null })
    return answerPress(site, request, reply, answer, pressed)
  })
}
