import type { Addressed } from '../deliveries/delivery.ts'
import type { PersonEventType } from '../events/event.ts'
import type { Tx } from '../kernel/context.ts'
import type { PersonId } from '../kernel/ids.ts'
import type { Reaction } from './index.ts'

/** Notices to people wherever they can be reached: on the chat account they used first. */
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
