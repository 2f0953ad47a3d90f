import type { Logger } from '@slack/bolt'
import { WebClient } from '@slack/web-api'
import { keepInstallation, revokeInstallation } from '../../src/domain/workspaces/installation.actions.ts'
import { installationAt, installationOf } from '../../src/domain/workspaces/installation.queries.ts'
import type { Installation, ToldInstallation } from '../../src/domain/workspaces/installation.ts'
import { minutes } from '../../src/kernel/clock.ts'
import type { App } from '../../src/kernel/context.ts'
import type { WorkspaceId } from '../../src/kernel/ids.ts'
import { createCache } from './cache.ts'

/** How long an answer of Slack may take before it counts as lost. */
const callMilliseconds = 10_000
const installedMilliseconds = minutes(1)
const mostInstalled = 5_000

/**
 * A workspace in which the app lives. `leave`: Slack said that this token is dead, so nothing more is sent there, unless the app
 * came back with another one meanwhile.
 */
export type Installed = Installation & { readonly client: WebClient; leave(why: string): Promise<void> }

export type Installations = {
  /** By Slack's id; null where the app does not live or `ALLOWED_WORKSPACES` leaves it out. */
  of(team: string): Promise<Installed | null>
  /** By our id. */
  at(workspace: WorkspaceId): Promise<Installed | null>
  keep(told: ToldInstallation): Promise<{ readonly installed: Installed; readonly isNew: boolean }>
  /** Slack told that the app was taken out. Told late, after the app came back, it is ignored: the token works. */
  end(team: string): Promise<void>
  isAllowed(team: string): boolean
  /** A client that never tries again by itself: a call whose answer is lost may have done its deed. */
  client(token?: string): WebClient
}

export function createInstallations(app: App, logger: Logger): Installations {
  const { allowedWorkspaces, secretKey, slack } = app.config
  const known = createCache<Installed>(app.clock.now, installedMilliseconds, mostInstalled)
  const isAllowed = (team: string) => allowedWorkspaces.length === 0 || allowedWorkspaces.includes(team)
  const client = (token?: string) =>
    new WebClient(token, {
      slackApiUrl: slack.apiUrl,
      logger,
      timeout: callMilliseconds,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    })

  async function revoke(team: string): Promise<void> {
    known.forget(team)
    await app.write('clock', null, (tx) => revokeInstallation(tx, team))
  }

  function opened(installation: Installation): Installed {
    const old = known.stale(installation.team)
    const leave = async (why: string) => {
      const kept = await app.read((ctx) => installationOf(ctx, secretKey, installation.team))
      if (kept !== null && kept.token !== installation.token) return known.forget(installation.team)
      app.log.warn({ team: installation.team, why }, 'Slack no longer takes the token of this workspace')
      await revoke(installation.team)
    }
    const installed: Installed = {
      ...installation,
      client: old?.token === installation.token ? old.client : client(installation.token),
      leave,
    }
    known.keep(installation.team, installed)
    return installed
  }

  const openedIfAllowed = (found: Installation | null) => (found && isAllowed(found.team) ? opened(found) : null)

  return {
    of: async (team) => known.fresh(team) ?? openedIfAllowed(await app.read((ctx) => installationOf(ctx, secretKey, team))),
    at: async (workspace) => openedIfAllowed(await app.read((ctx) => installationAt(ctx, secretKey, workspace))),
    keep: async (told) => {
      const { isNew, ...installation } = await app.write('clock', null, (tx) => keepInstallation(tx, secretKey, told))
      known.forget(told.team)
      return { installed: opened(installation), isNew }
    },
    end: async (team) => {
      const installed = await app.read((ctx) => installationOf(ctx, secretKey, team))
      if (installed && !(await works(client(installed.token)))) await revoke(team)
    },
    isAllowed,
    client,
  }
}

/** Whether Slack takes the token. Where Slack can't be asked, its word that the app was taken out stands. */
const works = (client: WebClient): Promise<boolean> =>
  client.auth.test().then(
    () => true,
    () => false,
  )
