import { describe, expect, test } from 'vitest'
import type { Caller } from '../src/commands/perform.ts'
import { ada, ben, chae, mo, root, studyHall } from '../src/testing/cast.ts'
import { usePages } from './testing/pages.ts'
import { tokenIn, type Visitor } from './testing/visitor.ts'

const pages = usePages()

/** Sends a file as a browser does. */
async function upload(who: Visitor, kind: 'own' | 'hours', content: string) {
  await who.get('/import')
  const edge = 'edge123'
  const part = (name: string, value: string, file = '') =>
    `--${edge}\r\ncontent-disposition: form-data; name="${name}"${file}\r\n\r\n${value}\r\n`
  const body = [
    part('_csrf', tokenIn(who.page()) ?? ''),
    part('kind', kind),
    part('file', content, '; filename="a.csv"\r\ncontent-type: text/csv'),
    `--${edge}--\r\n`,
  ].join('')
  const cookie = [...who.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const sent = await pages().server.inject({
    method: 'POST',
    url: '/import',
    headers: { cookie, 'content-type': `multipart/form-data; boundary=${edge}` },
    payload: body,
  })
  return sent.statusCode === 303 ? who.get(String(sent.headers.location)) : { status: sent.statusCode, body: sent.body }
}

const totals = async (name: string) => {
  const { db } = pages().house.app
  const user = await db
    .selectFrom('user')
    .select(['id', 'total_focus_time as seconds', 'total_sessions as sessions'])
    .where('display_name', '=', name)
    .executeTakeFirstOrThrow()
  const days = await db
    .selectFrom('user_day')
    .select(['day', 'imported_seconds as imported', 'focus_seconds as counted'])
    .where('user_id', '=', user.id)
    .orderBy('day')
    .execute()
  return { seconds: user.seconds, sessions: user.sessions, days }
}

const lionbot = (id: string, ...voice: readonly (readonly [string, number])[]) =>
  JSON.stringify({
    export_info: { discord_id: id, format_version: 1 },
    study_sessions: { voice: voice.map(([start_time, duration]) => ({ guildid: '900', start_time, duration, tag: null })) },
  })

describe('one’s own history', () => {
  test('is shown first, then taken in, once, for totals and the heat map alone', async () => {
    const who = await pages().signIn(ada)
    const file = lionbot('101', ['2026-02-01T10:00:00.000Z', 3600], ['2026-02-02T10:00:00.000Z', 1800], ['x', 5])
    const shown = await upload(who, 'own', file)
    expect(shown.body).toContain('1 h 30 min')
    expect(shown.body).toContain('Line 3')
    expect((await totals('Ada')).seconds).toBe(0)
    expect((await who.post('/import/confirm')).body).toContain('2 entries were taken in')
    const once = await totals('Ada')
    expect(once).toMatchObject({
      seconds: 5400,
      days: [
        { day: '2026-02-01', imported: 3600, counted: 0 },
        { day: '2026-02-02', imported: 1800, counted: 0 },
      ],
    })
    await upload(who, 'own', file)
    await who.post('/import/confirm')
    expect(await totals('Ada')).toEqual(once)
    expect((await who.post('/import/confirm')).status).toBe(404)
  })

  test('of moments that another file brought counts nothing again, and can be taken out', async () => {
    const who = await pages().signIn(ada)
    await upload(who, 'own', 'start,end\n2026-02-01T10:30:00Z,2026-02-01T11:30:00Z\n2026-02-02T10:00:00Z,2026-02-02T10:20:00Z\n')
    expect((await who.post('/import/confirm')).body).toContain('1 entry was taken in')
    expect((await totals('Ada')).seconds).toBe(5400 + 1800)
    const ids = [...(await who.get('/import')).body.matchAll(/name="id" value="([^"]+)"/g)].map(([, id]) => id ?? '')
    expect(ids).toHaveLength(2)
    const stranger = await pages().signIn(ben)
    await stranger.get('/import')
    expect((await stranger.post('/import/undo', { id: ids[0] ?? '' })).status).toBe(404)
    for (const id of ids) await who.post('/import/undo', { id })
    expect(await totals('Ada')).toMatchObject({ seconds: 0, days: [] })
  })

  test('of another account, of no kind we know, or too large is refused', async () => {
    const who = await pages().signIn(ada)
    expect(await upload(who, 'own', lionbot('999', ['2026-02-01T10:00:00.000Z', 3600]))).toMatchObject({ status: 422 })
    expect((await upload(who, 'own', 'hello')).body).toContain('can’t be read')
    expect((await upload(who, 'own', '')).status).toBe(422)
    expect((await upload(who, 'own', `start,minutes\n${'x'.repeat(5 * 1024 * 1024)}`)).body).toContain('larger than 5 MB')
    expect((await who.get('/import/preview')).status).toBe(404)
  })

  test('can be thrown away before it is taken in, and goes by itself', async () => {
    const who = await pages().signIn(ben)
    await upload(who, 'own', 'date,minutes\n2026-02-01,60')
    await who.post('/import/cancel')
    expect((await who.get('/import/preview')).status).toBe(404)
  })
})

describe('hours of members', () => {
  const external = '123456789012345678'
  const newcomer: Caller = {
    sighting: { platform: 'discord', externalId: external, displayName: 'Newcomer', locale: 'en', timezone: null },
    workspace: { platform: 'discord', externalId: '900', name: 'The Library', role: 'member' },
  }

  test('are brought by admins of the server alone', async () => {
    const { house } = pages()
    for (const who of [mo, chae]) {
      await house.does(who, 'room list', {}, studyHall)
      const visitor = await pages().signIn(who)
      expect((await visitor.get('/import')).body).not.toContain('name="kind" value="hours"')
      expect((await upload(visitor, 'hours', `discord_id,hours\n${external},10`)).status).toBe(403)
    }
  })

  test('wait for each person, come once, and stay out where the person took them out', async () => {
    const { house } = pages()
    const admin = await pages().signIn(root)
    const bring = async (hours: number) => {
      expect((await upload(admin, 'hours', `discord_id,hours\n${external},${hours}\n999999999999999999,5`)).body).toContain('People')
      await admin.post('/import/confirm')
    }
    await bring(10)
    await house.does(newcomer, 'room list', {}, studyHall)
    expect(await totals('Newcomer')).toMatchObject({ seconds: 36_000, days: [] })
    await bring(12)
    expect(await totals('Newcomer')).toMatchObject({ seconds: 43_200 })
    const visitor = await pages().signIn(newcomer)
    const page = await visitor.get('/import')
    expect(page.body).toContain('Hours brought by')
    await visitor.post('/import/undo', { id: /name="id" value="([^"]+)"/.exec(page.body)?.[1] ?? '' })
    expect(await totals('Newcomer')).toMatchObject({ seconds: 0 })
    await bring(20)
    expect(await totals('Newcomer')).toMatchObject({ seconds: 0 })
  })
})
