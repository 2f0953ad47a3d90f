import { setTimeout as wait } from 'node:timers/promises'
import type { Discord } from '../../bots/discord/simulator/index.ts'
import type { Ground } from '../ground.ts'
import { freePort, type Process, start } from '../processes.ts'

/** Where a bot finds the simulator. */
export const address = ({ token, apiUrl }: Discord) => ({ DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl, DISCORD_CDN_URL: apiUrl })

/** Our process as `npm start` runs it, with the Discord part alone; resolves when it is online and its commands are registered. */
export async function startOurs(discord: Discord, { dataDir }: Ground, url: string): Promise<Process> {
  const PORT = String(await freePort())
  const settings = { PORT, DATABASE_URL: url, DATA_DIR: dataDir, SECRET_KEY: '11'.repeat(32), ROLES: 'discord', LOG_LEVEL: 'error' }
  const bot = await start('src/main.ts', { ...address(discord), ...settings }, /Focus Mate is running/)
  await online(discord)
  return bot
}

export async function startBare(discord: Discord): Promise<Process> {
  return start('bench/discord/bare-bot.ts', address(discord), /^ready$/m)
}

async function online(discord: Discord): Promise<void> {
  for (let waited = 0; discord.gateway.connected === 0 || discord.commands.length === 0; waited += 50) {
    if (waited > 30_000) throw new Error('the bot did not come online within 30 s')
    await wait(50)
  }
}
