import { sql } from 'kysely'
import { installWorkspace, openHome, uninstallWorkspace } from '../domain/workspaces/workspace.actions.ts'
import { after, days, minutes } from '../kernel/clock.ts'
import type { App, Tx } from '../kernel/context.ts'
import type { WorkspaceId } from '../kernel/ids.ts'
import { aims } from './aims.ts'
import { chooseGoals, correctOther, tellResults, writeLists } from './choices.ts'
import { diceOf } from './dice.ts'
import { historyDays, liveThrough } from './history.ts'
import { ownersAbsences, settleIn, writeDown } from './owner.ts'
import { moveIn, type Resident } from './people.ts'
import { planAhead } from './plans.ts'
import { gather, gatherMinutes } from './present.ts'
import { build, type Quarter } from './rooms.ts'
import { keptPlots, openNow } from './town.ts'

/** Discord's keys are numbers; no server has this one. */
const library = { platform: 'discord', externalId: '1', name: 'Night Owls Library' } as const
const office = { platform: 'slack', externalId: 'demo-office', name: '한빛 연구소' } as const

const seedOfChance = 20260302

/**
 * Fills the database with a lively community: 200 people in two workspaces and the owner of Home, rooms open in every state,
 * and twelve weeks of history up to now, all made by the rules of the product itself. The same for the same moment, but for the keys.
 * Does nothing when it was done before; `begun` is called where there is something to do. Nothing of it is ever sent anywhere: its jobs go to no queue, and its chat workspaces,
 * which do not exist, count as uninstalled.
 */
export async function seed(app: App, begun: () => void = () => undefined): Promise<void> {
  await app.write('clock', null, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('demo', 0))`.execute(tx.db)
    const done = await tx.db.selectFrom('workspace').select('id').where('external_id', '=', office.externalId).executeTakeFirst()
    if (done !== undefined) return
    begun()
    await settle({ ...tx, queue: { insert: async () => undefined } })
  })
}

async function settle(tx: Tx): Promise<void> {
  const dice = diceOf(seedOfChance)
  const opened = after(tx.now, -days(historyDays + 3))
  const owner = await ownerSince(tx, opened)
  const discord = await found(tx, library, 'study', opened)
  const slack = await found(tx, office, 'focus', opened)
  const others = [
    ...(await moveIn(tx, dice, { id: discord.id, platform: 'discord', size: 120, first: 0 }, opened)),
    ...(await moveIn(tx, dice, { id: slack.id, platform: 'slack', size: 80, first: 120 }, opened)),
  ]
  const residents = [owner.resident, ...others]
  await chooseGoals({ ...tx, now: opened }, dice, others)
  const acting = { ...tx, actor: { person: owner.resident.id, workspace: owner.home.id } }
  await settleIn({ ...acting, now: opened }, dice, tx.now)
  const quarters = { discord, slack, home: owner.home }
  const kept = await build(tx, keptPlots(quarters, opened))
  await liveThrough(tx, dice, { quarters: [discord, slack], kept, residents }, after(tx.now, -minutes(gatherMinutes)))
  await writeDown(acting, owner.resident.id)
  await correctOther(tx, residents)
  await writeLists(tx, others)
  // Before anybody sits there now: whoever is seen in a workspace leaves with it.
  for (const { platform, externalId } of [library, office]) await uninstallWorkspace(tx, platform, externalId)
  await gather(tx, dice, openNow(quarters, owner.resident), kept, others)
  await tellResults(tx, after(tx.now, -days(8)))
  const shared = kept.find(({ plot }) => plot.name === 'Deep work')
  if (shared !== undefined) await planAhead(acting, shared.room.id, residents)
}

async function found(tx: Tx, told: typeof library | typeof office, channel: string, opened: Date): Promise<Quarter> {
  return { id: await installWorkspace({ ...tx, now: opened }, told), platform: told.platform, channel }
}

/** The owner of Home has been there from the beginning. */
async function ownerSince(tx: Tx, opened: Date): Promise<{ readonly resident: Resident; readonly home: Quarter }> {
  const { workspace, owner } = await openHome(tx)
  await tx.db.updateTable('user').set({ created_at: opened, first_used_at: opened }).where('id', '=', owner).execute()
  await tx.db.updateTable('workspace').set({ installed_at: opened }).where('id', '=', workspace).execute()
  await tx.db.updateTable('workspace_member').set({ joined_at: opened }).where('user_id', '=', owner).execute()
  const workspaces: readonly WorkspaceId[] = [workspace]
  return {
    resident: {
      id: owner,
      platform: 'web',
      workspaces,
      diligence: 90,
      huddles: false,
      aims: aims.en.slice(0, 4),
      since: opened,
      role: 'admin',
      away: await ownersAbsences(tx, owner, opened),
      freeFrom: opened,
    },
    home: { id: workspace, platform: 'web', channel: null },
  }
}
