import { ChannelType, type Client, Events, GatewayDispatchEvents, type GatewayGuildCreateDispatchData } from 'discord.js'

type Packet = { t: string | null; d: unknown }

const isVoice = ({ type }: { readonly type: ChannelType }): boolean =>
  type === ChannelType.GuildVoice || type === ChannelType.GuildStageVoice

/** Channels, threads and the like that come or change later. */
const ofChannels: ReadonlySet<string | null> = new Set([GatewayDispatchEvents.ChannelCreate, GatewayDispatchEvents.ChannelUpdate])
const ofThreads: ReadonlySet<string | null> = new Set([
  GatewayDispatchEvents.ThreadCreate,
  GatewayDispatchEvents.ThreadUpdate,
  GatewayDispatchEvents.ThreadListSync,
  GatewayDispatchEvents.ThreadMembersUpdate,
])

/**
 * Takes from the gateway's events what is never read here, before discord.js makes objects of it and keeps them: of a server stay
 * its roles, its voice channels, who sits in them and what they are called, and the bot's own membership. Everything else Discord tells again with each
 * interaction. Threads are forgotten wholly: they come and go by the thousand.
 */
export function keepLean(client: Client): void {
  client.on(Events.Raw, (packet: Packet) => {
    if (packet.t === GatewayDispatchEvents.GuildCreate) thin(packet.d as GatewayGuildCreateDispatchData, client.user?.id)
    else if (ofThreads.has(packet.t)) packet.t = null
    else if (ofChannels.has(packet.t) && !isVoice(packet.d as { type: ChannelType })) packet.t = null
  })
}

function thin(guild: GatewayGuildCreateDispatchData, self: string | undefined): void {
  guild.channels = guild.channels.filter(isVoice)
  const near = new Set([self, ...guild.voice_states.map(({ user_id }) => user_id)])
  guild.members = guild.members.filter(({ user }) => near.has(user.id))
  guild.threads = []
  guild.emojis = []
  guild.stickers = []
  guild.presences = []
  guild.stage_instances = []
  guild.guild_scheduled_events = []
  guild.soundboard_sounds = []
}
