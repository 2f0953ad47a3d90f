import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { assertMayBringHours, bringHours } from '../../src/domain/imports/hours.actions.ts'
import { dropDraft, importStretches, keepDraft, undoImport } from '../../src/domain/imports/import.actions.ts'
import { draftOf, importsOf } from '../../src/domain/imports/import.queries.ts'
import { largestFile } from '../../src/domain/imports/import.ts'
import { accountsOf } from '../../src/domain/people/person.queries.ts'
import { settingsHere } from '../../src/domain/workspaces/settings.queries.ts'
import { isHereAtLeast } from '../../src/domain/workspaces/workspace.queries.ts'
import { minutes } from '../../src/kernel/clock.ts'
import { isUuid } from '../../src/kernel/ids.ts'
import { Refusal } from '../../src/kernel/refusal.ts'
import type { MessageKey, Text } from '../../src/locales/text.ts'
import { say } from '../../src/locales/write.ts'
import { actorOf } from '../callers.ts'
import { type Reading, read, readUpload } from '../imports.ts'
import { showPage } from '../plugins/pages.ts'
import { ink } from '../render.ts'
import type { Site } from '../site.ts'

const uploadBody = z.object({ kind: z.enum(['own', 'hours']), file: z.union([z.instanceof(Buffer), z.string()]) })
const undoBody = z.object({ id: z.string().refine(isUuid) })

/** Faults that the preview names; the rest are counted. */
const faultsShown = 20

/** History of another bot: uploaded, previewed, then taken in; and taken out again. */
export async function importRoutes(server: FastifyInstance, site: Site): Promise<void> {
  const { app } = site
  const deeds = { config: { rateLimit: { max: site.rates.deeds, timeWindow: minutes(1) } }, preHandler: server.csrfProtection }
  await server.register(multipart, {
    attachFieldsToBody: 'keyValues',
    limits: { fileSize: largestFile, files: 1, fields: 5, fieldSize: 4096 },
  })

  server.get<{ Querystring: { done?: string } }>('/import', (request, reply) => {
    const done = Number(request.query.done)
    return showStart(site, request, reply, Number.isInteger(done) ? { key: 'web.import.done', words: { count: done } } : null)
  })

  server.post('/import', deeds, async (request, reply) => {
    const body = uploadBody.safeParse(request.body)
    const content = body.success ? Buffer.from(body.data.file) : Buffer.alloc(0)
    if (!body.success || content.length === 0) return showStart(site, request, reply.code(422), null, { key: 'web.import.no-file' })
    const reading = readUpload(body.data.kind, content, site.readerOf(request).timezone, app.clock.now())
    if (reading === null) return showStart(site, request, reply.code(422), null, { key: 'web.import.unreadable' })
    const accounts = await app.read((ctx) => accountsOf(ctx, 'discord'), { actor: actorOf(request) })
    if (reading.account !== null && accounts.length > 0 && !accounts.includes(reading.account)) {
      return showStart(site, request, reply.code(422), null, { key: 'web.import.other-account' })
    }
    await app.write(actorOf(request), null, async (tx) => {
      if (reading.format === 'hours') await assertMayBringHours(tx)
      await keepDraft(tx, { format: reading.format, content })
    })
    return reply.redirect('/import/preview', 303)
  })

  server.get('/import/preview', async (request, reply) => {
    const reading = await readingOf(site, request)
    return showPage(site, request, reply, {
      view: 'import-preview',
      title: say('web.import.preview', site.readerOf(request).locale),
      words: previewWords(site, request, reading),
    })
  })

  server.post('/import/confirm', deeds, async (request, reply) => {
    const { format, stretches, hours } = await readingOf(site, request)
    const count = await app.write(actorOf(request), null, (tx) =>
      format === 'hours' ? bringHours(tx, hours) : importStretches(tx, format, stretches),
    )
    return reply.redirect(format === 'hours' ? `/import?done=${hours.length}` : `/import?done=${count}`, 303)
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
}

async function readingOf(site: Site, request: FastifyRequest): Promise<Reading> {
  const draft = await site.app.read(draftOf, { actor: actorOf(request) })
  const reading = draft && read(draft, site.readerOf(request).timezone, site.app.clock.now())
  if (reading === null) throw new Refusal('missing', 'import.no-draft')
  return reading
}

async function showStart(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  said: Text | null,
  alert: { readonly key: MessageKey } | null = null,
): Promise<FastifyReply> {
  const reader = site.readerOf(request)
  const { imports, mayBringHours, hasDraft } = await site.app.read(
    async (ctx) => ({
      imports: await importsOf(ctx),
      mayBringHours: (await settingsHere(ctx)).platform === 'discord' && (await isHereAtLeast(ctx, 'admin')),
      hasDraft: (await draftOf(ctx)) !== null,
    }),
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
    words: { rows, mayBringHours, hasDraft, said: said && ink(said, reader), alert: alert && ink(alert, reader) },
  })
}

function previewWords(site: Site, request: FastifyRequest, { format, stretches, hours, faults, seconds }: Reading) {
  const reader = site.readerOf(request)
  const line = (text: Text) => ink(text, reader)
  const [first] = stretches
  const last = stretches.at(-1)
  return {
    isEmpty: stretches.length + hours.length === 0,
    facts: [
      {
        label: line({ key: format === 'hours' ? 'web.import.people' : 'web.import.sessions' }),
        value: line({ key: 'web.import.count', words: { count: stretches.length + hours.length } }),
      },
      { label: line({ key: 'web.import.total' }), value: line({ duration: seconds }) },
      ...(first && last
        ? [
            {
              label: line({ key: 'web.import.range' }),
              value: line({
                key: 'web.import.range.value',
                words: { from: { time: new Date(first.from), as: 'date' }, to: { time: new Date(last.to), as: 'date' } },
              }),
            },
          ]
        : []),
    ],
    about: line({ key: format === 'hours' ? 'web.import.rules-hours' : 'web.import.rules' }),
    faults: faults.slice(0, faultsShown).map(({ line: number, why }) => line({ key: `web.import.fault.${why}`, words: { line: number } })),
    more: faults.length > faultsShown ? line({ key: 'web.import.more', words: { count: faults.length - faultsShown } }) : null,
  }
}
