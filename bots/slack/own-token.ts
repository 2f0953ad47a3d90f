import { setTimeout as wait } from 'node:timers/promises'
import type { App } from '../../src/kernel/context.ts'
import type { Installations } from './installed.ts'
import { codeOf, troubleOf } from './refusals.ts'

const longestPauseMilliseconds = 60_000

/**
 * Keeps the installation of SLACK_BOT_TOKEN beside those of OAuth. While Slack can't be reached it keeps trying until `signal`
 * aborts; a token that Slack refuses is told in the log and not tried again.
 */
export async function keepOwnToken(app: App, installations: Installations, token: string, signal: AbortSignal): Promise<void> {
  for (let pause = 1_000; !signal.aborted; pause = Math.min(pause * 2, longestPauseMilliseconds)) {
    try {
      const { team_id, team, user_id, enterprise_id } = await installations.client(token).auth.test()
      if (team_id === undefined || user_id === undefined) throw new Error('Slack did not say whose token SLACK_BOT_TOKEN is')
      if (!installations.isAllowed(team_id))
        return app.log.error({ team: team_id }, 'SLACK_BOT_TOKEN belongs to a workspace that ALLOWED_WORKSPACES leaves out')
      await installations.keep({
        team: team_id,
        name: team ?? team_id,
        enterprise: enterprise_id ?? null,
        botUser: user_id,
        token,
        installedBy: null,
      })
      return
    } catch (error) {
      const trouble = troubleOf(error)
      if (trouble.kind !== 'wait' && trouble.kind !== 'lost') {
        return app.log.error({ why: codeOf(error) }, 'Slack refuses SLACK_BOT_TOKEN: copy it again from OAuth & Permissions')
      }
      app.log.warn({ why: codeOf(error) }, 'Slack could not be asked about SLACK_BOT_TOKEN; it is asked again')
      await wait(pause, undefined, { signal }).catch(() => undefined)
    }
  }
}
