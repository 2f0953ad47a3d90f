import { describe, expect, it } from 'vitest'
import { ada, ben } from '../src/testing/cast.ts'
import { generous, usePages } from './testing/pages.ts'
import { visitor } from './testing/visitor.ts'

const pages = usePages()
const reachable = usePages(generous, { PUBLIC_URL: 'https://focus.example.org', HOST: '0.0.0.0' })

describe('signing in', () => {
  it('shows whose account the link opens, and spends it by the button only', async () => {
    const guest = visitor(pages().server)
    const link = await pages().link(ada)
    for (let look = 0; look < 3; look += 1) expect((await guest.get(link)).body).toContain('Ada')
    expect(guest.page()).toContain('The Library')
    const home = await guest.post(link)
    expect(home.status).toBe(200)
    expect(home.body).toMatch(/Hello, .*Ada/)
    expect((await visitor(pages().server).get(link)).status).toBe(404)
  })

  it('spends a link once, however many press at once', async () => {
    const link = await pages().link(ada)
    const guests = [1, 2, 3, 4].map(() => visitor(pages().server))
    for (const guest of guests) await guest.get(link)
    const answers = await Promise.all(guests.map((guest) => guest.post(link)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404, 404, 404])
  })

  it('refuses a link after ten minutes', async () => {
    const link = await pages().link(ada)
    await pages().house.clock.advance('10m')
    const { status, body } = await visitor(pages().server).get(link)
    expect(status).toBe(404)
    expect(body).not.toContain('command in chat')
    expect(body).toContain('stop it and start it again')
  })

  it('says who is signed out by going on, and replaces that login', async () => {
    const guest = await pages().signIn(ada)
    const before = new Map(guest.cookies)
    const link = await pages().link(ben)
    expect((await guest.get(link)).body).toContain('You are signed in as Ada now')
    await guest.post(link)
    expect((await guest.get('/')).body).toMatch(/Hello, .*Ben/)
    const old = visitor(pages().server)
    for (const [name, value] of before) old.cookies.set(name, value)
    expect((await old.get('/')).body).toContain('one-time link')
  })

  it('ends a login on sign-out and after thirty days without use', async () => {
    const guest = await pages().signIn(ada)
    const stolen = visitor(pages().server)
    for (const [name, value] of guest.cookies) stolen.cookies.set(name, value)
    await guest.get('/')
    expect((await guest.post('/sign-out')).body).toContain('one-time link')
    expect((await stolen.get('/')).body).toContain('one-time link')
    const idle = await pages().signIn(ada)
    await pages().house.clock.advance('720h 1m')
    expect((await idle.get('/')).body).toContain('one-time link')
  })

  it('leads those who are not signed in to the page that says how, in the language of their browser', async () => {
    for (const path of ['/', '/rooms', '/console', '/settings', '/rooms/new']) {
      expect((await visitor(pages().server).get(path)).body).toContain('one-time link')
    }
    const page = await visitor(pages().server).get('/sign-in', { 'accept-language': 'ko-KR,ko;q=0.9,en;q=0.8' })
    expect(page.body).toContain('<html lang="ko"')
    expect(page.body).toContain('일회용 링크')
  })

  it('says where a link is to be had, as far as it is', async () => {
    const local = (await visitor(pages().server).get('/sign-in')).body
    expect(local).toContain('stop it and start it again')
    expect(local).not.toContain('/dashboard')
    const open = (await visitor(reachable().server).get('/sign-in')).body
    expect(open).toContain('<code>/dashboard</code>')
    expect(open).not.toContain('start it again')
    expect((await visitor(reachable().server).get(`/sign-in/${'x'.repeat(43)}`)).body).toContain('command in chat gives you a new one')
  })

  it('lets no page hold a secret that the database could give away', async () => {
    const link = await pages().link(ada)
    const { rows } = await pages()
      .house.app.database.db.selectFrom('sign_in_link')
      .selectAll()
      .execute()
      .then((all) => ({ rows: JSON.stringify(all) }))
    expect(rows).not.toContain(link.split('/').at(-1))
  })
})
