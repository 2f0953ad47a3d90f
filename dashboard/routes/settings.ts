import type { FastifyInstance } from 'fastify'
import { formFor } from '../../src/commands/perform.ts'
import { calendarOf } from '../../src/domain/people/calendar.queries.ts'
import { changeSettings } from '../../src/domain/people/person.actions.ts'
import { actingPerson } from '../../src/domain/people/person.queries.ts'
import { isHereAtLeast } from '../../src/domain/workspaces/workspace.queries.ts'
import { say } from '../../src/locales/write.ts'
import { calendarChange } from '../../src/screens/zone.ts'
import { answerPage } from '../answers.ts'
import { readTheme } from '../body.ts'
import { actorOf, callerOf } from '../callers.ts'
import { ink } from '../desk.ts'
import { drawForm } from '../form.ts'
import { loginOf } from '../plugins/logins.ts'
import { showPage, tokenFor } from '../plugins/pages.ts'
import type { Site } from '../site.ts'
import { zoneQuestion } from '../zone-question.ts'

/** The person's own settings: the same form as everywhere, filled with what holds now. */
export function settingsRoutes(server: FastifyInstance, site: Site): void {
  server.get<{ Querystring: { kept?: string } }>('/settings', async (request, reply) => {
    const { name, workspaceName } = loginOf(request)
    const asked = await formFor(site.app, callerOf(request), { command: 'settings set', args: {}, ask: true }, null)
    if ('screen' in asked) return answerPage(site, request, reply, asked)
    const form = drawForm(asked.form, asked.reader, { csrf: tokenFor(request, reply), heading: 'h2' })
    const account = ink({ key: 'web.settings.signedin', words: { name, workspace: workspaceName } }, asked.reader)
    const themes = (['system', 'light', 'dark'] as const).map((theme) => ({
      value: theme,
      words: say(`web.theme.${theme}`, asked.reader.locale),
    }))
    const { isAdmin, later } = await site.app.read(
      async (ctx) => ({ isAdmin: await isHereAtLeast(ctx, 'admin'), later: calendarChange(await calendarOf(ctx, actingPerson(ctx))) }),
      { actor: actorOf(request) },
    )
    const words = {
      zone: await zoneQuestion(site, request, reply),
      form,
      account,
      themes,
      isAdmin,
      kept: request.query.kept !== undefined,
      later: later.map((said) => ink(said, asked.reader)),
    }
    return showPage(site, request, reply, { view: 'settings', title: say('web.settings.title', asked.reader.locale), words })
  })

  server.post('/settings/theme', { preHandler: server.csrfProtection }, async (request, reply) => {
    const theme = readTheme(request.body)
    await site.app.write(actorOf(request), null, (tx) => changeSettings(tx, { theme }))
    return reply.redirect('/settings?kept', 303)
  })
}
