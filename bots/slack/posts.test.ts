import { afterAll, beforeAll, expect, test } from 'vitest'
import { createInstallations } from './installed.ts'
import { createLogger } from './logger.ts'
import { createPosts } from './posts.ts'
import { openStage, type Stage } from './testing/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const drawn = { text: 'Break until 10:30', blocks: [] }

test('what a process posted before it died is not posted again by the next one', async () => {
  const { house, team, channel } = stage
  const installed = await createInstallations(house.app, createLogger(house.app.log)).of(team.id)
  if (!installed) throw new Error('the app is not installed')
  const processes = [createPosts(house.clock.now, house.app.log), createPosts(house.clock.now, house.app.log)] as const
  const post = { channel: channel.id, key: 'line 1', drawn }
  const first = await processes[0].post(installed, post)
  const second = await processes[1].post(installed, { ...post, again: true })
  expect(second).toEqual(first)
  const other = await processes[1].post(installed, { ...post, key: 'line 2', again: true })
  expect(other).not.toEqual(first)
  expect(channel.messages.filter(({ onlyFor }) => onlyFor === null)).toHaveLength(2)
})
