import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { dropDraft, keepDraft, takeDraft } from '../../src/domain/imports/draft.actions.ts'
import { takeHoursOut } from '../../src/domain/imports/hours.actions.ts'
import { undoImport } from '../../src/domain/imports/import.actions.ts'
import { type Brought, broughtHere, type Draft, draftOf, hasDraft, importsOf } from '../../src/domain/imports/import.queries.ts'
import { largestFile } from '../../src/domain/imports/import.ts'
import { accountsOf } from '../../src/domain/people/person.queries.ts'
import { settingsHere } from '../../src/domain/workspaces/settings.queries.ts'
import { isHereAtLeast } from '../../src/domain/workspaces/workspace.queries.ts'
import { minutes } from '../../src/kernel/clock.ts'
import { isUuid } from '../../src/kernel/ids.ts'
import { Refusal } from '../../src/kernel/refusal.ts'
import type { MessageKey, Text } from '../../src/locales/text.ts'
import { type Reader, say } from '../../src/locales/write.ts'
import { actorOf } from '../callers.ts'
import { ink } from '../desk.ts'
import { readAside } from '../imports.ts'
import { showPage } from '../plugins/pages.ts'
import type { Site } from '../site.ts'

const uploadBody = z.object({ kind: z.enum(['own', 'hours']), file: z.union([z.instanceof(Buffer), z.string()]) })
const undoBody = z.object({ id: z.string().refine(isUuid) })

/** History of another bot: uploaded, previewed, then taken in; and taken out again. */
export async function importRoutes(server: FastifyInstance, site: Site): Promise<void> {
  const { app } = site
  const deeds = { config: { rateLimit: { max: site.rates.deeds, timeWindow: minutes(1) } }, preHandler: server.csrfProtection }
  await server.register(multipart, {
    attachFieldsToBody: 'keyValues',
    limits: { fileSize: largestFile, files: 1, fields: 5, fieldSize: 4096 },
  })

  server.get<{ Querystring: Record<string, string> }>('/import', (request, reply) => {
    const done = doneQuery.safeParse(request.query)
    return showStart(site, request, reply, done.success ? doneSentence(done.data) : null)
  })

  server.post('/import', deeds, async (request, reply) => {
    const body = uploadBody.safeParse(request.body)
    const content = body.success ? Buffer.from(body.data.file) : Buffer.alloc(0)
    if (!body.success || content.length === 0) return showStart(site, request, reply.code(422), null, { key: 'web.import.no-file' })
    const { timezone } = site.readerOf(request)
    const reading = await readAside({ kind: body.data.kind, bytes: content, timezone, now: app.clock.now() })
    if (typeof reading === 'string') return showStart(site, request, reply.code(422), null, { key: `web.import.${reading}` })
    const { account } = reading.summary
    const accounts = await app.read((ctx) => accountsOf(ctx, 'discord'), { actor: actorOf(request) })
    if (account !== null && accounts.length > 0 && !accounts.includes(account)) {
      return showStart(site, request, reply.code(422), null, { key: 'web.import.other-account' })
    }
    await app.write(actorOf(request), null, (tx) => keepDraft(tx, reading))
    return reply.redirect('/import/preview', 303)
  })

  server.get('/import/preview', async (request, reply) => {
    const draft = await app.read(draftOf, { actor: actorOf(request) })
    if (draft === null) throw new Refusal('missing', 'import.no-draft')
    return showPage(site, request, reply, {
      view: 'import-preview',
      title: say('web.import.preview', site.readerOf(request).locale),
      words: previewWords(site, request, draft),
    })
  })

  server.post('/import/confirm', deeds, async (request, reply) => {
    const taken = await app.write(actorOf(request), null, takeDraft)
    const told = Object.entries(taken).map(([name, count]) => `${name}=${count}`)
    return reply.redirect(`/import?${told.join('&')}`, 303)
  })

  server.post('/import/cancel', deeds, async (request, reply) => {
    await app.write(actorOf(request), null, dropDraft)
    return reply.redirect('/import', 303)
  })

  server.post('/import/undo', deeds, async (request, reply) => {
    const body = undoBody.safeParse(request.body)
    if (!body.success) throw new Refusal('missing', 'import.missing')
    await app.write(actorOf(request), null, (tx) => undoImport(tx, body.data.id))
    return reply.redirect('/import', 303)
  })

  server.post('/import/hours/undo', deeds, async (request, reply) => {
    await app.write(actorOf(request), null, takeHoursOut)
    return reply.redirect('/import', 303)
  })
}

const count = z.coerce.number().int().min(0)
const doneQuery = z.union([z.object({ sessions: count }), z.object({ people: count, known: count })])

const doneSentence = (done: z.infer<typeof doneQuery>): Text =>
  'sessions' in done
    ? { key: 'web.import.done', words: { count: done.sessions } }
    : { key: 'web.import.done-hours', words: { ...done, waiting: Math.max(0, done.people - done.known) } }

async function showStart(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  said: Text | null,
  alert: { readonly key: MessageKey } | null = null,
): Promise<FastifyReply> {
  const reader = site.readerOf(request)
  const { imports, hours, isWaiting } = await site.app.read(
    async (ctx) => {
      const mayBringHours = (await settingsHere(ctx)).platform === 'discord' && (await isHereAtLeast(ctx, 'admin'))
      return { imports: await importsOf(ctx), hours: mayBringHours ? await broughtHere(ctx) : null, isWaiting: await hasDraft(ctx) }
    },
    { actor: actorOf(request) },
  )
  const rows = imports.map(({ id, format, createdAt, sessions, seconds, workspace }) => ({
    id,
    what: ink({ key: `web.import.format.${format}`, words: { workspace: workspace ?? '' } }, reader),
    when: ink({ time: createdAt, as: 'date' }, reader),
    much: ink({ key: 'web.import.much', words: { count: sessions, time: { duration: Math.floor(seconds) } } }, reader),
  }))
  return showPage(site, request, reply, {
    view: 'import',
    title: say('web.import.title', reader.locale),
    words: {
      rows,
      hours: hours && hoursWords(hours, reader),
      isWaiting,
      said: said && ink(said, reader),
      alert: alert && ink(alert, reader),
    },
  })
}

const hoursWords = ({ people }: Brought, reader: Reader) => ({
  kept: people === 0 ? null : ink({ key: 'web.import.kept-hours', words: { people } }, reader),
})

function previewWords(site: Site, request: FastifyRequest, { format, summary }: Draft) {
  const reader = site.readerOf(request)
  const line = (text: Text) => ink(text, reader)
  const date = (iso: string): Text => ({ time: new Date(iso), as: 'date' })
  const { count, seconds, from, to, faults, faultCount } = summary
  const range =
    from === null || to === null
      ? []
      : [
          {
            label: line({ key: 'web.import.range' }),
            value: line({ key: 'web.import.range.value', words: { from: date(from), to: date(to) } }),
          },
        ]
  return {
    isEmpty: count === 0,
    facts: [
      {
        label: line({ key: format === 'hours' ? 'web.import.people' : 'web.import.sessions' }),
        value: line({ key: 'web.import.count', words: { count } }),
      },
      { label: line({ key: 'web.import.total' }), value: line({ duration: seconds }) },
      ...range,
    ],
    about: line({ key: format === 'hours' ? 'web.import.rules-hours' : 'web.import.rules' }),
    faults: faults.map(({ line: number, why }) => line({ key: `web.import.fault.${why}`, words: { line: number } })),
    more: faultCount > faults.length ? line({ key: 'web.import.more', words: { count: faultCount - faults.length } }) : null,
  }
}
