import {
  type APIGuildMember,
  type APIUser,
  GatewayDispatchEvents,
  type GatewayGuildCreateDispatchData,
  type GatewayGuildDeleteDispatchData,
  type GatewayReadyDispatchData,
  type GatewayVoiceState,
} from 'discord.js'
import type { VoiceDetail } from '../../src/db/schema.ts'

/** An event as the gateway wrote it: `s` counts up within a session. */
export type Packet = { readonly t: string | null; readonly s: number | null; readonly d: unknown }

/** Where somebody sits in a server. `name` and `isBot` are null where Discord has not said yet who it is. */
export type VoiceState = {
  readonly server: string
  readonly account: string
  readonly channel: string | null
  readonly name: string | null
  readonly isBot: boolean | null
  readonly details: readonly VoiceDetail[]
  /** They were seen coming into this channel since the last sighting was made of it. */
  readonly entered: boolean
  readonly sequence: number
}

/** What an event changed: one person, or a whole server that was told anew. */
export type Heard = { readonly person: VoiceState } | { readonly server: string } | null

export type VoiceStates = {
  hear(packet: Packet, shard: number): Heard
  /** Everybody who sits in voice in the servers that this shard hears. */
  sitting(shard: number): readonly VoiceState[]
  sittingIn(server: string): readonly VoiceState[]
  find(server: string, account: string): VoiceState | null
  /** Servers of the shard that Discord named and has not shown yet. */
  unseen(shard: number): readonly string[]
  servers(shard: number): readonly string[]
  /** A sighting was made: from now on they only sit there. */
  told(state: VoiceState): void
}

/**
 * Who sits where, as the gateway says. Every event carries the whole state, so one that comes twice or late changes nothing: what is not
 * newer than the last one of the same session is not heard.
 */
export function voiceStates(): VoiceStates {
  const servers = new Map<string, { readonly shard: number; readonly people: Map<string, VoiceState> }>()
  const unseen = new Map<string, number>()

  function begin(shard: number, named: readonly { readonly id: string }[]): void {
    for (const [server, { shard: of }] of servers) if (of === shard && !named.some(({ id }) => id === server)) servers.delete(server)
    for (const [server, of] of unseen) if (of === shard) unseen.delete(server)
    for (const { id } of named) unseen.set(id, shard)
  }

  function show(shard: number, guild: GatewayGuildCreateDispatchData, sequence: number): Heard {
    const before = servers.get(guild.id)?.people
    const people = new Map<string, VoiceState>()
    for (const told of guild.voice_states) {
      const member = guild.members.find(({ user }) => user.id === told.user_id)
      const known = before?.get(told.user_id)
      // Of somebody in a server that is shown for the first time nobody saw whether they just came.
      const entered = before !== undefined && (known?.channel !== told.channel_id || known.entered)
      people.set(told.user_id, stateOf(guild.id, told, member, known, entered, sequence))
    }
    servers.set(guild.id, { shard, people })
    unseen.delete(guild.id)
    return { server: guild.id }
  }

  function move(told: GatewayVoiceState, sequence: number): Heard {
    const people = servers.get(told.guild_id ?? '')?.people
    if (people === undefined || told.guild_id === undefined) return null
    const known = people.get(told.user_id)
    if (known !== undefined && sequence <= known.sequence) return null
    const hasMoved = (known?.channel ?? null) !== told.channel_id
    const state = stateOf(told.guild_id, told, told.member, known, hasMoved || known?.entered === true, sequence)
    people.set(told.user_id, state)
    return !hasMoved && known !== undefined && same(known, state) ? null : { person: state }
  }

  const all = (shard: number) => [...servers].filter(([, { shard: of }]) => of === shard)
  const seated = (people: ReadonlyMap<string, VoiceState>) => [...people.values()].filter(({ channel }) => channel !== null)

  return {
    hear({ t, s, d }, shard) {
      const sequence = s ?? 0
      if (t === GatewayDispatchEvents.VoiceStateUpdate) return move(d as GatewayVoiceState, sequence)
      if (t === GatewayDispatchEvents.GuildCreate) return show(shard, d as GatewayGuildCreateDispatchData, sequence)
      if (t === GatewayDispatchEvents.Ready) begin(shard, (d as GatewayReadyDispatchData).guilds)
      if (t !== GatewayDispatchEvents.GuildDelete) return null
      const { id, unavailable } = d as GatewayGuildDeleteDispatchData
      servers.delete(id)
      // An outage at Discord says nothing about who sits there.
      if (unavailable === true) unseen.set(id, shard)
      return unavailable === true ? null : { server: id }
    },
    sitting: (shard) => all(shard).flatMap(([, { people }]) => seated(people)),
    sittingIn: (server) => seated(servers.get(server)?.people ?? new Map()),
    find: (server, account) => servers.get(server)?.people.get(account) ?? null,
    unseen: (shard) => [...unseen].filter(([, of]) => of === shard).map(([server]) => server),
    servers: (shard) => all(shard).map(([server]) => server),
    told({ server, account, sequence }) {
      const people = servers.get(server)?.people
      const known = people?.get(account)
      if (known?.sequence !== sequence) return
      people?.delete(account)
      people?.set(account, { ...known, entered: false })
      if (known.channel === null && people !== undefined) forgetOldest(people)
    },
  }
}

/** So many who left a server are remembered, so that a word about them that comes twice is known to be old. */
const longestMemory = 1000

/** Whoever was told longest ago stands first. */
function forgetOldest(people: Map<string, VoiceState>): void {
  if (people.size <= longestMemory) return
  const left = [...people.values()].filter(({ channel }) => channel === null)
  for (const { account } of left.slice(0, Math.max(0, left.length - longestMemory))) people.delete(account)
}

type Told = Omit<GatewayVoiceState, 'guild_id'>

function stateOf(
  server: string,
  told: Told,
  member: Partial<APIGuildMember> | undefined,
  known: VoiceState | undefined,
  entered: boolean,
  sequence: number,
): VoiceState {
  const user: APIUser | undefined = member?.user
  return {
    server,
    account: told.user_id,
    channel: told.channel_id,
    name: user === undefined ? (known?.name ?? null) : (user.global_name ?? user.username),
    isBot: user === undefined ? (known?.isBot ?? null) : user.bot === true,
    details: detailsOf(told),
    entered,
    sequence,
  }
}

function detailsOf({ self_video, self_stream, mute, deaf, self_deaf }: Told): readonly VoiceDetail[] {
  const on: Record<VoiceDetail, boolean> = {
    camera: self_video,
    screen: self_stream === true,
    'server-muted': mute,
    deafened: deaf || self_deaf,
  }
  return (Object.keys(on) as VoiceDetail[]).filter((detail) => on[detail])
}

const same = (a: VoiceState, b: VoiceState): boolean => a.details.join() === b.details.join() && a.name === b.name
