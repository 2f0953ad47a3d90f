import { afterEach, beforeEach, expect, it } from 'vitest'
import { sampleReader } from '../../screens/gallery.ts'
import { phaseLine } from '../../screens/lines.ts'
import { ada, ben, chae, mo, studyHall } from '../../testing/cast.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { plainText } from '../../testing/plain.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
  await house.says(ada, 'room create Hall control:vote', studyHall)
  await house.says(ada, 'room leave', studyHall)
  for (const one of [mo, ben, chae]) await house.says(one, 'room join Hall', studyHall)
})
afterEach(() => house.close())

it('is spent once it has moved the timer', async () => {
  await house.says(ben, 'timer skip', studyHall)
  expect(await house.says(chae, 'timer skip', studyHall)).toContain('휴식 중')
  await house.says(mo, 'room edit room:Hall control:host', studyHall)
  for (const one of [ben, chae]) await house.says(one, 'timer pause vote:yes', studyHall)
  expect(await house.says(mo, 'timer resume', studyHall)).toContain('break · 0 of 4 done')
  expect(await house.says(ben, 'timer pause vote:yes', studyHall)).toContain('Your vote counts: 1 of 2.')
})

it('does not count for the next phase, also while its change is late', async () => {
  expect(await house.says(ben, 'timer skip', studyHall)).toContain('Your vote counts: 1 of 2.')
  await house.clock.jump('25m')
  expect(await house.says(chae, 'timer skip', studyHall)).toContain('투표했어요: 2표 중 1표.')
  expect(await house.says(chae, 'timer status', studyHall)).toContain('휴식 중')
})

it('of somebody who left does not count', async () => {
  await house.says(ben, 'timer skip', studyHall)
  await house.says(ben, 'room leave', studyHall)
  expect(await house.says(chae, 'timer skip', studyHall)).toContain('투표했어요: 2표 중 1표.')
})

it('says in the channel who asks for what, and what the press does', async () => {
  await house.says(ben, 'timer stop', studyHall)
  const { id } = await house.app.db.selectFrom('event').select('id').where('type', '=', 'timer.voted').executeTakeFirstOrThrow()
  const line = await house.app.read((ctx) => phaseLine(ctx, id, 'discord'))
  const text = line === null ? '' : plainText(line, sampleReader('en'))
  expect(text).toContain('Ben asks to stop the timer. 1 of 2 votes.\n[Vote to stop]')
})

it('is told by the room to each who looks, with a way to join it for those inside who have not', async () => {
  await house.says(ben, 'timer skip', studyHall)
  const line = 'Ben asks to skip this phase. 1 of 2 votes.'
  expect(await house.says(mo, 'timer status', studyHall)).toContain(`${line}\n[Vote to skip]`)
  for (const one of [ben, ada]) {
    const told = await house.says(one, 'timer status Hall', studyHall)
    expect(told).toContain(line)
    expect(told).not.toContain('[Vote to skip]')
  }
  await house.says(ben, 'settings set visibility:me', studyHall)
  expect(await house.says(mo, 'timer status', studyHall)).toMatch(/^(?!.*Ben).* asks to skip this phase\. 1 of 2 votes\.$/m)
  await house.says(chae, 'timer skip', studyHall)
  expect(await house.says(mo, 'timer status', studyHall)).not.toContain('asks to skip')
})

it('is told by the room: who needs none, and what takes a majority', async () => {
  const more = await house.says(ben, 'room more', studyHall)
  expect(more).toContain('By vote: anyone here pauses and resumes, a majority skips and stops')
  expect(await house.says(ben, 'timer pause', studyHall)).toContain('Ben paused')
})
