import { DiscordAPIError, type Interaction, RESTJSONErrorCodes } from 'discord.js'
import type { Role } from '../../src/db/schema.ts'
import { seeMember } from '../../src/domain/workspaces/workspace.actions.ts'
import { moderationToLookAt } from '../../src/domain/workspaces/workspace.queries.ts'
import { minutes } from '../../src/kernel/clock.ts'
import type { App } from '../../src/kernel/context.ts'
import { roleWith } from './caller.ts'

/** A role is trusted for 15 minutes: one that is older than this is asked for again. */
const freshMilliseconds = minutes(10)

/**
 * A press in a direct message tells no role, and the notices of moderators are there. So the servers where the account was known
 * to moderate are asked again, before the verb asks for the right. What can't be asked stays as it is, and grows too old to be believed.
 */
export async function seeRoles(app: App, { guildId, user, client }: Interaction): Promise<void> {
  if (guildId !== null) return
  try {
    const known = await app.read((ctx) => moderationToLookAt(ctx, 'discord', user.id, freshMilliseconds))
    for (const { workspace, externalId, person } of known) {
      const role = await askedRole(client, externalId, user.id)
      if (role !== null) await app.write('clock', null, (tx) => seeMember(tx, workspace, person, role))
    }
  } catch (err) {
    // What they ask for meets the same trouble, and answers with a reference.
    app.log.error({ err }, 'roles could not be seen')
  }
}

async function askedRole(client: Interaction['client'], guild: string, user: string): Promise<Role | null> {
  try {
    const member = await client.guilds.cache.get(guild)?.members.fetch({ user, force: true })
    return member === undefined ? null : roleWith(member.permissions)
  } catch (error) {
    const isGone = error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMember
    return isGone ? 'member' : null
  }
}
