import { askModerator } from '../domain/faults/fault.actions.ts'
import { channelsWithRooms, faultsIn, givenUp, lastChimes, livingHere } from '../domain/faults/fault.queries.ts'
import { healthNow } from '../domain/faults/health.queries.ts'
import { actingPerson } from '../domain/people/person.queries.ts'
import { settingsHere } from '../domain/workspaces/settings.queries.ts'
import { isHereAtLeast } from '../domain/workspaces/workspace.queries.ts'
import type { Ctx, Lacking } from '../kernel/context.ts'
import type { WorkspaceId } from '../kernel/ids.ts'
import { done } from '../screens/answers.ts'
import { diagnosisScreen } from '../screens/diagnosis.ts'
import { message } from '../screens/room.ts'
import { command } from './command.ts'

/** Why the bot is silent here: a member sees the channel, a moderator the workspace, and only the operator the machine. */
export const diagnose = command({
  name: 'diagnose',
  summary: 'command.diagnose.summary',
  reply: 'private',
  options: { tell: { type: 'boolean', hidden: true, about: 'option.tell.about' } },
  async run(tx, { tell }) {
    if (tell === true) {
      await askModerator(tx)
      return done(message('diagnosis.told'))
    }
    const settings = await settingsHere(tx)
    const isModerator = await isHereAtLeast(tx, 'moderator')
    const all = await faultsIn(tx, settings.id)
    return diagnosisScreen({
      here: await livingHere(tx),
      lacks: tx.place?.lacks,
      faults: all.filter(({ channel }) => channel === tx.place?.channel),
      trialUntil: settings.trial_until !== null && settings.trial_until > tx.now ? settings.trial_until : null,
      workspace: isModerator
        ? {
            faults: all.filter(({ channel }) => channel !== tx.place?.channel),
            lacking: await lackingWhereRoomsLive(tx, settings.id),
            chimes: await lastChimes(tx, settings.id),
            givenUp: await givenUp(tx, settings.id),
          }
        : null,
      health: (await isOperator(tx)) ? await healthNow(tx) : null,
    })
  },
})

async function lackingWhereRoomsLive(ctx: Ctx, workspace: WorkspaceId): Promise<readonly Lacking[]> {
  const elsewhere = ctx.place?.elsewhere ?? []
  if (elsewhere.length === 0) return []
  const channels = await channelsWithRooms(ctx, workspace)
  return elsewhere.filter(({ channel }) => channels.has(channel))
}

const isOperator = async (ctx: Ctx): Promise<boolean> => {
  const row = await ctx.db.selectFrom('user').select('is_admin').where('id', '=', actingPerson(ctx)).executeTakeFirst()
  return row?.is_admin === true
}
