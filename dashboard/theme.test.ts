import { expect, test } from 'vitest'
import { ada, studyHall } from '../src/testing/cast.ts'
import { usePages } from './testing/pages.ts'

const pages = usePages()

test('a chosen theme is that of the pages, and of pictures in a chat', async () => {
  const guest = await pages().signIn(ada)
  expect((await guest.get('/settings')).body).toContain('data-theme="system"')
  expect((await pages().house.does(ada, 'stats', {}, studyHall)).reader.theme).toBeUndefined()
  expect((await guest.post('/settings/theme', { theme: 'dark' })).body).toContain('data-theme="dark"')
  expect((await guest.get('/')).body).toContain('data-theme="dark"')
  expect((await pages().house.does(ada, 'stats', {}, studyHall)).reader.theme).toBe('dark')
})
