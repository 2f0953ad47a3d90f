import { type Client, DiscordjsError, DiscordjsErrorCodes, Events, Status } from 'discord.js'
import type { Surface } from '../../src/deliveries/delivery.ts'
import type { StopWork } from '../../src/deliveries/queue.ts'
import { workDeliveries } from '../../src/deliveries/work.ts'
import { watchFaults } from '../../src/faults.ts'
import { after, minutes, seconds } from '../../src/kernel/clock.ts'
import type { App } from '../../src/kernel/context.ts'
import { type Chimes, chimesOver } from './chimes/chimes.ts'
import { createClient } from './client.ts'
import { discordSurface } from './deliver.ts'
import { inTime } from './in-time.ts'
import { answering } from './interactions.ts'
import { messagesOver } from './messages.ts'
import { panelsOver } from './panels.ts'
import { registerCommands } from './register.ts'
import { followServers } from './servers.ts'
import { followVoice, type Voice } from './voice.ts'

export type Running = {
  /** Takes no more work, finishes what was begun, and leaves. */
  stop(): Promise<void>
  /** Whether every shard is connected. */
  healthy(): boolean
}

const firstWait = seconds(1)
const longestWait = minutes(1)
const leavingWait = seconds(1)
/** What was begun may take so long to finish when we leave; an answer later than this would come too late anyway. */
const longestFarewell = seconds(3)

/** Goes online with `DISCORD_TOKEN` and stays there: it returns at once, and keeps trying where Discord can't be reached. */
export function startDiscord(app: App): Running {
  const stopping = new AbortController()
  const begun = new Set<Promise<void>>()
  let client: Client | null = null
  let voice: Voice | null = null
  let leaveWork: StopWork | null = null
  let chimes: Chimes | null = null
  goOnline().catch((error: unknown) => app.log.error({ err: error }, 'the Discord bot could not start'))

  function track(deed: () => Promise<void>, about: string): Promise<void> {
    const safe: Promise<void> = deed()
      .catch((error: unknown) => app.log.error({ err: error }, about))
      .finally(() => begun.delete(safe))
    begun.add(safe)
    return safe
  }

  async function goOnline(): Promise<void> {
    const session = await untilDone('Discord could not be reached', async () => {
      await voice?.stop()
      const made = wired(createClient(app.config))
      client = made.client
      chimes = made.chimes
      voice = made.voice
      await made.client.login(app.config.discord.token ?? undefined)
      return made
    })
    if (session === null || stopping.signal.aborted) return
    const { rest, application, guilds } = session.client
    app.log.info({ servers: guilds.cache.size }, 'the Discord bot is online')
    leaveWork = await workDeliveries(app, unlessStopping(watchFaults(app, session.surface)))
    const registered = await untilDone('the commands could not be registered', () => registerCommands(app, rest, application?.id ?? ''))
    if (registered === 'registered') app.log.info('the commands were registered with Discord')
  }

  function wired(made: Client): { readonly client: Client; readonly chimes: Chimes; readonly voice: Voice; readonly surface: Surface } {
    const messages = messagesOver(made.rest, () => made.user?.id ?? '')
    const panels = panelsOver(app, messages)
    const answer = answering(app, panels)
    let last = Promise.resolve()
    made.on(Events.InteractionCreate, (interaction) => {
      if (!stopping.signal.aborted) track(() => answer(interaction), 'an interaction was not answered')
    })
    const ears = followVoice(app, made)
    const inOrder = (deed: () => Promise<void>): void => {
      const before = last
      last = track(() => before.then(deed), 'the list of Discord servers could not be kept')
    }
    followServers(app, made, inOrder, ears.look)
    made.on(Events.Error, (error) => app.log.error({ err: error }, 'the Discord client failed'))
    made.on(Events.ShardError, (error, shard) => app.log.warn({ reason: error.message, shard }, 'the connection to Discord broke'))
    made.on(Events.ShardReconnecting, (shard) => app.log.info({ shard }, 'connecting to Discord again'))
    made.on(Events.ShardDisconnect, ({ code }, shard) =>
      app.log.error({ code, shard }, 'Discord refuses this bot; look at its token and intents'),
    )
    const bells = chimesOver(app, made)
    return { client: made, chimes: bells, voice: ears, surface: discordSurface(app, made, messages, panels, bells) }
  }

  /** A job that comes while we leave is for the next start. */
  const unlessStopping = ({ platform, deliver }: Surface): Surface => ({
    platform,
    deliver: async (...asked) => (stopping.signal.aborted ? { retryAfter: leavingWait } : deliver(...asked)),
  })

  /** Tries until it works, waiting longer each time; null where it never can, or when we stop. */
  async function untilDone<T>(failure: string, attempt: () => Promise<T>): Promise<T | null> {
    for (let wait = firstWait; !stopping.signal.aborted; wait = Math.min(wait * 2, longestWait)) {
      try {
        return await attempt()
      } catch (error) {
        if (isRefusedToken(error)) {
          app.log.error('Discord refuses DISCORD_TOKEN. Copy it again: discord.com/developers, your application, Bot, Reset Token.')
          return null
        }
        if (stopping.signal.aborted) return null
        app.log.warn({ reason: error instanceof Error ? error.message : String(error), seconds: wait / 1000 }, `${failure}; trying again`)
        await app.clock.sleep(after(app.clock.now(), wait), stopping.signal)
      }
    }
    return null
  }

  return {
    async stop() {
      stopping.abort()
      await inTime(Promise.all([...begun, chimes?.stop(), voice?.stop(), leaveWork?.()]), longestFarewell)
      await client?.destroy()
    },
    healthy: () => client?.isReady() === true && client.ws.shards.every((shard) => shard.status === Status.Ready),
  }
}

const isRefusedToken = (error: unknown): boolean => error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid
