/** What only the gateway says. */

import type { Session } from '../sessions.ts'
import type { Guild, Happening, World } from '../world.ts'
import { userPayload } from './guild.ts'

export const readyPayload = (world: World, session: Session, guilds: readonly Guild[]) => ({
  v: 10,
  user: { ...userPayload(world.bot), verified: true, mfa_enabled: true, flags: 0, email: null },
  guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
  session_id: session.id,
  session_type: 'normal',
  resume_gateway_url: `${world.origin.replace('http', 'ws')}/gateway`,
  shard: session.shard,
  application: { id: world.bot.id, flags: 0 },
  private_channels: [],
  relationships: [],
  presences: [],
})

/** Without the message content intent a bot reads only what it wrote, what mentions it, and direct messages. */
export const withoutContent = (world: World, { d, direct }: Happening): object | null => {
  if (direct || !('content' in d) || !('author' in d) || !('mentions' in d)) return null
  const own = JSON.stringify([d.author, d.mentions]).includes(`"${world.bot.id}"`)
  return own ? null : { ...d, content: '', embeds: [], components: [], attachments: [] }
}
