import { resolve } from 'node:path'
import pino from 'pino'
import { restore } from '../src/db/backup/restore.ts'
import { DatabaseRefused } from '../src/db/refused.ts'
import { readConfig } from '../src/kernel/config.ts'
import { ConfigRefused, readEnvironment } from '../src/kernel/environment.ts'
import { replaceKeptKey } from '../src/kernel/secret.ts'
import { withDatabaseUrl } from './database-url.ts'
import { askUnseen, passphraseVariable } from './passphrase.ts'

const usage = 'Usage: npm run restore -- <file>'
const say = (line: string): boolean => process.stdout.write(`${line}\n`)
const log = pino({ level: 'warn' })

try {
  const [file] = process.argv.slice(2)
  if (file === undefined) throw new ConfigRefused(usage)
  const { env } = readEnvironment(process.cwd(), process.env)
  const config = readConfig(env)
  const passphrase = async (): Promise<string> => {
    const given = env[passphraseVariable] || (await askUnseen('Passphrase: '))
    if (!given) throw new ConfigRefused(`This backup is locked: set ${passphraseVariable}, or run this in a terminal.`)
    return given
  }
  const keptElsewhere = env.SECRET_KEY ? config.secretKey : null
  const done = await withDatabaseUrl(config, log, (url) => restore({ url, file: resolve(file), passphrase, keptElsewhere, log }))
  if (keptElsewhere === null) replaceKeptKey(config.dataDir, done.secretKey)
  say(`Restored ${done.tables} tables with ${done.rows} rows, as they were at ${done.createdAt.toISOString()}.`)
} catch (error) {
  if (!(error instanceof DatabaseRefused || error instanceof ConfigRefused)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
