import pino from 'pino'
import { createApp } from '../src/app.ts'
import { DatabaseRefused } from '../src/db/refused.ts'
import { systemClock } from '../src/kernel/clock.ts'
import { readConfig } from '../src/kernel/config.ts'
import { ConfigRefused, readEnvironment } from '../src/kernel/environment.ts'
import { checkLedger } from '../src/ledger.ts'
import { withDatabaseUrl } from './database-url.ts'

const usage = 'Usage: npm run ledger -- check | repair'
const say = (line: string): boolean => process.stdout.write(`${line}\n`)
const log = pino({ level: 'warn' })

/** The first differences are enough to see what is wrong; all are counted. */
const mostSaid = 100

try {
  const [command] = process.argv.slice(2)
  if (command !== 'check' && command !== 'repair') throw new ConfigRefused(usage)
  const config = readConfig(readEnvironment(process.cwd(), process.env).env)
  await withDatabaseUrl(config, log, async (url) => {
    const app = await createApp(config, { url, clock: systemClock, log })
    try {
      let said = 0
      const found = await checkLedger(app, command === 'repair', (sentence) => {
        said += 1
        if (said <= mostSaid) say(sentence)
      })
      if (found > mostSaid) say(`… and ${found - mostSaid} more`)
      if (found === 0) say('The ledger is sound: every total follows from who was where when.')
      else
        say(
          command === 'repair' ? `${found} differences were put right.` : `${found} differences. npm run ledger -- repair puts them right.`,
        )
      process.exitCode = found > 0 && command === 'check' ? 1 : 0
    } finally {
      await app.stop()
    }
  })
} catch (error) {
  if (!(error instanceof DatabaseRefused || error instanceof ConfigRefused)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
