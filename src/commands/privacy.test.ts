import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ada, ben, chae, studyHall } from '../testing/cast.ts'
import { type House, openHouse } from '../testing/house.ts'
import { type Caller, suggest } from './perform.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

const suggested = async (caller: Caller): Promise<readonly string[]> =>
  (await suggest(house.app, caller, { command: 'room invite', option: 'user', typed: 'B', place: studyHall })).map(({ label }) => label)

/** Ada’s room with Ben in it, as people of the library see it. */
async function room(): Promise<void> {
  await house.says(ada, 'room create Hall', studyHall)
  await house.says(ben, 'room join Hall', studyHall)
}
const seenBy = (caller: Caller): Promise<readonly string[]> =>
  Promise.all(
    ['timer status Hall', 'room info Hall', 'room list', 'stats user:@Ben', 'achievements user:@Ben'].map((line) =>
      house.says(caller, line, studyHall),
    ),
  )

describe('somebody whom only they themselves may see', () => {
  it('is named in nobody’s answer, their own included: a panel stands in front of all', async () => {
    await room()
    expect((await seenBy(chae))[0]).toContain('Ben')
    expect(await suggested(chae)).toHaveLength(1)
    await house.says(ben, 'settings set visibility:me', studyHall)
    const [status, info, list] = await seenBy(chae)
    for (const answer of [status, info, list]) expect(answer).not.toContain('Ben')
    expect(status).toContain('2명')
    expect(await suggested(chae)).toEqual([])
    expect(await house.says(ben, 'timer status Hall', studyHall)).toContain('Here (2): Ada and 1 more')
    expect(await suggested(ben)).toHaveLength(1)
  })
})

describe('somebody who never used the product', () => {
  it('is named nowhere, wherever they were seen', async () => {
    const company = [{ externalId: '300', displayName: 'Bystander' }]
    await house.says(ada, 'room create Hall', { ...studyHall, voice: '777', company })
    expect(await house.says(chae, 'timer status Hall', studyHall)).toContain('2명')
    for (const line of ['timer status Hall', 'room info Hall', 'room list']) {
      expect(await house.says(chae, line, studyHall)).not.toContain('Bystander')
    }
    expect(await suggested(chae)).toEqual([])
  })
})
