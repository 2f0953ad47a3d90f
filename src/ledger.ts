import type { App } from './app.ts'
import { standingsByDays, writtenStandings } from './domain/goals/standing.actions.ts'
import { rebuildCredit, rebuildTotals, rebuildWorkspaces } from './domain/sessions/ledger.actions.ts'
import {
  inBatches,
  wrongCorrections,
  wrongCredit,
  wrongSoloCredit,
  wrongTotals,
  wrongWorkspaceTotals,
} from './domain/sessions/ledger.queries.ts'
import type { Ctx } from './kernel/context.ts'
import type { PersonId, PhaseId, SoloId, WorkspaceId } from './kernel/ids.ts'

/** What was found wrong: a sentence each, for whoever runs this installation. */
export type Report = (sentence: string) => void

/**
 * Rebuilds everything that follows from who was where when, and says each difference to what is written. With `mend` it is put right.
 * @returns the number of differences
 */
export async function checkLedger(app: App, mend: boolean, report: Report): Promise<number> {
  const ctx = await app.read(async (reading) => reading)
  const write = (act: Parameters<typeof app.write<void>>[2]) => (mend ? app.write('clock', null, act) : Promise.resolve())
  let found = 0
  const say = (sentence: string): void => {
    found += 1
    report(sentence)
  }
  for await (const ids of inBatches(ctx, 'phase')) {
    const wrong = await wrongCredit(ctx, ids as readonly PhaseId[])
    for (const { phase, person, written, right } of wrong) say(`phase ${phase}, person ${person}: ${differ(written, right)}`)
    if (wrong.length > 0) await write((tx) => rebuildCredit(tx, wrong))
  }
  for await (const ids of inBatches(ctx, 'solo_session')) {
    const wrong = await wrongSoloCredit(ctx, ids as readonly SoloId[])
    for (const { solo, person, written, right } of wrong) say(`solo session ${solo}, person ${person}: ${differ(written, right)}`)
    if (wrong.length > 0) await write((tx) => rebuildCredit(tx, wrong))
  }
  for await (const ids of inBatches(ctx, 'user')) {
    const people = ids as readonly PersonId[]
    for (const session of await wrongCorrections(ctx, people)) say(`session ${session} is not what its correction says`)
    const wrong = [...(await wrongTotals(ctx, people)), ...(await wrongStreaks(ctx, people))]
    for (const { table, key, written, right } of wrong) say(`${table} ${key}: ${differ(written, right)}`)
    if (wrong.length > 0) await write((tx) => rebuildTotals(tx, people))
  }
  for await (const ids of inBatches(ctx, 'workspace')) {
    const workspaces = ids as readonly WorkspaceId[]
    const wrong = await wrongWorkspaceTotals(ctx, workspaces)
    for (const { table, key, written, right } of wrong) say(`${table} ${key}: ${differ(written, right)}`)
    if (wrong.length > 0) await write((tx) => rebuildWorkspaces(tx, workspaces))
  }
  return found
}

const differ = (written: string | null, right: string | null): string =>
  `${written ?? 'nothing'} is written, ${right ?? 'nothing'} is right`

async function wrongStreaks(ctx: Ctx, people: readonly PersonId[]) {
  const written = await writtenStandings(ctx, people)
  const right = await standingsByDays(ctx, people)
  return right.flatMap(({ person, seconds, sessions, streak }) => {
    const one = written.get(person)
    const words = (of: { seconds: number; sessions: number; streak: typeof streak }) =>
      `${of.seconds} ${of.sessions} ${of.streak.days} ${of.streak.best} ${of.streak.from} ${of.streak.last}`
    if (one === undefined && seconds === 0) return []
    return one !== undefined && words(one) === words({ seconds, sessions, streak })
      ? []
      : [
          {
            table: 'user_progress',
            key: person,
            written: one === undefined ? null : words(one),
            right: words({ seconds, sessions, streak }),
          },
        ]
  })
}
