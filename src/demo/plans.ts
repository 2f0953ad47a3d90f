import { reserve } from '../domain/reservations/plan.actions.ts'
import { roomView } from '../domain/rooms/room.queries.ts'
import { after, days, hours, minutes } from '../kernel/clock.ts'
import type { Tx } from '../kernel/context.ts'
import type { RoomId } from '../kernel/ids.ts'
import type { Resident } from './people.ts'

const usual = {
  timezone: 'UTC',
  namedAfter: null,
  note: null,
  workMinutes: 50,
  breakMinutes: 10,
  remindMinutes: 10,
  recurrence: 'none',
  weekdays: [],
  until: null,
  times: null,
  room: null,
  voice: null,
} as const

/** A session that begins soon, one every week and one on three days of it: hours apart, so that none is in the way of another. */
export async function planAhead(tx: Tx, room: RoomId, residents: readonly Resident[]): Promise<void> {
  const halfHour = minutes(30)
  const soon = new Date(Math.ceil(after(tx.now, minutes(40)).getTime() / halfHour) * halfHour)
  await reserve(tx, { ...usual, at: soon, name: 'Thesis sprint', note: 'Chapter four' }, [])
  await reserve(tx, { ...usual, at: after(soon, days(2) + hours(4)), name: 'Weekly review', workMinutes: 25, recurrence: 'weekly' }, [])
  const view = await roomView(tx, room)
  const joint = {
    ...usual,
    at: after(soon, days(1) - hours(6)),
    name: '한국어 회화',
    recurrence: 'days',
    weekdays: [1, 3, 5],
    room: view,
  } as const
  const first = await reserve(tx, joint, [])
  const { reservation_id } = await tx.db
    .selectFrom('reservation_occurrence')
    .select('reservation_id')
    .where('id', '=', first)
    .executeTakeFirstOrThrow()
  const coming = residents.filter(({ platform, role }) => platform !== 'web' && role !== 'guest').slice(4, 11)
  await tx.db
    .insertInto('reservation_member')
    .values(
      coming.map(({ id }, n) => ({
        reservation_id,
        user_id: id,
        day: null,
        coming: true,
        invited_by: null,
        created_at: after(tx.now, -minutes(n)),
      })),
    )
    .execute()
}
