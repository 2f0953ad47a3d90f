import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Caller } from '../src/commands/perform.ts'
import { ada, ben, chae, mo, root, studyHall } from '../src/testing/cast.ts'
import { usePages } from './testing/pages.ts'
import { tokenIn, type Visitor } from './testing/visitor.ts'

const pages = usePages()

/** Sends a file as a browser does. */
async function upload(who: Visitor, kind: 'own' | 'hours', content: string | Buffer) {
  await who.get('/import')
  const edge = 'edge123'
  const part = (name: string, value: string) => `--${edge}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const head = [part('_csrf', tokenIn(who.page()) ?? ''), part('kind', kind)].join('')
  const named = '; filename="a.csv"\r\ncontent-type: text/csv'
  const body = [`${head}--${edge}\r\ncontent-disposition: form-data; name="file"${named}\r\n\r\n`, content, `\r\n--${edge}--\r\n`]
  const cookie = [...who.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const sent = await pages().server.inject({
    method: 'POST',
    url: '/import',
    headers: { cookie, 'content-type': `multipart/form-data; boundary=${edge}` },
    payload: Buffer.concat(body.map((piece) => Buffer.from(piece as string))),
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
    expect(await upload(who, 'own', '')).toMatchObject({ status: 422, body: expect.stringContaining('or it is empty') })
    expect((await upload(who, 'own', `start,minutes\n${'x'.repeat(5 * 1024 * 1024)}`)).body).toContain('larger than 5 MB')
    expect((await who.get('/import/preview')).status).toBe(404)
  })

  test('of no text is refused in the reader’s language, and changes nothing', async () => {
    const { house } = pages()
    await house.does(chae, 'room list', {}, studyHall)
    const who = await pages().signIn(chae)
    await upload(who, 'own', 'date,minutes\n2026-02-01,60')
    expect(await upload(who, 'own', Buffer.from('PK\u0003\u0004\u0000'))).toMatchObject({
      status: 422,
      body: expect.stringContaining('CSV UTF-8'),
    })
    expect((await upload(who, 'own', Buffer.from([0x64, 0xff, 0xff]))).body).toContain('파일의 글자를 읽을 수 없어요')
    expect((await who.get('/import/preview')).body).toContain('1시간')
    await who.post('/import/cancel')
  })

  test('is taken in once, however often and fast one presses', async () => {
    const who = await pages().signIn(ben)
    await upload(who, 'own', lionbot('102', ['2026-02-01T10:00:00.000Z', 3600]))
    const pressed = await Promise.all([1, 2, 3].map(() => who.post('/import/confirm')))
    expect(pressed.filter(({ body }) => body.includes('1 entry was taken in'))).toHaveLength(1)
    expect(await totals('Ben')).toMatchObject({ seconds: 3600, sessions: 1 })
  })

  test('counts no moment that is still to be credited, in a room or alone', async () => {
    const { house } = pages()
    const counted = async (name: string) => (await totals(name)).seconds
    const before = { ada: await counted('Ada'), ben: await counted('Ben') }
    const from = house.clock.now().getTime()
    const quarter = (n: number) => new Date(from + n * 15 * 60_000).toISOString()
    await house.says(ada, 'focus start', studyHall)
    await house.says(ben, 'room create Hall', studyHall)
    await house.clock.advance('15m')
    for (const who of [ada, ben]) {
      const visitor = await pages().signIn(who)
      await upload(visitor, 'own', `start,end\n${quarter(-1)},${quarter(1)}\n`)
      expect((await visitor.post('/import/confirm')).body).toContain('1 entry was taken in')
    }
    await house.clock.advance('10m')
    await house.says(ada, 'focus stop', studyHall)
    await house.says(ben, 'room close sure:yes', studyHall)
    expect(await counted('Ada')).toBe(before.ada + 40 * 60)
    expect(await counted('Ben')).toBe(before.ben + 40 * 60)
  })

  test('can be thrown away before it is taken in, and goes by itself', async () => {
    const who = await pages().signIn(ben)
    await upload(who, 'own', 'date,minutes\n2026-02-01,60')
    await who.post('/import/cancel')
    expect((await who.get('/import/preview')).status).toBe(404)
  })
})

const crowdFrom = 500000000000000000n

/** Members of the library who use the product. */
async function crowd(count: number): Promise<void> {
  const { db } = pages().house.app
  const now = pages().house.clock.now()
  await sql`
    with known as (
      insert into "user" (username, display_name, first_used_at, created_at, updated_at)
      select 'member' || n, 'Member ' || n, ${now}, ${now}, ${now} from generate_series(0, ${count}::int - 1) n returning id, display_name),
    placed as (
      insert into workspace_member (workspace_id, user_id, role, role_seen_at, joined_at)
      select w.id, k.id, 'member', ${now}, ${now} from known k, workspace w where w.external_id = '900')
    insert into identity (user_id, platform, external_id, display_name, created_at)
    select id, 'discord', (${String(crowdFrom)}::bigint + substr(display_name, 8)::int)::text, display_name, ${now} from known`.execute(db)
}

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

  test('are given some hundred at a time, follow the newest file, and are given once however the work is cut', async () => {
    const { house } = pages()
    const admin = await pages().signIn(root)
    const count = 510
    await crowd(count)
    const bring = async (hours: (n: number) => number | null) => {
      const lines = Array.from({ length: count }, (_, n) => (hours(n) === null ? [] : [`${crowdFrom + BigInt(n)},${hours(n)}`])).flat()
      await upload(admin, 'hours', ['discord_id,hours', ...lines].join('\n'))
      return (await Promise.all([admin.post('/import/confirm'), admin.post('/import/confirm')])).map(({ body }) => body)
    }
    const given = async () => {
      const { rows } = await sql<{ people: number; hours: number }>`
        select count(*) as people, (sum(total_focus_time) / 3600)::int as hours from "user" where display_name like 'Member %' and total_sessions = 1`.execute(
        house.app.db,
      )
      return rows[0]
    }
    expect((await bring(() => 2)).filter((body) => body.includes('The hours of 510 people are kept. All of them use'))).toHaveLength(1)
    expect((await given())?.people).toBe(500)
    await Promise.all([house.tick(), house.tick()])
    expect(await given()).toEqual({ people: count, hours: 2 * count })
    const ids = () => house.app.db.selectFrom('history_import').select('id').where('format', '=', 'hours').orderBy('id').execute()
    const once = await ids()
    await bring(() => 2)
    await house.tick()
    expect(await ids()).toEqual(once)
    await bring((n) => (n % 3 === 0 ? 4 : n % 3 === 1 ? 2 : null))
    await house.tick()
    expect(await given()).toEqual({ people: (2 * count) / 3, hours: (6 * count) / 3 })
    const { rows } =
      await sql`select from "user" where display_name like 'Member %' and total_sessions = 0 and total_focus_time = 0`.execute(house.app.db)
    expect(rows).toHaveLength(count / 3)
  })

  test('are of the members of that server alone', async () => {
    const { house } = pages()
    const admin = await pages().signIn(root)
    const elsewhere = { ...newcomer, sighting: { ...newcomer.sighting, externalId: '223456789012345678', displayName: 'Elsewhere' } }
    await house.does({ ...elsewhere, workspace: { platform: 'discord', externalId: '901', name: 'Another', role: 'member' } }, 'room list')
    await upload(admin, 'hours', 'discord_id,hours\n223456789012345678,10')
    expect((await admin.post('/import/confirm')).body).toContain('The hours of 1 person are kept. They get them when they first use')
    expect(await totals('Elsewhere')).toMatchObject({ seconds: 0 })
    await house.does(elsewhere, 'room list', {}, studyHall)
    expect(await totals('Elsewhere')).toMatchObject({ seconds: 36_000 })
    expect(await house.says(elsewhere, 'stats period:all', studyHall)).toContain('Plus hours without dates: 10 h')
    expect(await house.says(elsewhere, 'stats period:week', studyHall)).not.toContain('without dates')
  })

  test('are taken out again by the admin', async () => {
    const { house } = pages()
    const admin = await pages().signIn(root)
    await house.does(newcomer, 'room list', {}, studyHall)
    await upload(admin, 'hours', `discord_id,hours\n${external},10\n223456789012345678,5`)
    await admin.post('/import/confirm')
    expect(await totals('Newcomer')).toMatchObject({ seconds: 36_000 })
    expect((await admin.get('/import')).body).toContain('The hours of 2 people are kept.')
    const member = await pages().signIn(newcomer)
    expect((await member.post('/import/hours/undo')).status).toBe(403)
    await admin.post('/import/hours/undo')
    await house.tick()
    expect(await totals('Newcomer')).toMatchObject({ seconds: 0 })
    expect((await admin.get('/import')).body).not.toContain('/import/hours/undo')
  })

  test('of many servers together may be more than a small number holds', async () => {
    const { house } = pages()
    const who = { ...newcomer.sighting, externalId: '323456789012345678', displayName: 'Everywhere' }
    for (const n of [1, 2, 3, 4, 5, 6, 7]) {
      const workspace = { platform: 'discord', externalId: `80${n}`, name: 'One', role: 'admin' } as const
      await house.does({ sighting: who, workspace }, 'room list', {}, studyHall)
      const admin = await pages().signIn({ sighting: who, workspace })
      await upload(admin, 'hours', 'discord_id,hours\n323456789012345678,100000')
      await admin.post('/import/confirm')
    }
    expect(await house.says({ sighting: who, workspace: newcomer.workspace }, 'stats period:all', studyHall)).toContain('700,000 h')
    expect(await totals('Everywhere')).toMatchObject({ seconds: 7 * 360_000_000 })
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
