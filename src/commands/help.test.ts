import { afterAll, beforeAll, expect, test } from 'vitest'
import { ada, chae, deepWork, dev, studyHall } from '../testing/cast.ts'
import { type House, openHouse } from '../testing/house.ts'
import { commands } from './index.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const listed = commands.filter((one) => one.listed !== false)
const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line.includes(' | '))

test('is a line for each group, with every command in it', async () => {
  const lines = linesOf(await house.says(ada, 'help', studyHall))
  expect(lines).toHaveLength(new Set(listed.map(({ name }) => name.split(' ')[0])).size)
  for (const { name } of listed) expect(lines.join('\n')).toContain(name.split(' ').at(-1))
})

test('of a group is a line for each of its commands', async () => {
  const inRoom = listed.filter(({ name }) => name.startsWith('room '))
  for (const asked of ['help room', 'help 방'])
    expect(linesOf(await house.says(ada, asked, studyHall)).map((line) => line.split(' | ')[0])).toEqual(inRoom.map(({ name }) => name))
})

test('of a command says how each option is typed, in both languages', async () => {
  const text = await house.says(ada, 'help room create', studyHall)
  expect(linesOf(text).map((line) => line.split(' | ')[0])).toContain('long_break · 긴휴식')
  expect(await house.says(chae, 'help room create', studyHall)).toContain('long_break · 긴휴식')
})

test('speaks of threads on Slack alone', async () => {
  expect(await house.says(dev, 'help', deepWork)).toContain('threads')
  expect(await house.says(ada, 'help', studyHall)).not.toContain('threads')
})
