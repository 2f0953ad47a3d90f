import { GatewayDispatchEvents } from 'discord.js'
import { sql } from 'kysely'
import pino from 'pino'
import { type Packet, type VoiceState, voiceStates } from '../../../../bots/discord/voice-states.ts'
import { createApp } from '../../../app.ts'
import { runWork, works } from '../../../clockwork.ts'
import { voiceBack } from '../../../domain/voice/look.actions.ts'
import { seeVoice } from '../../../domain/voice/voice.actions.ts'
import { minutes } from '../../../kernel/clock.ts'
import { readConfig } from '../../../kernel/config.ts'
import type { Tx } from '../../../kernel/context.ts'
import { lotFrom } from '../lot.ts'
import type { Heard } from './model.ts'
import { type ChannelId, channels, type Move, sittingAt, streamOf } from './stream.ts'

/**
 * A process that hears voice channels from a moment of the week on, as fast as it can, until the week is over or it is killed. Beside
 * what the product writes it keeps, in the same transactions, what it has heard.
 */
export type Orders = {
  readonly url: string
  readonly dataDir: string
  readonly seed: number
  readonly server: string
  readonly accounts: readonly string[]
  readonly start: number
  readonly from: number
  readonly end: number
}

const orders = JSON.parse(process.argv[2] ?? '') as Orders
process.on('disconnect', () => process.exit())
const source = { platform: 'discord', shard: 0, shardCount: 1 } as const
const stream = streamOf(lotFrom(orders.seed), orders.accounts, orders.start)

let time = orders.from
const config = readConfig({ DATA_DIR: orders.dataDir, SECRET_KEY: '11'.repeat(32), DB_POOL: '4' })
const clock = { now: () => new Date(time), sleep: () => new Promise<void>(() => undefined) }
const app = await createApp(config, { url: orders.url, clock, log: pino({ level: 'error' }, pino.destination(2)) })
const states = voiceStates()

const keep = (tx: Tx, heard: Heard): Promise<unknown> =>
  sql`insert into heard (entry) values (${JSON.stringify(heard)}::text::jsonb)`.execute(tx.db)

/** Everything that becomes due up to `until` is done, each at its moment; the connection lives as long. */
async function liveUntil(until: number): Promise<void> {
  await app.db
    .updateTable('pulse')
    .set({ seen_at: new Date(until) })
    .where('seen_at', '<', new Date(until))
    .execute()
  for (;;) {
    const dues = await app.read((ctx) => Promise.all(works.map((work) => work.next(ctx))))
    const next = Math.min(...dues.flatMap((due) => due?.getTime() ?? []))
    if (!(next <= until)) break
    time = Math.max(time, next)
    for (const work of works) await runWork(app, work)
  }
  time = until
}

async function see(state: VoiceState): Promise<void> {
  const channel = state.channel as ChannelId | null
  const { server, account, name, details, entered } = state
  await app.write('clock', null, async (tx) => {
    const place = channel === null ? null : { id: channel, name: channel, category: null, isAfk: channel === channels.afk }
    await seeVoice(tx, [{ server, account, name: name ?? '', details, entered, channel: place, at: tx.now }])
    await keep(tx, { kind: 'seen', at: time, account, channel })
  })
  states.told(state)
}

const told = (account: string, channel: ChannelId | null) => ({
  guild_id: orders.server,
  user_id: account,
  channel_id: channel,
  session_id: account,
  mute: false,
  deaf: false,
  self_mute: false,
  self_deaf: false,
  self_video: false,
  member: { user: { id: account, username: `person${account}`, global_name: null, bot: false } },
})

async function hear({ sequence, account, channel }: Move): Promise<void> {
  const packet: Packet = { t: GatewayDispatchEvents.VoiceStateUpdate, s: sequence, d: told(account, channel) }
  const heard = states.hear(packet, 0)
  if (heard !== null && 'person' in heard) await see(heard.person)
}

/** What Discord shows of a server to a connection that is new. */
function showServer(): void {
  const sitting = [...sittingAt(stream, time)]
  const sequence = stream.truth.filter(({ at }) => at <= time).length
  const server = {
    id: orders.server,
    voice_states: sitting.map(([account, channel]) => told(account, channel)),
    members: sitting.map(([account]) => told(account, null).member),
  }
  states.hear({ t: GatewayDispatchEvents.GuildCreate, s: sequence, d: server }, 0)
}

for (const work of works) await runWork(app, work)
showServer()
const sitting = states.sitting(0)
await app.write('clock', null, async (tx) => {
  const pulse = await tx.db.selectFrom('pulse').select('seen_at').executeTakeFirst()
  const lastSeen = pulse?.seen_at.getTime() ?? null
  await keep(tx, { kind: 'back', at: time, lastSeen, sitting: sitting.map(({ account }) => account) })
  await voiceBack(tx, source, [], new Set(sitting.map(({ server, account }) => `${server} ${account}`)))
})
for (const state of sitting) await see(state)
process.send?.({ at: time })
for (const move of stream.heard) {
  if (move.at <= time && move.at <= orders.from) continue
  await liveUntil(move.at)
  await hear(move)
  process.send?.({ at: time })
}
await liveUntil(orders.end)
for (const state of states.sitting(0)) await hear({ ...state, sequence: Number.MAX_SAFE_INTEGER, at: time, channel: null })
await liveUntil(orders.end + minutes(45))
await app.stop()
process.send?.('over')
process.disconnect()
