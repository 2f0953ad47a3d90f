import { afterEach, beforeEach, expect, it } from 'vitest'
import { ada, ben, chae, studyHall } from '../../testing/cast.ts'
import { type House, openHouse } from '../../testing/house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

const lounge = { ...studyHall, voice: '777' }

it('starts a session of their own for somebody who is in no room, also where they own one', async () => {
  await house.says(ada, 'room create Hall', studyHall)
  await house.says(ada, 'timer stop', studyHall)
  await house.says(ada, 'room leave', studyHall)
  expect(await house.says(ada, 'focus start', studyHall)).toContain('Focusing — by yourself')
})

it('goes on with the room one is in: its timer is started by those who may', async () => {
  await house.says(ada, 'room create Hall start:no', studyHall)
  expect(await house.says(ada, 'focus start minutes:50', studyHall)).toContain('ends 09:50')
  expect(await house.says(ada, 'focus start "Chapter 3 #law"', studyHall)).toContain('Your aim here: Chapter 3 #law')
  const seat = await house.app.db.selectFrom('participant').select(['aim', 'subject']).executeTakeFirstOrThrow()
  expect(seat).toEqual({ aim: 'Chapter 3', subject: 'law' })
  expect(await house.app.db.selectFrom('solo_session').selectAll().execute()).toEqual([])
  await house.clock.advance('50m')
  await house.says(ada, 'timer status', studyHall)
  const session = await house.app.db.selectFrom('session_history').select(['aim', 'subject', 'source']).executeTakeFirstOrThrow()
  expect(session).toEqual({ aim: 'Chapter 3', subject: 'law', source: 'room' })
})

it('joins the room of the voice channel also where only its host starts it, and says which room was left', async () => {
  await house.says(ada, 'room create Hall start:no', lounge)
  await house.says(ben, 'room create Elsewhere', studyHall)
  const answer = await house.says(ben, 'focus start', lounge)
  expect(answer).toContain('You left “Elsewhere”: one room at a time.')
  expect(answer).toContain('Hall — not running')
})

it('offers to start alone where the room of the voice channel is full', async () => {
  await house.says(ada, 'room create Hall capacity:2', lounge)
  await house.says(chae, 'room join Hall', studyHall)
  expect(await house.says(ben, 'focus start minutes:25', lounge)).toBe(
    'Not done\nFull (2/2). Try again when somebody leaves.\n[Start alone]',
  )
  expect(await house.says(ben, 'focus start minutes:25 alone:yes', lounge)).toContain('Focusing — by yourself')
  expect(await house.says(ben, 'room join Hall', studyHall)).toContain('[Rooms here]')
})

it('is news for nobody else', async () => {
  expect((await house.does(chae, 'focus start', {}, lounge)).audience).toBe('caller')
  await house.says(ada, 'room create Hall', lounge)
  for (const one of [ada, ben]) expect((await house.does(one, 'focus start', {}, lounge)).audience).toBe('caller')
})

it('runs one session of a person who presses it at once', async () => {
  const answers = await Promise.all([1, 2, 3, 4].map(() => house.does(ada, 'focus start', { minutes: '25' }, studyHall)))
  expect(answers.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'done'])
  const running = await house.app.db.selectFrom('solo_session').select('id').where('state', '=', 'running').execute()
  expect(running).toHaveLength(1)
})
