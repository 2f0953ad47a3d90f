import { expect, it } from 'vitest'
import { ada, chae } from '../src/testing/cast.ts'
import { foreignIn } from './testing/markup.ts'
import { usePages } from './testing/pages.ts'

const pages = usePages()

it('shows goals, streak and achievements on a page that stats lead to', async () => {
  const hers = await pages().signIn(ada)
  expect((await hers.get('/stats')).body).toContain('href="/goals"')
  const { body } = await hers.get('/goals')
  expect(body).toContain('This week: 0 of 5 sessions')
  expect(body).toContain('Ten counted minutes today begin a new one.')
  expect(body).toContain('First page')
  expect(foreignIn(body)).toEqual([])
})

it('speaks the person’s language', async () => {
  const { body } = await (await pages().signIn(chae)).get('/goals')
  expect(body).toContain('이번 주: 집중 기록 5회 중 0회')
  expect(body).toContain('첫 장')
})
