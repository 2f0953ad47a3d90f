import { beforeAll, describe, expect, it } from 'vitest'
import { packPress } from '../src/commands/press.ts'
import type { RoomId } from '../src/kernel/ids.ts'
import { shortId } from '../src/kernel/ids.ts'
import { ada, ben, chae, dev, root } from '../src/testing/cast.ts'
import { usePages } from './testing/pages.ts'
import type { Visitor } from './testing/visitor.ts'

const pages = usePages()
const secret = 'Quiet corner 7731'
let room: RoomId

beforeAll(async () => {
  const made = await pages().house.does(ada, 'room create', { name: secret, private: 'yes' })
  room = made.screen.shows?.room as RoomId
})

/** Everything a page says, apart from the address it was asked for and the token, which differ by themselves. */
const said = (body: string): string =>
  body
    .replaceAll(room, '')
    .replace(/value="[^"]*"/g, '')
    .replace(/data-now="[^"]*"/g, '')

describe('a private room, from the side of somebody it does not exist for', () => {
  let outsider: Visitor
  beforeAll(async () => {
    outsider = await pages().signIn(ben)
  })

  it('is on no page and in no list', async () => {
    for (const path of [
      '/',
      '/rooms',
      '/console',
      '/console/suggest?text=room%20join%20',
      '/console/suggest?text=room%20join%20Quiet',
      '/settings',
    ]) {
      const { body } = await outsider.get(path)
      expect(body).not.toContain('Quiet corner')
      expect(body).not.toContain(room)
    }
  })

  it('has a page that can’t be told from that of a room that never was', async () => {
    const real = await outsider.get(`/rooms/${room}`)
    const none = await outsider.get('/rooms/0190a7c4-0000-7000-8000-000000000001')
    expect([real.status, none.status]).toEqual([404, 404])
    expect(said(real.body)).toBe(said(none.body))
  })

  it('can’t be joined, seen, edited or asked about by a forged press', async () => {
    await outsider.get('/settings')
    for (const command of [
      'room join',
      'room info',
      'room more',
      'room edit',
      'room close',
      'room share',
      'timer pause',
      'timer status',
      'room leave',
    ]) {
      const answer = await outsider.post('/press', { press: packPress({ command, args: { room } }) }, { 'hx-request': 'true' })
      expect(answer.body, command).not.toContain('Quiet corner')
      expect(answer.status, command).toBe(422)
    }
    const form = await outsider.get(`/form/${encodeURIComponent(packPress({ command: 'room edit', args: { room }, ask: true }))}`)
    expect(form.body).not.toContain('Quiet corner')
  })

  it('has no live stream', async () => {
    const stream = await outsider.get(`/live?rooms=${shortId(room)}`, { accept: 'text/event-stream' })
    expect(stream.status).toBe(404)
    expect(stream.body).not.toContain('Quiet corner')
  })

  it('does not exist in another workspace either, and does for its people and for admins', async () => {
    expect((await (await pages().signIn(dev)).get(`/rooms/${room}`)).status).toBe(404)
    expect((await (await pages().signIn(ada)).get(`/rooms/${room}`)).body).toContain(secret)
    expect((await (await pages().signIn(root)).get('/rooms')).body).toContain(secret)
  })

  it('exists for the invited from then on', async () => {
    const invited = await pages().signIn(chae)
    expect((await invited.get(`/rooms/${room}`)).status).toBe(404)
    const host = await pages().signIn(ada)
    await host.get('/')
    const answer = await pages().house.does(ada, 'room invite', { user: await nameOf('채') })
    expect(answer.outcome).toBe('done')
    expect((await invited.get(`/rooms/${room}`)).body).toContain(secret)
  })
})

async function nameOf(display: string): Promise<string> {
  const { username } = await pages()
    .house.app.db.selectFrom('user')
    .select('username')
    .where('display_name', '=', display)
    .executeTakeFirstOrThrow()
  return username
}
