import { type Client, DiscordAPIError, RESTJSONErrorCodes, Routes } from 'discord.js'
import type { Outcome } from '../../src/deliveries/delivery.ts'
import { muteApplied, muteOver, planMutes } from '../../src/domain/presence/mute.actions.ts'
import { type OpenMute, serverOf } from '../../src/domain/presence/mute.queries.ts'
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
  const plan = await app.write('clock', null, (tx) => planMutes(tx, workspace))
  for (const one of plan.restore) {
    const told = await tell(server, one, false)
    if (typeof told === 'object') return told
    if (told === 'done' || told === 'gone' || (told === 'absent' && !one.applied))
      await app.write('clock', null, (tx) => muteOver(tx, one.id))
  }
  for (const one of plan.mute) {
    const told = await tell(server, one, true)
    if (typeof told === 'object') return told
    await app.write('clock', null, (tx) => (told === 'done' ? muteApplied(tx, one.id) : muteOver(tx, one.id)))
  }
  return 'sent'

  async function tell(guild: string, { account }: OpenMute, mute: boolean): Promise<Told> {
    try {
      const outcome = await tried(
        client.rest.patch(Routes.guildMember(guild, account), { body: { mute }, reason: 'Focus Mate: focus and breaks' }),
      )
      if ('gave' in outcome) return 'done'
      return 'gone' in outcome ? 'unable' : outcome
    } catch (error) {
      if (!(error instanceof DiscordAPIError)) throw error
      if (error.code === RESTJSONErrorCodes.TargetUserIsNotConnectedToVoice) return 'absent'
      if (error.code === RESTJSONErrorCodes.UnknownMember) return 'gone'
      throw error
    }
  }
}
