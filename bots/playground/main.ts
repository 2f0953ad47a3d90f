import closeWithGrace from 'close-with-grace'
import { DatabaseRefused } from '../../src/db/refused.ts'
import { ConfigRefused, codeOf } from '../../src/kernel/environment.ts'
import { openPlayground } from './playground.ts'
import { DidNotRun } from './product.ts'

const ends: (() => Promise<void>)[] = []
/** The last thing started stops first, the database last. */
async function stopAll(): Promise<void> {
  for (const end of ends.splice(0).reverse()) await end()
}

closeWithGrace({ delay: 10_000, logger: false }, async ({ err }) => {
  if (err) process.stderr.write(`${err.stack}\n`)
  await stopAll()
})

try {
  process.stdout.write('Starting the playground…\n')
  const { url } = await openPlayground(process.env, (end) => ends.push(end))
  process.stdout.write(`  The playground, with a Discord and a Slack of its own: ${url}\n\n`)
} catch (error) {
  const isPlain = error instanceof ConfigRefused || error instanceof DatabaseRefused || error instanceof DidNotRun
  const words = codeOf(error) === 'EADDRINUSE' ? 'The port after PORT is taken. Set PORT to another one.' : null
  process.stderr.write(`${words ?? (isPlain ? error.message : error instanceof Error ? error.stack : String(error))}\n`)
  await stopAll()
  process.exit(1)
}
