import type { FastifyReply, FastifyRequest } from 'fastify'
import { packPress } from '../src/commands/press.ts'
import { zoneOf } from '../src/domain/people/calendar.queries.ts'
import { actingPerson } from '../src/domain/people/person.queries.ts'
import type { Ctx } from '../src/kernel/context.ts'
import { type Reader, say } from '../src/locales/write.ts'
import { actorOf } from './callers.ts'
import { ink, placeTokens, swap } from './desk.ts'
import { type Html, html } from './html.ts'
import { tokenFor } from './plugins/pages.ts'
import type { Site } from './site.ts'

/**
 * Asks whose zone nobody knows whether the clock shows their time: that of our guess, or of the browser, which the page's script puts
 * in its place. Their answer takes the place of the question. Null where the zone is known.
 */
export async function zoneQuestion(site: Site, request: FastifyRequest, reply: FastifyReply): Promise<Html | null> {
  const guess = await site.app.read(guessOf, { actor: actorOf(request) })
  return guess === null ? null : drawQuestion(guess, { ...site.readerOf(request), timezone: guess }, tokenFor(request, reply))
}

async function guessOf(ctx: Ctx): Promise<string | null> {
  const { timezone, isGuess } = await zoneOf(ctx, actingPerson(ctx))
  return isGuess ? timezone : null
}

function drawQuestion(guess: string, reader: Reader, csrf: string): Html {
  const press = { command: 'settings zone', args: { under: 'time' } }
  const choose = `/form/${encodeURIComponent(packPress({ ...press, ask: true }))}`
  return html`<form class="screen tone-calm" id="zone" method="post" action="/press" ${swap}>${placeTokens({ csrf, id: 'zone', spot: 'alone' })}
<input type="hidden" name="press" value="${packPress(press)}"><input type="hidden" name="option" value="timezone"><input type="hidden" name="choice" value="${guess}">
<p>${ink({ key: 'zone.question', words: { clock: { time: reader.now, as: 'clock' } } }, reader)}</p>
<p class="buttons"><button class="button plain" id="zone-yes">${say('zone.yes', reader.locale)}</button><a class="button plain" id="zone-no" href="${choose}">${say('zone.no', reader.locale)}</a></p></form>`
}
