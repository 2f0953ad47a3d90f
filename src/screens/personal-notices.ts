import type { PersonEventType, Told } from '../events/event.ts'
import type { Ctx } from '../kernel/context.ts'
import type { Screen } from './screen.ts'

type Notices = { readonly [T in PersonEventType]: (ctx: Ctx, event: Told<T>) => Promise<Screen | null> }

/** Total: what a person is told about each thing that concerns them alone; null where it no longer does. */
const notices: Notices = {
  'solo.asked': async () => null,
}

export const personalNotice = <T extends PersonEventType>(ctx: Ctx, event: Told<T>): Promise<Screen | null> =>
  (notices[event.type] as Notices[T])(ctx, event)
