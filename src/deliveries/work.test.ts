import { afterEach, beforeEach, expect, it } from 'vitest'
import type { PersonId } from '../kernel/ids.ts'
import { ada, ben, studyHall } from '../testing/cast.ts'
import { type House, openHouse } from '../testing/house.ts'
import type { Outcome, Surface } from './delivery.ts'
import { jobsOf } from './queues.ts'
import { workDeliveries } from './work.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

type Heard = { readonly platform: string; readonly person: PersonId; readonly event: string }

/** The end of a wire: answers as a platform would, and remembers who was told. */
function wire(platform: Surface['platform'], answer: Outcome | 'elsewhere', heard: Heard[]): Surface {
  return {
    platform,
    async deliver(delivery) {
      if (delivery.kind === 'notice') heard.push({ platform, person: delivery.person, event: delivery.event })
      return answer
    },
  }
}

it('a notice moves on to the next platform of a person where one is closed to us, and ends where all are', async () => {
  await house.says(ben, 'settings show')
  const { user_id } = await house.app.db.selectFrom('identity').select('user_id').where('external_id', '=', '102').executeTakeFirstOrThrow()
  const later = { locale: null, timezone: null, home_opened_at: null, created_at: house.clock.now() }
  await house.app.db
    .insertInto('identity')
    .values({ user_id, platform: 'slack', external_id: 'T1:U9', display_name: 'Ben', ...later })
    .execute()
  const heard: Heard[] = []
  await workDeliveries(house.app, wire('discord', { gone: 'their direct messages are closed' }, heard))
  await workDeliveries(house.app, wire('slack', { gone: 'the app was taken out' }, heard))
  await house.says(ada, 'room create Hall private:yes', studyHall)
  await house.says(ada, 'room invite @Ben', studyHall)
  await house.settle()
  const invited = heard.filter(({ person }) => person === user_id)
  expect(invited.map(({ platform }) => platform)).toEqual(['discord', 'slack'])
  expect(new Set(invited.map(({ event }) => event)).size).toBe(1)
})

it('what only another process can do is handed on until that one takes it', async () => {
  await house.says(ben, 'settings show')
  const { id: person } = await house.app.db.selectFrom('user').select('id').executeTakeFirstOrThrow()
  const [here, there]: [Heard[], Heard[]] = [[], []]
  await workDeliveries(house.app, wire('discord', 'elsewhere', here))
  await workDeliveries(house.app, wire('discord', 'sent', there))
  const events = ['1', '2', '3', '4', '5']
  const told = events.map((event) => ({ platform: 'discord', delivery: { kind: 'notice', person, event } }) as const)
  await house.app.write('clock', null, (tx) => tx.queue.insert(tx.db, jobsOf(told)))
  await house.settle()
  expect(there.map(({ event }) => event).toSorted()).toEqual(events)
})
