import { readdirSync, readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { packPress } from '../src/commands/press.ts'
import { shortId } from '../src/kernel/ids.ts'
import { chae, mo, root } from '../src/testing/cast.ts'
import { type Left, liveThrough, seen, traces, unseen } from '../src/testing/unseen.ts'
import { usePages } from './testing/pages.ts'
import type { Visitor } from './testing/visitor.ts'

/** Every address that answers a browser, as the routes are written. */
const routes = readdirSync(new URL('routes/', import.meta.url)).flatMap((file) =>
  [...readFileSync(new URL(`routes/${file}`, import.meta.url), 'utf8').matchAll(/server\.get(?:<[^(]*>)?\(\s*[`']([^`']+)[`']/g)].map(
    ([, path = '']) => path,
  ),
)
/** Streams are listened to apart; what is behind a link of one’s own is nobody else’s. */
const apart = ['/live', '/sign-in/:token']

const addresses = ({ room, reservation }: Left, feed: string): readonly string[] => [
  ...routes.flatMap((path) => {
    if (apart.includes(path)) return []
    if (path === '/rooms/:room') return [`/rooms/${room}`]
    if (path === '/calendar/:file') return [new URL(feed).pathname]
    if (path === '/form/:press')
      return [
        { command: 'room edit', args: { room } },
        { command: 'room invite', args: { room } },
        { command: 'reserve edit', args: { reservation } },
      ].map((press) => `/form/${encodeURIComponent(packPress({ ...press, ask: true }))}`)
    if (path === '/form/suggest')
      return ['k', 'z', 'w'].map((typed) => `${path}?command=room%20invite&option=user&o.user=${typed}&text=${typed}`)
    if (path === '/console/suggest') return ['k', 'z', 'w'].map((typed) => `${path}?text=${encodeURIComponent(`stats user:@${typed}`)}`)
    if (path.includes('${')) return ['/setup', '/diagnose']
    return [path]
  }),
]

const lines = ['', 'room list', 'timer status', 'room info', 'reserve list', 'stats', 'achievements', 'diagnose', 'focus why', 'focus list']

async function pagesOf(who: Visitor, left: Left): Promise<readonly { readonly where: string; readonly said: string }[]> {
  await who.get('/console')
  const calendar = await who.post('/console', { line: 'reserve calendar fresh:yes' })
  const feed = /https?:\/\/[^\s"<]+\/calendar\/[^\s"<]+/.exec(calendar.body)?.[0] ?? ''
  const said: { where: string; said: string }[] = []
  for (const where of addresses(left, feed)) {
    const { status, body } = await who.get(where)
    expect(status, where).toBeLessThan(500)
    said.push({ where, said: body })
  }
  await who.get('/console')
  for (const line of lines) said.push({ where: `console ${line}`, said: (await who.post('/console', { line })).body })
  for (const command of ['room info', 'room more', 'timer status', 'timer resume', 'timer pause', 'room join', 'room leave']) {
    const press = packPress({ command, args: { room: left.room } })
    said.push({ where: `press ${command}`, said: (await who.post('/press', { press }, { 'hx-request': 'true' })).body })
  }
  const press = packPress({ command: 'reserve list', args: { reservation: left.reservation } })
  said.push({ where: 'press reserve list', said: (await who.post('/press', { press })).body })
  return said
}

describe.each([
  { whom: 'somebody who is seen by nobody else', who: unseen, trace: traces.unseen, shows: false },
  { whom: 'somebody whom everyone may see', who: seen, trace: traces.seen, shows: true },
])('the pages of others, about $whom', { timeout: 300_000 }, ({ who, trace, shows }) => {
  const pages = usePages(undefined, { PUBLIC_URL: 'http://localhost' })

  it(shows ? 'name them' : 'name them nowhere', async () => {
    const { house } = pages()
    const left = await liveThrough(house, who, async () => {})
    const said: { readonly where: string; readonly said: string }[] = []
    for (const other of [chae, mo, root]) said.push(...(await pagesOf(await pages().signIn(other), left)))
    expect(said.filter((page) => traces.bystander.test(page.said)).map(({ where }) => where)).toEqual([])
    const named = new Set(said.filter((page) => trace.test(page.said)).map(({ where }) => where))
    if (!shows) expect([...named]).toEqual([])
    else
      for (const where of ['/', '/rooms', `/rooms/${left.room}`, 'press reserve list', 'press timer pause']) expect(named).toContain(where)
  })

  it('tell in a live stream that something changed, and of whom nothing', async () => {
    const { house, server } = pages()
    const { id: room } = await house.app.db.selectFrom('room').select('id').where('is_active', '=', true).executeTakeFirstOrThrow()
    const { cookies } = await pages().signIn(chae)
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    await server.listen({ host: '127.0.0.1', port: 0 })
    const { port } = server.server.address() as AddressInfo
    const leaving = new AbortController()
    const stream = await fetch(`http://127.0.0.1:${port}/live?rooms=${shortId(room)}`, { headers: { cookie }, signal: leaving.signal })
    expect(stream.status).toBe(200)
    const { user_id: person } = await house.app.db
      .selectFrom('identity')
      .select('user_id')
      .where('external_id', '=', who.sighting.externalId)
      .executeTakeFirstOrThrow()
    const heard = (async () => {
      let text = ''
      for await (const part of stream.body ?? []) {
        text += new TextDecoder().decode(part)
        if (text.includes('changed')) return text
      }
      return text
    })()
    await house.does(who, 'room edit', { room, capacity: '40' })
    await house.settle()
    const text = await heard
    leaving.abort()
    expect(text).toContain(`room:${room}`)
    expect(text).not.toMatch(trace)
    expect(text).not.toContain(person)
  })
})
