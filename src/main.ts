import { join } from 'node:path'
import closeWithGrace from 'close-with-grace'
import { createApp } from './app.ts'
import { startEmbedded } from './db/embedded.ts'
import { migrate } from './db/migrate.ts'
import { DatabaseRefused } from './db/refused.ts'
import { makeSignInLink } from './domain/people/sign-in.actions.ts'
import { openHome } from './domain/workspaces/workspace.actions.ts'
import { systemClock } from './kernel/clock.ts'
import { type Config, isLoopback, readConfig } from './kernel/config.ts'
import { ConfigRefused, codeOf, readEnvironment } from './kernel/environment.ts'
import { createLog } from './kernel/log.ts'
import { type Started, startParts } from './parts.ts'
import { askedToStop, stopSignals } from './stop.ts'

const tell = (...lines: readonly string[]): void => {
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** What stops with one clear sentence; whatever else ends the start is a bug and shows its stack. */
function sentenceOf(error: unknown, config: Config | null): string | null {
  if (error instanceof ConfigRefused || error instanceof DatabaseRefused) return error.message
  if (codeOf(error) === 'EADDRINUSE') return `Port ${config?.port} is taken. Set PORT to another one.`
  if (codeOf(error) === 'EACCES') return `Port ${config?.port} may not be used by this account. Set PORT to one above 1023.`
  if (isAddressless(error, config?.host))
    return `HOST ${config?.host} is no address of this machine. Set HOST to one of its own, or leave it out.`
  return null
}

const isAddressless = (error: unknown, host: string | undefined): boolean =>
  codeOf(error) === 'EADDRNOTAVAIL' ||
  (codeOf(error) === 'ENOTFOUND' && error instanceof Error && 'hostname' in error && error.hostname === host)

let config: Config | null = null
const ends: (() => Promise<void>)[] = []
/** The last thing started stops first, the database last. */
async function stopAll(): Promise<void> {
  for (const end of ends.splice(0).reverse()) await end()
}

try {
  const isDemo = process.argv.includes('--demo')
  const { env, warnings } = readEnvironment(process.cwd(), process.env)
  config = readConfig(isDemo ? { ...env, DATABASE_URL: undefined, DATA_DIR: join(env.DATA_DIR ?? '.data', 'demo') } : env)
  const log = await createLog(config.logLevel)
  for (const warning of warnings) log.warn(warning)
  const grace = closeWithGrace({ delay: 4500, logger: false, skip: [...stopSignals] }, async ({ err }) => {
    if (err) log.fatal({ err }, 'stopping after a fault')
    await stopAll()
  })
  void askedToStop(() => process.exit(1)).then(grace.close)
  const server = config.databaseUrl === null ? await startEmbedded({ dataDir: config.dataDir, log }) : null
  if (server !== null) ends.push(server.stop)
  const url = server?.url ?? config.databaseUrl ?? ''
  await migrate(url, log)
  const app = await createApp(config, { url, clock: systemClock, log })
  ends.push(app.stop)
  const { workspace, owner } = await app.write('clock', null, openHome)
  if (isDemo) await (await import('./demo/seed.ts')).seed(app, () => tell('Filling the demo with a lively community…'))
  const parts: Started = await startParts(app, (end) => ends.push(end))
  tell('', 'Focus Mate is running.', ...parts.running.map((line) => `  ✓ ${line}`), ...parts.waiting.map((line) => `  · ${line}`))
  if (parts.address !== null) {
    tell('', `  Dashboard: ${config.publicUrl ?? parts.address}`)
    if (isLoopback(config)) {
      const token = await app.write('clock', null, (tx) => makeSignInLink(tx, owner, workspace))
      tell(`  Sign in, once, within 10 minutes: ${parts.address}/sign-in/${token}`)
    }
  }
  tell('', '  Ctrl-C stops it.', '')
} catch (error) {
  const sentence = sentenceOf(error, config)
  process.stderr.write(`${sentence ?? (error instanceof Error ? error.stack : String(error))}\n`)
  await stopAll()
  process.exit(1)
}
