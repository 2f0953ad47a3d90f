import { resolve } from 'node:path'
import pino from 'pino'
import { backUp } from '../src/db/backup/backup.ts'
import { DatabaseRefused } from '../src/db/refused.ts'
import { systemClock } from '../src/kernel/clock.ts'
import { readConfig } from '../src/kernel/config.ts'
import { ConfigRefused, readEnvironment } from '../src/kernel/environment.ts'
import { withDatabaseUrl } from './database-url.ts'
import { askUnseen, passphraseVariable } from './passphrase.ts'

const say = (line: string): boolean => process.stdout.write(`${line}\n`)
const log = pino({ level: 'warn' })

/** Null: the file is not locked. */
async function passphraseFrom(given: string | undefined): Promise<string | null> {
  if (given) return given
  const first = await askUnseen('Passphrase (empty for none): ')
  if (first === null || first === '') return null
  if ((await askUnseen('The same again: ')) !== first) throw new ConfigRefused('The two differ: nothing was done.')
  return first
}

/** `focus-mate-2026-03-02T0900.backup` */
const nameAt = (now: Date): string => `focus-mate-${now.toISOString().slice(0, 16).replace(':', '')}.backup`

try {
  const { env } = readEnvironment(process.cwd(), process.env)
  const config = readConfig(env)
  const now = systemClock.now()
  const file = resolve(process.argv[2] ?? nameAt(now))
  const passphrase = await passphraseFrom(env[passphraseVariable])
  const done = await withDatabaseUrl(config, log, (url) => backUp({ url, secretKey: config.secretKey, file, passphrase, now }))
  say(`${file}: ${done.tables} tables, ${done.rows} rows, ${Math.ceil(done.bytes / 1024)} KiB.`)
  if (passphrase === null) say('It is not locked and holds everybody’s data and the secret key: keep it like a password.')
} catch (error) {
  if (!(error instanceof DatabaseRefused || error instanceof ConfigRefused)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
