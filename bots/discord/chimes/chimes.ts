import { type Client, Events, GatewayOpcodes, ShardClientUtil } from 'discord.js'
import type { ChimeFailure } from '../../../src/db/schema.ts'
import type { Delivery } from '../../../src/deliveries/delivery.ts'
import { chimeRang } from '../../../src/domain/rooms/chime.actions.ts'
import { type RoomChime, roomChime } from '../../../src/domain/rooms/chime.queries.ts'
import { longestChimeDelay } from '../../../src/domain/rooms/chime.ts'
import { after, seconds } from '../../../src/kernel/clock.ts'
import type { App } from '../../../src/kernel/context.ts'
import type { WorkspaceId } from '../../../src/kernel/ids.ts'
import { audible } from './audible.ts'
import type { Mouth } from './mouth.ts'
import { chimeOf, type Moment } from './sounds.ts'
import { countVisits } from './visits.ts'

/** How long we stay in a voice channel in case another chime follows. */
const lingering = seconds(3)
const attempts = 2

type Wish = RoomChime & { readonly workspace: WorkspaceId; readonly moment: Moment; readonly until: Date }
type Server = { mouth: Mouth | null; last: Promise<void>; waiting: number; leaving: NodeJS.Timeout | null }

/** Null where nobody missed anything: it came too late, or nobody was there. */
type Outcome = 'played' | ChimeFailure | null

export type Chimes = {
  /** Puts it behind those that its server still has to hear; what becomes of it is kept for whoever asks why it is silent. */
  ring(delivery: Extract<Delivery, { kind: 'chime' }>): Promise<'sent' | 'elsewhere'>
  /** Leaves all voice channels; what waits is not played any more. */
  stop(): Promise<void>
}

/** Plays chimes in voice channels: in one server one after another, since Discord gives us one voice connection there. */
export function chimesOver(app: App, client: Client): Chimes {
  const stopping = new AbortController()
  const visits = countVisits(app.clock.now)
  const servers = new Map<string, Server>()

  const isTooLate = (until: Date): boolean => stopping.signal.aborted || app.clock.now() > until

  /** A voice channel can be entered only over the shard that hears its server. */
  const shardOf = (guild: string): number => ShardClientUtil.shardIdForGuildId(guild, client.options.shardCount ?? 1)

  function serverOf(guild: string): Server {
    const known = servers.get(guild)
    if (known) return known
    const server: Server = { mouth: null, last: Promise.resolve(), waiting: 0, leaving: null }
    servers.set(guild, server)
    return server
  }

  function queue(wish: Wish): void {
    const server = serverOf(wish.guild)
    if (server.leaving !== null) clearTimeout(server.leaving)
    server.waiting += 1
    server.last = server.last
      .then(() => play(server, wish))
      .catch((error: unknown) => app.log.error({ err: error, channel: wish.channel }, 'a chime could not be played'))
      .finally(() => {
        server.waiting -= 1
        if (server.waiting === 0) server.leaving = setTimeout(leave, lingering, wish.guild, server)
      })
  }

  function leave(guild: string, { mouth, leaving }: Server): void {
    if (leaving !== null) clearTimeout(leaving)
    mouth?.leave()
    servers.delete(guild)
  }

  async function play(server: Server, wish: Wish): Promise<void> {
    let outcome = await attempt(server, wish)
    for (let left = attempts - 1; left > 0 && outcome === 'unreachable'; left -= 1) outcome = await attempt(server, wish)
    if (outcome !== null) await app.write('clock', null, (tx) => chimeRang(tx, wish, outcome))
  }

  async function attempt(server: Server, { guild, channel: id, sound, moment, volume, until }: Wish): Promise<Outcome> {
    const channel = isTooLate(until) ? 'nobody' : audible(client, id)
    if (channel === 'nobody') return null
    if (typeof channel === 'string') return channel
    try {
      // Loaded when first wanted: where this machine has no library for voice, all else works.
      const mouth = server.mouth ?? (await import('./mouth.ts')).openMouth(stopping.signal)
      server.mouth = mouth
      if (!mouth.isIn(channel) && !visits.may(shardOf(guild))) return 'busy'
      await mouth.play(channel, chimeOf(sound, moment, volume))
      return audible(client, id) === 'muted' ? 'muted' : 'played'
    } catch (error) {
      server.mouth?.leave()
      if (stopping.signal.aborted) return null
      app.log.info({ reason: error instanceof Error ? error.message : String(error), channel: id }, 'a voice channel could not be entered')
      return 'unreachable'
    }
  }

  /** A process before this one may have died in a voice channel. */
  function leaveOld(shard: number): void {
    for (const guild of client.guilds.cache.filter(({ shardId, id }) => shardId === shard && !servers.has(id)).values()) {
      if (guild.members.me?.voice.channelId) guild.shard.send(leaving(guild.id))
    }
  }
  client.on(Events.ShardReady, leaveOld)

  return {
    async ring({ workspace, binding, moment, at }) {
      const until = after(new Date(at), longestChimeDelay)
      const chime = isTooLate(until) ? null : await app.read((ctx) => roomChime(ctx, binding))
      if (chime === null) return 'sent'
      if (!client.ws.shards.has(shardOf(chime.guild))) return 'elsewhere'
      queue({ ...chime, workspace, moment, until })
      return 'sent'
    },
    async stop() {
      stopping.abort()
      await Promise.all([...servers.values()].map(({ last }) => last))
      for (const [guild, server] of servers) leave(guild, server)
    },
  }
}

const leaving = (guild_id: string) => ({
  op: GatewayOpcodes.VoiceStateUpdate,
  d: { guild_id, channel_id: null, self_mute: false, self_deaf: false },
})
