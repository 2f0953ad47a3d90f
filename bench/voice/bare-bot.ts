import { Client, GatewayIntentBits, type VoiceState } from 'discord.js'
import postgres from 'postgres'

/** The least that writes down who sits where: a bot on discord.js with its defaults, and one statement for all that came meanwhile. */
const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildVoiceStates],
  rest: { api: process.env.DISCORD_API_URL ?? '' },
})
const sql = postgres(process.env.DATABASE_URL ?? '', { max: 1 })
const mostAtOnce = 10_000
const waiting: { account: string; sign: string | null }[] = []
let isWriting = false

client.on('voiceStateUpdate', (before, after) => {
  waiting.push({ account: after.id, sign: signOf(before, after) })
  if (!isWriting) void write()
})

async function write(): Promise<void> {
  isWriting = true
  while (waiting.length > 0) await sql`insert into recorded ${sql(waiting.splice(0, mostAtOnce), 'account', 'sign')}`
  isWriting = false
}

function signOf(before: VoiceState, after: VoiceState): string | null {
  if (after.channelId !== before.channelId) return after.channelId === null ? 'left' : `in ${after.channelId}`
  if (after.selfDeaf !== before.selfDeaf) return `deafened ${after.selfDeaf ? 'on' : 'off'}`
  if (after.selfVideo !== before.selfVideo) return `camera ${after.selfVideo ? 'on' : 'off'}`
  if (after.streaming !== before.streaming) return `screen ${after.streaming ? 'on' : 'off'}`
  return null
}

client.once('clientReady', () => process.stdout.write('ready\n'))
await client.login(process.env.DISCORD_TOKEN)
