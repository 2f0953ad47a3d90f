import { settingsOfWorkspace } from '../domain/workspaces/settings.queries.ts'
import { openGap } from '../domain/presence/gap.queries.ts'
import type { PersonEventType, Told } from '../events/event.ts'
import type { Ctx } from '../kernel/context.ts'
import { gapQuestion } from './outage.ts'
import type { Screen } from './screen.ts'
import { trialOver } from './setup.ts'

type Notices = { readonly [T in PersonEventType]: (ctx: Ctx, event: Told<T>) => Promise<Screen | null> }

/** Total: what a person is told about each thing that concerns them alone; null where it no longer does. */
const notices: Notices = {
  'trial.ended': async (ctx, { workspace }) => trialOver((await settingsOfWorkspace(ctx, workspace)).name),
  'fault.stands': async () => null,
  'outage.gap': async (ctx, { gap }) => {
    const open = await openGap(ctx, gap)
    return open === null ? null : gapQuestion(gap, open)
  },
  'presence.lapsed': async () => null,
  'solo.asked': async () => null,
}

export const personalNotice = <T extends PersonEventType>(ctx: Ctx, event: Told<T>): Promise<Screen | null> =>
  (notices[event.type] as Notices[T])(ctx, event)
