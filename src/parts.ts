import type { App } from './app.ts'
import { bareServer } from './bare-server.ts'
import { startClockwork } from './clockwork.ts'
import type { Mount } from './mounts.ts'
import { workReactions } from './reactions/react.ts'
import type { Part } from './readiness.ts'

export type Started = {
  readonly running: readonly string[]
  readonly waiting: readonly string[]
  /** Where the pages are, as seen from this machine; null without them. */
  readonly address: string | null
}

/**
 * Starts every part of the roles that has what it needs; what it can't load it never imports, so that a process of one role stays
 * small. `onStop` collects how to end them, to be called in reverse.
 */
export async function startParts(app: App, onStop: (end: () => Promise<void>) => void): Promise<Started> {
  const { roles, discord, slack } = app.config
  const running: string[] = []
  const waiting: string[] = []
  const parts: Part[] = []
  const mounts: Mount[] = []
  if (roles.has('worker')) {
    await workReactions(app)
    const clockwork = await startClockwork(app)
    onStop(clockwork.stop)
    running.push('Worker: timers and what follows from them')
  }
  if (roles.has('discord')) {
    if (discord.token === null) waiting.push('Discord waits for DISCORD_TOKEN')
    else {
      const { startDiscord } = await import('../bots/discord/main.ts')
      const started = startDiscord(app)
      onStop(started.stop)
      parts.push({ name: 'discord', healthy: started.healthy })
      if (started.healthy()) running.push('Discord')
      else waiting.push('Discord (connecting)')
    }
  }
  if (roles.has('slack')) {
    const missing = missingForSlack(slack)
    if (missing !== null) waiting.push(`Slack waits for ${missing}`)
    else {
      const { startSlack } = await import('../bots/slack/main.ts')
      const started = await startSlack(app)
      onStop(started.stop)
      parts.push({ name: 'slack', healthy: started.healthy })
      if (started.handler !== undefined) mounts.push(started.handler)
      if (started.healthy()) running.push(slack.appToken === null ? 'Slack, over signed HTTP' : 'Slack, over Socket Mode')
      else waiting.push('Slack, over Socket Mode (connecting)')
    }
  }
  const address = await startWeb(app, roles.has('dashboard'), mounts, parts, onStop)
  if (roles.has('dashboard')) running.push('Dashboard')
  return { running, waiting, address: roles.has('dashboard') ? address : null }
}

/** The first variable that Slack still needs: a token or an OAuth app, and a way to hear. */
function missingForSlack({ botToken, appToken, signingSecret, clientId }: App['config']['slack']): string | null {
  if (botToken === null && clientId === null) return 'SLACK_BOT_TOKEN'
  if (appToken === null && signingSecret === null) return 'SLACK_APP_TOKEN'
  return null
}

/** The pages; without them a bare server for what other surfaces publish and for `/health` and `/ready`. */
async function startWeb(
  app: App,
  pages: boolean,
  mounts: readonly Mount[],
  parts: readonly Part[],
  onStop: (end: () => Promise<void>) => void,
): Promise<string> {
  const web = pages
    ? await (await import('../dashboard/main.ts')).createDashboard(app, { mounts, parts })
    : bareServer(app, { mounts, parts })
  await web.start()
  onStop(web.stop)
  return web.address
}
