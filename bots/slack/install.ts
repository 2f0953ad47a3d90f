import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from '@slack/bolt'
import { InstallProvider, type OrgInstallation, type Installation as Told } from '@slack/oauth'
import type { App } from '../../src/kernel/context.ts'
import type { MessageKey } from '../../src/locales/text.ts'
import { say } from '../../src/locales/write.ts'
import type { Connecting, ToldPerson } from './connecting.ts'
import type { Installations, Installed } from './installed.ts'
import { codeOf } from './refusals.ts'
import { botScopes, userScopes } from './scopes.ts'

export const installPath = '/slack/install'
export const connectPath = '/slack/connect'
export const redirectPath = '/slack/oauth_redirect'

/** The pages of an OAuth installation, and of a person who connects their own status. */
export type InstallPages = {
  begin(request: IncomingMessage, response: ServerResponse): Promise<void>
  connect(request: IncomingMessage, response: ServerResponse): Promise<void>
  finish(request: IncomingMessage, response: ServerResponse): Promise<void>
}

type Welcome = (installed: Installed, installer: string) => Promise<void>

/**
 * Lets people install the app in their workspace. The state is signed, ten minutes old at most and bound to the browser by a
 * cookie. `welcome` tells the installer, and nobody else, when the app is new there. Who connects their own status comes back to
 * the same address, with a token of theirs and none of a bot.
 */
export function createInstallPages(
  app: App,
  installations: Installations,
  connecting: Connecting,
  logger: Logger,
  welcome: Welcome,
): InstallPages {
  const { clientId, clientSecret, authorizeUrl, apiUrl } = app.config.slack
  const redirectUri = app.config.publicUrl === null ? {} : { redirectUri: app.config.publicUrl + redirectPath }
  const installer = new InstallProvider({
    clientId: clientId ?? '',
    clientSecret: clientSecret ?? '',
    stateSecret: app.config.secretKey.toString('hex'),
    authorizationUrl: authorizeUrl,
    directInstall: true,
    logger,
    clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 0 } },
    installUrlOptions: { scopes: botScopes, ...redirectUri },
    installationStore: {
      storeInstallation: async (told) => {
        const person = personIn(told)
        if (person !== null) return connecting.keep(person)
        const { installed, isNew } = await keep(told)
        if (isNew) await welcome(installed, told.user.id)
      },
      fetchInstallation: () => Promise.reject(new Error('installations are read from the database')),
    },
  })

  async function keep(told: Told | OrgInstallation) {
    if (told.team === undefined || told.bot === undefined) throw new Error('Slack named no workspace or no bot')
    return installations.keep({
      team: told.team.id,
      name: told.team.name ?? told.team.id,
      enterprise: told.enterprise?.id ?? null,
      botUser: told.bot.userId,
      token: told.bot.token,
      installedBy: told.user.id,
    })
  }

  return {
    begin: (request, response) => installer.handleInstallPath(request, response),
    connect: (request, response) => installer.handleInstallPath(request, response, undefined, { scopes: [], userScopes, ...redirectUri }),
    finish: (request, response) =>
      installer.handleCallback(request, response, {
        afterInstallation: async (told) => {
          const isServed =
            personIn(told) === null ? installations.isAllowed : async (team: string) => (await installations.of(team)) !== null
          if (told.team && (await isServed(told.team.id))) return true
          await installations
            .client(told.bot?.token ?? told.user.token)
            .auth.revoke()
            .catch((error: unknown) => logger.warn(codeOf(error)))
          page(request, response, 403, 'slack.refused.title', 'slack.refused.stranger')
          return false
        },
        success: (told) =>
          personIn(told) === null
            ? page(request, response, 200, 'slack.installed.title', 'slack.installed.line', { workspace: told.team?.name ?? '' })
            : page(request, response, 200, 'slack.connected.title', 'slack.connected.line'),
        failure: (error) => {
          logger.warn(`An installation failed: ${codeOf(error)}`)
          const [status, line] = failures[error.code ?? ''] ?? [502, 'slack.refused.failed']
          page(request, response, status, 'slack.refused.title', line)
        },
      }),
  }
}

/** Somebody who gave rights of their own alone; null where the app was installed. */
function personIn({ team, bot, user }: Told | OrgInstallation): ToldPerson | null {
  return bot !== undefined || team === undefined || user.token === undefined ? null : { team: team.id, user: user.id, token: user.token }
}

/** Where the app can't be given rights by people: it has no client id. */
export function sayNotOffered(request: IncomingMessage, response: ServerResponse): void {
  page(request, response, 404, 'slack.refused.title', 'slack.connect.not-offered')
}

const failures: Readonly<Record<string, readonly [status: number, line: MessageKey]>> = {
  slack_oauth_invalid_state: [400, 'slack.refused.state'],
  slack_oauth_missing_state: [400, 'slack.refused.state'],
  slack_oauth_missing_code: [400, 'slack.refused.state'],
  slack_oauth_installer_authorization_error: [400, 'slack.refused.cancelled'],
}

/** A page of two sentences in the browser's language. */
function page(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  title: MessageKey,
  line: MessageKey,
  words: Record<string, string> = {},
): void {
  const locale = /^ko\b/.test(request.headers['accept-language'] ?? '') ? 'ko' : 'en'
  const heading = html(say(title, locale))
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'referrer-policy': 'no-referrer',
  })
  response.end(
    `<!doctype html><html lang="${locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${heading}</title>` +
      `<style>body{font:1.1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1.5rem;color:#16171D;background:#FBFAF7}` +
      `@media(prefers-color-scheme:dark){body{color:#FBFAF7;background:#16171D}}</style><main><h1>${heading}</h1><p>${html(say(line, locale, words))}</p></main></html>\n`,
  )
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const html = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
