import { type Client, Events, Status } from 'discord.js'
import { beat } from '../../src/domain/presence/outage.actions.ts'
import type { Source } from '../../src/domain/presence/source.ts'
import { missVoice, sittingKey, voiceBack } from '../../src/domain/voice/look.actions.ts'
import type { Inside } from '../../src/domain/voice/voice.queries.ts'
import type { VoiceChannel } from '../../src/domain/voice/voice.ts'
import { after, seconds } from '../../src/kernel/clock.ts'
import type { App } from '../../src/kernel/context.ts'
import { nameOf } from './options.ts'
import { voiceIntake } from './voice-intake.ts'
import { type Packet, type VoiceState, voiceStates } from './voice-states.ts'

/** So often each connection says that it is alive, and everybody it hears is compared with the ledger. */
const everySoOften = seconds(10)

const placeKey = (one: Inside & { readonly channel: string | null }): string => `${sittingKey(one)} ${one.channel}`

export type Voice = {
  /** Looks at a server, since something of it is known now that was not. */
  look(server: string): void
  /** Finishes what was heard, and hears no more. */
  stop(): Promise<void>
}

/**
 * Follows who sits in which voice channel. What happens is written down as it happens; after a start or a break of the connection,
 * and every ten seconds, whole servers are compared, so that nobody stays inside or outside. What comes while a connection is broken is
 * only remembered: it is compared once the connection is back.
 */
export function followVoice(app: App, client: Client): Voice {
  const stopping = new AbortController()
  const states = voiceStates()
  const intake = voiceIntake(app, stopping.signal)
  const connected = new Set<number>()

  client.on(Events.Raw, (packet: Packet, shard: number) => {
    const heard = states.hear(packet, shard)
    if (heard === null || !connected.has(shard) || stopping.signal.aborted) return
    if ('person' in heard) see(heard.person)
    else safely(() => lookAt([heard.server]))
  })
  const lost = (shard: number) => connected.delete(shard)
  client.on(Events.ShardReconnecting, lost)
  client.on(Events.ShardDisconnect, (_close, shard) => lost(shard))
  client.on(Events.ShardReady, (shard) => safely(() => comeBack(shard)))
  client.on(Events.ShardResume, (shard) => safely(() => comeBack(shard)))
  const beating = keepBeating()

  const sourceOf = (shard: number): Source => ({ platform: 'discord', shard, shardCount: client.options.shardCount ?? 1 })

  /** Everybody whom a connection hears is seen anew; who is not there any more has left. */
  async function comeBack(shard: number): Promise<void> {
    connected.add(shard)
    await intake.between(() => app.write('clock', null, (tx) => voiceBack(tx, sourceOf(shard), states.unseen(shard), sittingOn(shard))))
    for (const state of states.sitting(shard)) see(state)
  }

  async function lookAt(servers: readonly string[]): Promise<void> {
    if (servers.length === 0) return
    const sitting = () => servers.flatMap((server) => states.sittingIn(server))
    const recorded = new Set<string>()
    await intake.between(async () => {
      const keys = new Set(sitting().map(sittingKey))
      for (const one of await app.write('clock', null, (tx) => missVoice(tx, { servers }, keys, tx.now))) recorded.add(placeKey(one))
    })
    for (const state of sitting()) if (!recorded.has(placeKey(state)) && !intake.awaits(state.account)) see(state)
  }

  const sittingOn = (shard: number): ReadonlySet<string> => new Set(states.sitting(shard).map(sittingKey))

  function see(state: VoiceState): void {
    if (state.isBot === true) return
    if (state.name === null || state.isBot === null) {
      safely(() => seeStranger(state))
      return
    }
    const { server, account, name, channel, details, entered } = state
    intake.take({ server, account, name, details, entered, channel: channelOf(server, channel), at: app.clock.now() })
    states.told(state)
  }

  /** Somebody whom Discord has not named: it is asked, and what they did meanwhile is what counts. */
  async function seeStranger({ server, account }: VoiceState): Promise<void> {
    const user = await client.users.fetch(account)
    const state = states.find(server, account)
    if (state !== null) see({ ...state, name: nameOf(user), isBot: user.bot })
  }

  function channelOf(server: string, id: string | null): VoiceChannel | null {
    if (id === null) return null
    const guild = client.guilds.cache.get(server)
    const channel = guild?.channels.cache.get(id)
    return { id, name: channel?.name ?? '', category: channel?.parentId ?? null, isAfk: guild?.afkChannelId === id }
  }

  async function keepBeating(): Promise<void> {
    while (!stopping.signal.aborted) {
      await app.clock.sleep(after(app.clock.now(), everySoOften), stopping.signal)
      for (const shard of connected) if (!stopping.signal.aborted) await beatOn(shard).catch(tell)
    }
  }

  /** A connection that did not beat for a while was away, also where it was only our process that stood still. */
  async function beatOn(shard: number): Promise<void> {
    if (client.ws.shards.get(shard)?.status !== Status.Ready) return
    const state = await app.write('clock', null, (tx) => beat(tx, sourceOf(shard)))
    if (state === 'away') return comeBack(shard)
    await lookAt(states.servers(shard))
  }

  const tell = (err: unknown): void => app.log.error({ err }, 'voice states could not be compared')
  const safely = (deed: () => Promise<void>): void => void deed().catch(tell)

  return {
    look: (server) => {
      if (!stopping.signal.aborted) safely(() => lookAt([server]))
    },
    async stop() {
      stopping.abort()
      await beating
      await intake.idle()
    },
  }
}
