import { createHash } from 'node:crypto'
import { type REST, Routes } from 'discord.js'
import { commands } from '../../src/commands/index.ts'
import type { App } from '../../src/kernel/context.ts'
import { commandList } from './command-list.ts'

/** Registers the commands with Discord if they are not those of the last time. Throws what discord.js throws. */
export async function registerCommands(app: App, rest: REST, application: string): Promise<'registered' | 'unchanged'> {
  const body = commandList(commands)
  const fingerprint = createHash('sha256').update(JSON.stringify(body)).digest('hex')
  const last = await app.read((ctx) =>
    ctx.db
      .selectFrom('registration')
      .select('fingerprint')
      .where('platform', '=', 'discord')
      .where('application_id', '=', application)
      .executeTakeFirst(),
  )
  if (last?.fingerprint === fingerprint) return 'unchanged'
  await rest.put(Routes.applicationCommands(application), { body })
  await app.write('clock', null, async (tx) => {
    const row = { fingerprint, registered_at: tx.now }
    await tx.db
      .insertInto('registration')
      .values({ platform: 'discord', application_id: application, ...row })
      .onConflict((conflict) => conflict.columns(['platform', 'application_id']).doUpdateSet(row))
      .execute()
  })
  return 'registered'
}
