/**
 * A Discord of one's own, for tests, benches and the playground: REST v10, the gateway and a voice server on 127.0.0.1, for the
 * real discord.js to talk to. It keeps Discord's published limits, deadlines and error codes, and can be told to fail.
 */

import type { AddressInfo } from 'node:net'
import { createFaults, type Faults } from './faults.ts'
import { createGateway } from './gateway.ts'
import { addGuild, type GuildHandle, type NewGuild } from './guilds.ts'
import { createInteractions } from './interactions.ts'
import { createLimits } from './limits.ts'
import type { Message } from './messages.ts'
import { messagePayload } from './payloads/message.ts'
import { addPerson, type NewPerson, type Person } from './people.ts'
import { createRest, type RequestLogged } from './rest.ts'
import type { Command } from './rules/commands.ts'
import { createVoiceHost, type VoiceOptions, type VoiceServer } from './voice-server/index.ts'
import type { Channel, World } from './world.ts'
import { createWorld } from './world.ts'

export type { Faults } from './faults.ts'
export type { GuildHandle, NewGuild } from './guilds.ts'
export type { Message } from './messages.ts'
export type { Answer, Modal } from './people/answers.ts'
export type { NewPerson, Person } from './people.ts'
export type { RequestLogged } from './rest.ts'
export { textOf } from './text.ts'
export type { Channel } from './world.ts'

export type DiscordOptions = {
  /** A free one when absent. */
  readonly port?: number
  /** Milliseconds since 1970; the machine's clock when absent. Deadlines and rate limits follow it. */
  readonly now?: () => number
  /** Rate limits; on when absent. */
  readonly limits?: boolean
  /** Milliseconds; Discord's 41 250 when absent. */
  readonly heartbeatInterval?: number
  /** Privileged intents (bits) switched on for the application; none when absent. */
  readonly privilegedIntents?: number
  /** The server behind voice channels. */
  readonly voice?: VoiceOptions
}

export type Discord = {
  /** For `DISCORD_API_URL`, and for discord.js as `rest.api`. */
  readonly apiUrl: string
  readonly token: string
  readonly applicationId: string
  readonly world: World
  /** The last 10 000 requests, oldest first. */
  readonly requests: readonly RequestLogged[]
  /** What is registered globally. */
  readonly commands: readonly Command[]
  readonly faults: Faults
  /** The gateway's troubles: `drop` cuts, `reconnect` is op 7, `invalidate` is op 9. */
  readonly gateway: { drop(code?: number): void; reconnect(): void; invalidate(resumable?: boolean): void; readonly connected: number }
  /** Where bots play sounds, and what people heard of them. */
  readonly voice: VoiceServer
  addGuild(guild: NewGuild): GuildHandle
  addUser(person: NewPerson): Person
  /** The messages of a channel that everybody there can read. */
  messagesIn(channel: Channel): Message[]
  /** A message as the API writes it, with the addresses of its pictures. */
  payloadOf(message: Message): ReturnType<typeof messagePayload>
  /** Calls back at every message that appears, changes or goes, private ones included. Returns how to stop. */
  watch(watcher: (message: Message, what: 'created' | 'edited' | 'deleted') => void): () => void
  stop(): Promise<void>
}

export const startDiscord = async (options: DiscordOptions = {}): Promise<Discord> => {
  const { port = 0, now = Date.now, limits = true, heartbeatInterval = 41_250, privilegedIntents = 0, voice: voiceOptions } = options
  const world = createWorld(now)
  const faults = createFaults()
  const interactions = createInteractions(world)
  const gateway = createGateway(world, faults, { heartbeatInterval, privilegedIntents })
  const voice = createVoiceHost(world, voiceOptions)
  world.tell = (happening) => {
    gateway.tell(happening)
    const guild = happening.t === 'VOICE_STATE_UPDATE' && happening.guildId !== null ? world.guilds.get(happening.guildId) : undefined
    if (guild) voice.follow(guild)
  }
  world.invite = voice.invite
  const { server, requests } = createRest({ world, interactions, gateway, faults, limits: limits ? createLimits(now) : null })
  await new Promise<void>((ready, failed) => server.once('error', failed).listen(port, '127.0.0.1', ready))
  world.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    apiUrl: `${world.origin}/api`,
    token: world.token,
    applicationId: world.bot.id,
    world,
    requests,
    get commands() {
      return world.commands.get('global') ?? []
    },
    faults,
    gateway: {
      drop: gateway.drop,
      reconnect: gateway.reconnect,
      invalidate: gateway.invalidate,
      get connected() {
        return [...gateway.sessions.values()].filter((session) => session.send !== null).length
      },
    },
    voice,
    addGuild: (guild) => addGuild(world, guild),
    addUser: (person) => addPerson(world, interactions, person),
    messagesIn: (channel) => [...(channel.messages?.values() ?? [])].filter((message) => message.onlyFor === null),
    payloadOf: (message) => messagePayload(world, message, 'rest'),
    watch: (watcher) => {
      world.watchers.add(watcher)
      return () => world.watchers.delete(watcher)
    },
    stop: async () => {
      await gateway.close()
      await voice.stop()
      server.closeAllConnections()
      await new Promise<void>((closed) => server.close(() => closed()))
    },
  }
}
