import { type APIVoiceState, type Client, DiscordAPIError, PermissionFlagsBits, RESTJSONErrorCodes, Routes } from 'discord.js'
import type { Outcome } from '../../src/deliveries/delivery.ts'
import { muteApplied, muteOver, planMutes } from '../../src/domain/voice/mute.actions.ts'
import { type Focusing, serverOf, unmutedIn } from '../../src/domain/voice/mute.queries.ts'
import type { App } from '../../src/kernel/context.ts'
import type { WorkspaceId } from '../../src/kernel/ids.ts'
import { tried } from './outcome.ts'

/** `absent`: in no voice channel, where Discord mutes nobody. `gone`: no longer in the server. `unable`: we may not. */
type Told = 'done' | 'absent' | 'gone' | 'unable' | { readonly retryAfter: number }

/**
 * Makes a server's microphones what its rooms want now. Whom we muted and who left voice since is given their voice back when they
 * next come into any channel: until then Discord changes nothing. Without Mute Members nothing happens.
 */
export async function keepMutes(app: App, client: Client, workspace: WorkspaceId): Promise<Outcome> {
  const server = await app.read((ctx) => serverOf(ctx, workspace))
  if (server === null) return { gone: 'the server has thrown us out' }
  const audible = new Set<string>()
  for (const one of await app.read((ctx) => unmutedIn(ctx, workspace))) {
    const isHeard = await hears(client, server, one)
    if (typeof isHeard === 'object') return isHeard
    if (isHeard) audible.add(one.account)
  }
  const plan = await app.write('clock', null, (tx) => planMutes(tx, workspace, audible))
  for (const { id, account, applied } of plan.restore) {
    const told = await tell(client, server, account, false)
    if (typeof told === 'object') return told
    if (told === 'done' || told === 'gone' || (told === 'absent' && !applied)) await app.write('clock', null, (tx) => muteOver(tx, id))
  }
  for (const { id, account } of plan.mute) {
    const told = await tell(client, server, account, true)
    if (typeof told === 'object') return told
    await app.write('clock', null, (tx) => (told === 'done' ? muteApplied(tx, id) : muteOver(tx, id)))
  }
  return 'sent'
}

/** Whether somebody can be heard and we may change that. Of a server that another process hears, Discord is asked. */
async function hears(client: Client, server: string, { account, channel }: Focusing): Promise<boolean | { readonly retryAfter: number }> {
  const guild = client.guilds.cache.get(server)
  if (guild !== undefined) {
    const { me } = guild.members
    const may = me !== null && guild.channels.cache.get(channel)?.permissionsFor(me).has(PermissionFlagsBits.MuteMembers) === true
    return may && guild.voiceStates.cache.get(account)?.serverMute === false
  }
  const told = await answer(client.rest.get(Routes.guildVoiceState(server, account)) as Promise<APIVoiceState>)
  return typeof told === 'string' ? false : 'retryAfter' in told ? told : !told.gave.mute
}

async function tell(client: Client, server: string, account: string, mute: boolean): Promise<Told> {
  const reason = 'Focus Mate: focus and breaks'
  const told = await answer(client.rest.patch(Routes.guildMember(server, account), { body: { mute }, reason }))
  return typeof told === 'object' && 'gave' in told ? 'done' : told
}

async function answer<T>(asked: Promise<T>): Promise<{ readonly gave: T } | Exclude<Told, 'done'>> {
  try {
    const outcome = await tried(asked)
    return 'gone' in outcome ? 'unable' : outcome
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error
    if (error.code === RESTJSONErrorCodes.TargetUserIsNotConnectedToVoice) return 'absent'
    if (error.code === RESTJSONErrorCodes.UnknownVoiceState) return 'absent'
    if (error.code === RESTJSONErrorCodes.UnknownMember) return 'gone'
    throw error
  }
}
