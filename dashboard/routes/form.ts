import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { faultsIn } from '../../src/commands/arguments.ts'
import type { Form } from '../../src/commands/command.ts'
import { commands } from '../../src/commands/index.ts'
import { formFor, perform, suggest } from '../../src/commands/perform.ts'
import { minutes } from '../../src/kernel/clock.ts'
import type { Press } from '../../src/kernel/press.ts'
import type { MessageKey, Text } from '../../src/locales/text.ts'
import { plainPen, type Reader, say, write } from '../../src/locales/write.ts'
import { answerPage, answerPress } from '../answers.ts'
import { packedPress, readForm } from '../body.ts'
import { callerOf } from '../callers.ts'
import { drawForm, type Filling, shownFields } from '../form.ts'
import { type Html, html } from '../html.ts'
import { showPage, tokenFor } from '../plugins/pages.ts'
import { drawScreen } from '../render.ts'
import type { Site } from '../site.ts'
import { wayBack } from '../way-back.ts'

/** Commands that ask first: their form, and what was typed into it. */
export function formRoutes(server: FastifyInstance, site: Site): void {
  const { app } = site
  const deeds = { rateLimit: { max: site.rates.deeds, timeWindow: minutes(1) } }

  server.get<{ Params: { press: string } }>('/form/:press', (request, reply) =>
    showForm(site, request, reply, packedPress(request.params.press)),
  )
  // Whoever loads the address of an answer or of a form that was sent finds nothing there to see again.
  for (const sent of ['/form', '/press']) server.get(sent, (request, reply) => reply.redirect(wayBack(request), 303))
  server.get('/rooms/new', (request, reply) => showForm(site, request, reply, { command: 'room create', args: {}, ask: true }))

  server.get<{ Querystring: Readonly<Record<string, string | string[] | undefined>> }>('/form/suggest', async (request, reply) => {
    const [command, option, typed] = ['command', 'option', 'typed'].map((name) =>
      [request.query[name] ?? ''].flat().join(' ').slice(0, 100).toWellFormed(),
    )
    const found = await suggest(app, callerOf(request), { command: command ?? '', option: option ?? '', typed: typed ?? '', place: null })
    return reply.header('cache-control', 'no-store').send(found)
  })

  server.post('/form', { config: deeds, preHandler: server.csrfProtection }, async (request, reply) => {
    const { press, typed } = readForm(request.body)
    const asked = await formFor(app, callerOf(request), { ...press, ask: true }, null)
    if ('screen' in asked) return answerPage(site, request, reply, asked, { press })
    const { form, reader } = asked
    const errors = new Map([...emptiedIn(form, typed), ...errorsIn(form, typed, reader)])
    if (errors.size > 0) return refill(site, request, reply.code(422), form, reader, { typed, errors }, alertOf(reader))
    const answer = await perform(app, {
      caller: callerOf(request),
      command: form.command,
      args: { ...form.carried, ...fieldsOf(form, typed) },
      place: null,
    })
    if (answer.outcome !== 'done') {
      const csrf = tokenFor(request, reply)
      const alert = drawScreen(answer.screen, answer.reader, { csrf, id: 'alert', spot: 'alone' })
      return refill(
        site,
        request,
        reply.code(answer.outcome === 'failed' ? 500 : 422),
        form,
        reader,
        { typed, errors },
        html`<div role="alert">${alert}</div>`,
      )
    }
    if (form.command === 'settings set') return reply.redirect('/settings?kept', 303)
    return answerPress(site, request, reply, answer, { press, screen: 'alone', spot: 'alone', room: null })
  })
}

async function showForm(site: Site, request: FastifyRequest, reply: FastifyReply, press: Press): Promise<FastifyReply> {
  const asked = await formFor(site.app, callerOf(request), { ...press, ask: true }, null)
  if ('screen' in asked) return answerPage(site, request, reply, asked, { press })
  return refill(site, request, reply, asked.form, asked.reader, { typed: {}, errors: new Map() }, null)
}

function refill(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  form: Form,
  reader: Reader,
  filling: Filling,
  alert: Html | null,
): Promise<FastifyReply> {
  const drawn = drawForm(form, reader, { csrf: tokenFor(request, reply), heading: 'h1' }, filling)
  const title = write(form.title, reader, plainPen)
  const back = wayBack(request, { command: form.command, args: form.carried })
  return showPage(site, request, reply, { view: 'form', title, of: back, words: { form: drawn, alert, back } })
}

const alertOf = (reader: Reader): Html => html`<p class="alert" role="alert">${say('web.form.errors', reader.locale)}</p>`

/** What was typed into the form's own fields; an empty one is left out, and whatever else the body holds. */
function fieldsOf(form: Form, typed: Readonly<Record<string, string>>): Record<string, string> {
  const kept = shownFields(form).flatMap(({ name }) => {
    const value = typed[name]?.trim()
    return value ? [[name, value] as const] : []
  })
  return Object.fromEntries(kept)
}

/** The same by a field: without the option's name, which stands there, and without a command as one would type it. */
const errorKeys: Partial<Record<MessageKey, MessageKey>> = {
  'commands.invalid.missing': 'web.form.error.missing',
  'commands.invalid.string': 'web.form.error.string',
  'commands.invalid.integer': 'web.form.error.integer',
  'commands.invalid.minutes': 'web.form.error.minutes',
  'commands.invalid.user': 'web.form.error.user',
  'commands.invalid.users': 'web.form.error.users',
  'commands.invalid.time': 'web.form.error.time',
  'commands.invalid.time-past': 'web.form.error.time-past',
  'commands.invalid.day': 'web.form.error.day',
}

/** A field that cannot be emptied by the form of a command that leaves alone whatever it is not given. */
const emptiedIn = (form: Form, typed: Readonly<Record<string, string>>): [string, Text][] =>
  form.command === 'settings set'
    ? form.fields.flatMap(({ name, value }) =>
        value !== '' && typed[name]?.trim() === '' ? [[name, { key: 'web.form.error.missing' }]] : [],
      )
    : []

/** What is wrong with each field, asked of the same reader that the command asks. Nothing carried is the fault of a field. */
function errorsIn(form: Form, typed: Readonly<Record<string, string>>, reader: Reader): Map<string, Text> {
  const command = commands.find(({ name }) => name === form.command)
  if (!command) return new Map()
  const options = Object.fromEntries(shownFields(form).map(({ name, option }) => [name, option]))
  const faults = faultsIn({ ...command, options }, typed, reader)
  return new Map([...faults].map(([name, { key, words }]) => [name, { key: errorKeys[key] ?? key, words }]))
}
