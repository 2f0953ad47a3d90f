import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pino from 'pino'
import { startEmbedded } from '../src/db/embedded.ts'
import { type Migrations, migrationsFolder, openMigrations } from '../src/db/migrate.ts'
import { DatabaseRefused } from '../src/db/refused.ts'
import { readConfig } from '../src/kernel/config.ts'
import { ConfigRefused, readEnvironment } from '../src/kernel/environment.ts'

const usage = 'Usage: npm run migrate -- status | up | down | to <name> | new <name>'
const say = (line: string): boolean => process.stdout.write(`${line}\n`)
const log = pino({ level: 'warn' })

const skeleton = `import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql\`\`.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql\`\`.execute(db)
}
`

async function create(words: string): Promise<void> {
  const numbers = (await readdir(migrationsFolder)).flatMap((file) => Number(/^(\d{4})_/.exec(file)?.[1] ?? []))
  const number = String(Math.max(0, ...numbers) + 1).padStart(4, '0')
  const name = `${number}_${words.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')}`
  await writeFile(join(migrationsFolder, `${name}.ts`), skeleton, { flag: 'wx' })
  say(`migrations/${name}.ts`)
}

async function run(migrations: Migrations, command: string | undefined, name: string | undefined): Promise<void> {
  const report = (done: readonly string[], direction: string) =>
    say(done.length === 0 ? 'Nothing to do.' : `${direction}: ${done.join(', ')}`)
  if (command === 'status') {
    for (const { name, executedAt } of await migrations.status())
      say(`${executedAt ? executedAt.toISOString() : 'pending'.padEnd(24)}  ${name}`)
  } else if (command === 'up') report(await migrations.up(), 'Done')
  else if (command === 'down') report(await migrations.down(), 'Taken back')
  else if (command === 'to' && name) report(await migrations.to(name === 'nothing' ? null : name), 'Done')
  else throw new ConfigRefused(usage)
}

async function withDatabase(task: (migrations: Migrations) => Promise<void>): Promise<void> {
  const { databaseUrl, dataDir } = readConfig(readEnvironment(process.cwd(), process.env).env)
  const server = databaseUrl ? null : await startEmbedded({ dataDir, log, join: true })
  try {
    const migrations = await openMigrations(databaseUrl ?? server?.url ?? '', log)
    await task(migrations).finally(() => migrations.close())
  } finally {
    await server?.stop()
  }
}

const [command, name] = process.argv.slice(2)
try {
  if (command === 'new' && name) await create(name)
  else await withDatabase((migrations) => run(migrations, command, name))
} catch (error) {
  if (!(error instanceof DatabaseRefused || error instanceof ConfigRefused)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
