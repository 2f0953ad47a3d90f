import { expect, test } from 'vitest'
import { ada } from '../src/testing/cast.ts'
import { usePages } from './testing/pages.ts'

const pages = usePages()

const marked = (body: string): string | undefined => /<a href="([^"]*)" aria-current="page"><svg/.exec(body)?.[1]
const wayBack = (body: string): string | undefined => /class="back"><a href="([^"]*)"/.exec(body)?.[1]

test.each([
  ['/goals', '/stats'],
  ['/why', '/stats'],
  ['/import', '/settings'],
  ['/setup', '/settings'],
  ['/diagnose', '/settings'],
  ['/reservations', '/reservations'],
  ['/todos', '/'],
  ['/form/%3Ftodo.add', '/'],
  ['/rooms/new', '/rooms'],
  ['/form/%3Freserve.create', '/reservations'],
  ['/form/%3Fgoal.set', '/stats'],
])('%s belongs to %s in the navigation', async (path, to) => {
  const visitor = await pages().signIn(ada)
  expect(marked((await visitor.get(path, { referer: '' })).body)).toBe(to)
})

test('pages with a name of their own say it', async () => {
  const visitor = await pages().signIn(ada)
  for (const [path, name] of [
    ['/reservations', 'Reservations'],
    ['/todos', 'To-do list'],
    ['/setup', 'Server setup'],
  ] as const) {
    const { body } = await visitor.get(path)
    expect(body).toContain(`<h1>${name}</h1>`)
    expect(body).toContain(`<title>${name} ·`)
  }
})

test('home leads to the to-do list, and reservations to the address for calendar apps', async () => {
  const visitor = await pages().signIn(ada)
  expect((await visitor.get('/')).body).toContain('href="/todos"')
  await visitor.get('/reservations')
  expect((await visitor.press('For a calendar app')).body).toContain('My calendar')
})

test('the address of what was sent leads on', async () => {
  const visitor = await pages().signIn(ada)
  for (const path of ['/form', '/press']) expect(await visitor.get(path)).toMatchObject({ status: 200 })
})

test('from what is behind More a way leads back to the room, however far one went', async () => {
  const { screen } = await pages().house.does(ada, 'room create', { name: 'Deep' })
  const room = `/rooms/${screen.shows?.room}`
  const visitor = await pages().signIn(ada)
  await visitor.get(room)
  const more = await visitor.press('More')
  expect(more.body).toContain('<title>More for')
  expect(wayBack(more.body)).toBe(room)
  expect(wayBack((await visitor.press('Share')).body)).toBe(room)
})

test('whoever owns a room already is told before they fill a form in', async () => {
  const visitor = await pages().signIn(ada)
  const { status, body } = await visitor.get('/rooms/new')
  expect(status).toBe(422)
  expect(body).not.toContain('<h1 id="form-title">')
})
