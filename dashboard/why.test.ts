import { expect, it } from 'vitest'
import { ada, ben, studyHall } from '../src/testing/cast.ts'
import { foreignIn } from './testing/markup.ts'
import { usePages } from './testing/pages.ts'
import { visitor } from './testing/visitor.ts'

const pages = usePages()
const aim = '<img src=x onerror=alert(1)>'

it('shows how a day came about, with its picture, to its person alone', async () => {
  const { house } = pages()
  await house.does(ada, 'focus start', { aim, minutes: '25' }, studyHall)
  await house.clock.advance('30m')
  const { body } = await (await pages().signIn(ada)).get('/why')
  expect(body).toContain('aria-label="Mon 2 March: 25 min counted"')
  expect(body).toMatch(/25.min<\/span> counted \(by yourself\): /)
  expect(body).toContain('href="/why?day=2026-03-01"')
  expect(foreignIn(body)).toEqual([])
  expect(body).not.toContain(aim)
  expect((await (await pages().signIn(ben)).get('/why')).body).toContain('You were not seen focusing on this day')
})

it('leads to the days around, none of which is still to come', async () => {
  const hers = await pages().signIn(ada)
  const yesterday = await hers.get('/why?day=2026-03-01')
  expect(yesterday.body).toContain('href="/why?day=2026-02-28"')
  expect(yesterday.body).toContain('href="/why?day=2026-03-02"')
  expect((await hers.get('/why')).body).not.toContain('2026-03-03')
  expect((await hers.get('/why?day=2026-03-09')).status).toBe(422)
  expect((await hers.get('/why?day=nonsense')).status).toBe(422)
})

it('is a page for those who are signed in', async () => {
  expect((await visitor(pages().server).get('/why')).body).not.toContain('How a day came about')
})
