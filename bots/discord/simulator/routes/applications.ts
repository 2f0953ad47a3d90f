/** The application itself: who it is, its commands, where its gateway is. */

import { refusal } from '../errors.ts'
import { userPayload } from '../payloads/guild.ts'
import { type Command, checkCommandList, commandList } from '../rules/commands.ts'
import { checked } from '../rules/fields.ts'
import { guildOfBot, type World } from '../world.ts'
import { type Call, type Route, route } from './route.ts'

const application = ({ world }: Call): object => ({
  id: world.bot.id,
  name: world.bot.name,
  icon: null,
  description: '',
  bot_public: true,
  bot_require_code_grant: false,
  bot: userPayload(world.bot),
  verify_key: '0'.repeat(64),
  flags: 0,
  approximate_guild_count: [...world.guilds.values()].filter((guild) => guild.members.has(world.bot.id)).length,
  integration_types_config: { 0: {}, 1: {} },
})

const ownApplication = (call: Call): World => {
  if (call.param('application') !== call.world.bot.id) throw refusal('unknownApplication')
  return call.world
}

const payload =
  (world: World, withLocalizations: boolean) =>
  ({ guildId, ...command }: Command): object => ({
    ...command,
    application_id: world.bot.id,
    description: command.description ?? '',
    nsfw: command.nsfw ?? false,
    contexts: command.contexts ?? null,
    integration_types: command.integration_types ?? [0, 1],
    default_member_permissions: command.default_member_permissions == null ? null : String(command.default_member_permissions),
    ...(guildId ? { guild_id: guildId } : {}),
    ...(withLocalizations ? {} : { name_localizations: undefined, description_localizations: undefined }),
  })

const scopeOf = (call: Call): { scope: string; guildId: string | null } => {
  if (!call.param('guild')) return { scope: 'global', guildId: null }
  const guild = guildOfBot(call.world, call.param('guild'))
  return { scope: guild.id, guildId: guild.id }
}

/** The whole list replaces the old one; a command that keeps its name keeps its id. */
const replaceCommands = (call: Call): object => {
  const world = ownApplication(call)
  const { scope, guildId } = scopeOf(call)
  const list = checked(commandList, call.body ?? [])
  checkCommandList(list)
  const before = world.commands.get(scope) ?? []
  const commands = list.map((command): Command => {
    const known = before.find((old) => old.name === command.name && old.type === command.type)
    return { ...command, id: known?.id ?? world.nextId(), version: world.nextId(), guildId }
  })
  world.commands.set(scope, commands)
  return commands.map(payload(world, true))
}

const listCommands = (call: Call): object => {
  const world = ownApplication(call)
  return (world.commands.get(scopeOf(call).scope) ?? []).map(payload(world, call.query.get('with_localizations') === 'true'))
}

const gatewayBot = ({ world }: Call): object => ({
  url: `${world.origin.replace('http', 'ws')}/gateway`,
  shards: Math.max(1, Math.ceil(world.guilds.size / 2500)),
  session_start_limit: { total: 1000, remaining: 1000, reset_after: 86_400_000, max_concurrency: 1 },
})

const commandWindow = { limit: 5, ms: 20_000 }

export const applicationRoutes: readonly Route[] = [
  route('GET', '/gateway', ({ world }) => ({ url: `${world.origin.replace('http', 'ws')}/gateway` })),
  route('GET', '/gateway/bot', gatewayBot),
  route('GET', '/applications/@me', application),
  route('GET', '/oauth2/applications/@me', application),
  route('GET', '/applications/{application}/commands', listCommands),
  route('PUT', '/applications/{application}/commands', replaceCommands, { window: commandWindow }),
  route('GET', '/applications/{application}/guilds/{guild}/commands', listCommands),
  route('PUT', '/applications/{application}/guilds/{guild}/commands', replaceCommands, { window: commandWindow }),
]
