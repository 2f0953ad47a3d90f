import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ada, dev, strangers, studyHall } from '../../testing/cast.ts'
import { type House, openHouse } from '../../testing/house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
  await house.says(ada, 'room create Hall private:yes', studyHall)
})
afterEach(() => house.close())

it('people are found by the name that others read, spaces and all', async () => {
  const [first] = strangers(1)
  if (first === undefined) throw new Error('nobody')
  await house.says(first, 'settings show')
  expect(await house.says(ada, 'room invite "stranger 0"', studyHall)).toContain('Stranger 0 is invited.')
})

it('two of one name are told apart', async () => {
  const [one, two] = strangers(2).map((caller) =>
    'sighting' in caller ? { ...caller, sighting: { ...caller.sighting, displayName: 'Kim Ji' } } : caller,
  )
  if (one === undefined || two === undefined) throw new Error('nobody')
  await house.says(one, 'settings show')
  await house.says(two, 'settings show')
  expect(await house.says(ada, 'room invite "Kim Ji"', studyHall)).toContain('Say which one: @Kim.Ji or @Kim.Ji2?')
  expect(await house.says(ada, 'room invite @Kim.Ji2', studyHall)).toContain('Kim Ji is invited.')
})

it('whoever sits in a public room that is open here is found, wherever they come from', async () => {
  await house.says(dev, 'room create Open')
  expect(await house.says(ada, 'achievements @Dev', studyHall)).toContain('There is nobody called @Dev here.')
  const { id } = await house.app.db.selectFrom('workspace').select('id').where('platform', '=', 'discord').executeTakeFirstOrThrow()
  await sql`insert into room_binding (room_id, workspace_id, platform, channel, created_at)
    select id, ${id}::uuid, 'discord', '1', ${house.clock.now()}::timestamptz from room where room_name = 'Open'`.execute(house.app.db)
  const said = await house.says(ada, 'achievements @Dev', studyHall)
  expect(said).not.toContain('nobody called')
  await house.app.db.updateTable('room').set({ is_private: true }).where('room_name', '=', 'Open').execute()
  expect(await house.says(ada, 'achievements @Dev', studyHall)).toContain('There is nobody called @Dev here.')
})

it('nobody is found whom one shares no place with', async () => {
  await house.says(dev, 'settings show')
  expect(await house.says(ada, 'room invite @Dev', studyHall)).toContain('There is nobody called @Dev here.')
})
