import { achievements } from '../domain/achievements/achievement.ts'
import { lapsedPresence } from '../domain/debriefs/debrief.queries.ts'
import { standingFault } from '../domain/faults/fault.queries.ts'
import { nameOf } from '../domain/people/person.queries.ts'
import { openGap } from '../domain/presence/gap.queries.ts'
import { correctionOf } from '../domain/sessions/correction.queries.ts'
import { openSolo, soloOutcome } from '../domain/sessions/solo.queries.ts'
import { weekOf } from '../domain/stats/own.queries.ts'
import { settingsOfWorkspace } from '../domain/workspaces/settings.queries.ts'
import type { PersonEventType, Told } from '../events/event.ts'
import type { Ctx } from '../kernel/context.ts'
import { achievementUnlocked } from './achievements.ts'
import { correctionTold, correctionUndone, dayShown } from './corrections.ts'
import { lapsedNotice } from './debrief.ts'
import { faultNotice, helpAsked } from './diagnosis.ts'
import { goalReached, streakKept } from './goals.ts'
import { gapQuestion } from './outage.ts'
import { reservationNotices } from './reservation-notices.ts'
import type { Screen } from './screen.ts'
import { trialOver } from './setup.ts'
import { soloOver, soloQuestion } from './solo.ts'
import { standingOf } from './standing.ts'
import { weekNote } from './week-note.ts'

type Notices = { readonly [T in PersonEventType]: (ctx: Ctx, event: Told<T>) => Promise<Screen | null> }

/** Total: what a person is told about each thing that concerns them alone; null where it no longer does. */
const notices: Notices = {
  ...reservationNotices,
  'goal.reached': async (_, { kind, amount }) => goalReached(kind, amount),
  'streak.kept': async (_, { days, frozen }) => streakKept(days, frozen),
  'achievement.unlocked': async (_, { achievement }) => {
    const unlocked = achievements.find(({ id }) => id === achievement)
    return unlocked === undefined ? null : achievementUnlocked(unlocked)
  },
  'week.over': async (ctx, { person, week }) => weekNote(await weekOf(ctx, person, week), await standingOf(ctx, person)),
  'trial.ended': async (ctx, { workspace }) => trialOver((await settingsOfWorkspace(ctx, workspace)).name),
  'fault.stands': async (ctx, { fault }) => {
    const standing = await standingFault(ctx, fault)
    return standing && faultNotice(standing)
  },
  'help.asked': async (ctx, { by, workspace, channel }) =>
    helpAsked((await settingsOfWorkspace(ctx, workspace)).name, channel, await nameOf(ctx, by)),
  'outage.gap': async (ctx, { gap }) => {
    const open = await openGap(ctx, gap)
    return open === null ? null : gapQuestion(gap, open)
  },
  'presence.lapsed': async (ctx, { presence }) => {
    const lapsed = await lapsedPresence(ctx, presence)
    return lapsed && lapsedNotice(lapsed.room, presence, lapsed.until)
  },
  'solo.started': async () => null,
  'solo.ended': async (ctx, { solo }) => {
    const outcome = await soloOutcome(ctx, solo)
    return outcome === null ? null : soloOver(outcome)
  },
  'solo.asked': async (ctx, { person, solo }) => {
    const open = await openSolo(ctx, person)
    return open?.id === solo && open.state === 'asking' ? soloQuestion(open) : null
  },
  'session.corrected': async (ctx, { correction }) => {
    const corrected = await correctionOf(ctx, correction)
    return corrected === null ? null : correctionTold(corrected)
  },
  'session.restored': async (ctx, { by, correction }) => {
    const corrected = await correctionOf(ctx, correction)
    return corrected === null ? null : correctionUndone(corrected, await nameOf(ctx, by))
  },
  'day.shown': async (ctx, { id, by, day }) => dayShown(await nameOf(ctx, by), day, id),
}

export const personalNotice = <T extends PersonEventType>(ctx: Ctx, event: Told<T>): Promise<Screen | null> =>
  (notices[event.type] as Notices[T])(ctx, event)
