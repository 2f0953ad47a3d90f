import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readConfig } from '../../src/kernel/config.ts'
import { type Environment, readEnvironment } from '../../src/kernel/environment.ts'
import { createLog } from '../../src/kernel/log.ts'
import { startEmpty } from './database.ts'
import { seatInLibrary } from './discord-seat.ts'
import { faultsOf } from './faults.ts'
import { openLibrary } from './library.ts'
import { openOffice } from './office.ts'
import { startProduct } from './product.ts'
import { startServer } from './server.ts'
import { seatInOffice } from './slack-seat.ts'

/** Milliseconds for both bots to be online and to have named their commands. */
const onlineWithin = 60_000

/** Passed on to Focus Mate as they are; all else that it reads is ours, so that no real token is used in play. */
const passedOn = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'NODE_OPTIONS'] as const

/**
 * Opens a Discord and a Slack on this machine, Focus Mate between them, and a page in which several people use both. Its port is
 * the one after `PORT`. `onStop` collects how to end what was started, to be called in reverse.
 */
export async function openPlayground(
  environment: Environment,
  onStop: (end: () => Promise<void>) => void,
): Promise<{ readonly url: string }> {
  const { env } = readEnvironment(process.cwd(), environment)
  const { port, dataDir } = readConfig({ PORT: env.PORT, DATA_DIR: env.DATA_DIR, SECRET_KEY: '00'.repeat(32) })
  const folder = join(dataDir, 'playground')
  const database = await startEmpty(folder, await createLog('warn'))
  onStop(database.stop)
  const library = await openLibrary()
  onStop(library.discord.stop)
  const office = await openOffice()
  onStop(office.slack.close)
  const voiceCertificate = join(folder, 'voice-server.pem')
  await writeFile(voiceCertificate, library.discord.voice.certificate)
  const product = await startProduct(
    {
      ...Object.fromEntries(passedOn.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]))),
      PORT: String(port),
      ...(port === 0 ? {} : { PUBLIC_URL: `http://127.0.0.1:${port}` }),
      DATA_DIR: folder,
      DATABASE_URL: database.url,
      LOG_LEVEL: env.LOG_LEVEL ?? 'warn',
      // An empty database on a busy machine is slow to begin with, which says nothing of the product.
      DB_SLOW_MS: '10000',
      DISCORD_TOKEN: library.discord.token,
      DISCORD_CLIENT_ID: library.discord.applicationId,
      DISCORD_API_URL: library.discord.apiUrl,
      DISCORD_CDN_URL: new URL(library.discord.apiUrl).origin,
      NODE_EXTRA_CA_CERTS: voiceCertificate,
      SLACK_BOT_TOKEN: office.team.botToken,
      SLACK_APP_TOKEN: office.slack.appToken,
      SLACK_API_URL: office.slack.apiUrl,
      SLACK_AUTHORIZE_URL: office.slack.authorizeUrl,
    },
    folder,
  )
  onStop(product.stop)
  await office.slack.until(() => library.discord.commands.length > 0, onlineWithin)
  await office.slack.until(() => office.slack.openSockets() > 0, onlineWithin)
  const server = await startServer({
    port: port === 0 ? 0 : port + 1,
    pictures: [library.discord.apiUrl, office.slack.apiUrl].map((address) => new URL(address).origin).join(' '),
    seats: [
      ...library.people.map((person) => seatInLibrary(library, person)),
      ...office.people.map((person) => seatInOffice(office, person)),
    ],
    faults: faultsOf(library, office, product),
    stage: () => ({
      product: product.state,
      dashboard: product.dashboard,
      signIn: product.signIn,
      discord: { name: library.guild.name, connections: library.discord.gateway.connected },
      slack: { name: office.team.name, connections: office.slack.openSockets() },
    }),
  })
  onStop(server.stop)
  return { url: server.url }
}
