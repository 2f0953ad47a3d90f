import { afterEach, beforeEach, expect, it } from 'vitest'
import { ada, ben, chae, studyHall } from '../../testing/cast.ts'
import { type House, openHouse } from '../../testing/house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

const lounge = { ...studyHall, voice: '777' }

it('opens again for somebody who left the room they own', async () => {
  expect(await house.says(ada, 'focus start', studyHall)).toContain('focus · round 1')
  await house.says(ada, 'timer stop', studyHall)
  await house.says(ada, 'room leave', studyHall)
  await house.clock.advance('24h')
  expect(await house.says(ada, 'focus start', studyHall)).toContain('You are in.')
  expect(await house.says(ada, 'timer status', studyHall)).toContain('focus · round 1')
})

it('joins the room of the voice channel also where only its host starts it, and says which room was left', async () => {
  await house.says(ada, 'room create Hall start:no', lounge)
  await house.says(ben, 'room create Elsewhere', studyHall)
  const answer = await house.says(ben, 'focus start', lounge)
  expect(answer).toContain('You left “Elsewhere”: one room at a time.')
  expect(answer).toContain('Here (2): Ada · Ben')
  expect(answer).toContain('Hall — not running')
})

it('is news for the channel only where it opens a room', async () => {
  expect((await house.does(ada, 'focus start', {}, lounge)).audience).toBe('channel')
  expect((await house.does(ada, 'focus start', {}, lounge)).audience).toBe('caller')
  expect((await house.does(ben, 'focus start', {}, lounge)).audience).toBe('caller')
})

it('opens one room for all who press it at once in a voice channel', async () => {
  const accounts = [ada, ben, chae].map((one) => ('sighting' in one ? one.sighting : null)).filter((one) => one !== null)
  const answers = await Promise.all(
    [ada, ben, chae].map((one) => {
      const company = accounts.filter(({ externalId }) => !('sighting' in one) || externalId !== one.sighting.externalId)
      return house.does(one, 'focus start', {}, { ...lounge, company } as typeof lounge)
    }),
  )
  expect(answers.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done'])
  expect(await house.app.db.selectFrom('room').select('id').execute()).toHaveLength(1)
  expect(await house.says(ada, 'timer status', studyHall)).toContain('Here (3)')
})
