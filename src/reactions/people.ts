import { type SqlBool, sql } from 'kysely'
import type { Addressed } from '../deliveries/delivery.ts'
import type { PersonEventType, Told } from '../events/event.ts'
import type { Tx } from '../kernel/context.ts'
import type { PersonId } from '../kernel/ids.ts'
import type { Reaction } from './index.ts'

/** Notices to people wherever they can be reached: on the chat account they used first, of a platform on which we are anywhere. */
export async function noticesTo(
  tx: Tx,
  told: readonly { readonly person: PersonId; readonly event: string }[],
): Promise<readonly Addressed[]> {
  if (told.length === 0) return []
  const accounts = await tx.db
    .selectFrom('identity')
    .distinctOn('user_id')
    .select(['user_id', 'platform'])
    .where(
      'user_id',
      'in',
      told.map(({ person }) => person),
    )
    .where(sql<SqlBool>`exists (select from workspace w where w.platform = identity.platform and w.uninstalled_at is null)`)
    .orderBy('user_id')
    .orderBy('created_at')
    .execute()
  const platforms = new Map(accounts.map(({ user_id, platform }) => [user_id, platform]))
  return told.flatMap(({ person, event }): Addressed[] => {
    const platform = platforms.get(person)
    return platform === undefined ? [] : [{ platform, delivery: { kind: 'notice', person, event } }]
  })
}

/** Tells the person whom the event concerns. */
export const tellThem: Reaction<PersonEventType> = (tx, events) =>
  noticesTo(
    tx,
    events.map(({ person, id }) => ({ person, event: id })),
  )

/** Tells the person only where the event is news to them. */
export const tellThemWhen =
  <T extends PersonEventType>(isNews: (event: Told<T>) => boolean): Reaction<T> =>
  (tx, events) =>
    noticesTo(
      tx,
      events.filter(isNews).map(({ person, id }) => ({ person, event: id })),
    )

/** What stands on the person's App Home has changed. */
export const drawHome: Reaction<PersonEventType> = async (tx, events) => {
  const opened = await tx.db
    .selectFrom('identity')
    .select('user_id')
    .distinct()
    .where('platform', '=', 'slack')
    .where('home_opened_at', 'is not', null)
    .where(
      'user_id',
      'in',
      events.map(({ person }) => person),
    )
    .execute()
  return opened.map(({ user_id: person }) => ({ platform: 'slack', delivery: { kind: 'home', person } }))
}
