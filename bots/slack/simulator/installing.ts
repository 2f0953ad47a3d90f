import { randomBytes } from 'node:crypto'
import { sendEvent } from './events.ts'
import type { Simulation } from './simulation.ts'
import { type Installation, newId, type Team, type User } from './world.ts'

const BOT_NAME = 'focus-mate'

function addBot(team: Team): User {
  const bot: User = {
    id: newId('U'),
    team: team.id,
    name: BOT_NAME,
    realName: 'Focus Mate',
    locale: 'en-US',
    tz: 'UTC',
    isAdmin: false,
    isOwner: false,
    isRestricted: false,
    isBot: true,
  }
  team.users.set(bot.id, bot)
  return bot
}

/** Installs the app, or adds scopes to what is installed: the token stays, as Slack keeps it. */
export function installApp(sim: Simulation, team: Team, scopes: readonly string[], installer: string): Installation {
  const before = team.installation
  const alive = before !== null && !sim.world.deadTokens.has(before.token)
  const installation: Installation = {
    token: alive ? before.token : `xoxb-${randomBytes(16).toString('hex')}`,
    bot: before?.bot ?? [...team.users.values()].find((user) => user.isBot && user.name === BOT_NAME) ?? addBot(team),
    botId: before?.botId ?? newId('B'),
    scopes: new Set([...(alive ? before.scopes : []), ...scopes]),
    installer,
  }
  team.installation = installation
  sim.world.tokens.set(installation.token, team)
  return installation
}

/** Gives the app a person's own token; one that still works stays and takes the new scopes. */
export function grantToken(sim: Simulation, team: Team, user: User, scopes: readonly string[]): string {
  const alive = [...sim.world.userTokens].find(([token, one]) => one.user.id === user.id && !sim.world.deadTokens.has(token))
  const [token, before] = alive ?? [`xoxp-${randomBytes(16).toString('hex')}`, null]
  sim.world.userTokens.set(token, { team, user, scopes: new Set([...(before?.scopes ?? []), ...scopes]) })
  return token
}

/** A person takes their own token back in Slack's settings; the app is told. */
export async function takeTokenBack(sim: Simulation, team: Team, user: User): Promise<void> {
  for (const [token, one] of sim.world.userTokens) if (one.user.id === user.id) sim.world.deadTokens.set(token, 'token_revoked')
  await sendEvent(sim, team, { type: 'tokens_revoked', tokens: { oauth: [user.id], bot: [] } })
}

/** Takes the app out of a team: its token dies and it is told by app_uninstalled and tokens_revoked. Resolves when both were sent once. */
export async function uninstallApp(sim: Simulation, team: Team): Promise<void> {
  const { installation } = team
  if (!installation) return
  sim.world.deadTokens.set(installation.token, 'account_inactive')
  for (const channel of team.channels.values()) channel.members.delete(installation.bot.id)
  await Promise.all([
    sendEvent(sim, team, { type: 'app_uninstalled' }),
    sendEvent(sim, team, { type: 'tokens_revoked', tokens: { oauth: [], bot: [installation.bot.id] } }),
  ])
}

/** Takes back the token alone, as an admin can; the app is told. */
export async function revokeToken(sim: Simulation, team: Team): Promise<void> {
  const { installation } = team
  if (!installation) return
  sim.world.deadTokens.set(installation.token, 'token_revoked')
  await sendEvent(sim, team, { type: 'tokens_revoked', tokens: { oauth: [], bot: [installation.bot.id] } })
}

export const isInstalled = (sim: Simulation, team: Team): boolean =>
  team.installation !== null && !sim.world.deadTokens.has(team.installation.token)
