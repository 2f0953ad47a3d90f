import { beforeAll, describe, expect, it } from 'vitest'
import { identify } from '../src/commands/identify.ts'
import type { Caller } from '../src/commands/perform.ts'
import { ada, ben, chae, mo } from '../src/testing/cast.ts'
import { foreignIn } from './testing/markup.ts'
import { usePages } from './testing/pages.ts'

const pages = usePages()
const topic = '<img src=x onerror=alert(1)>'

async function focused(who: Caller, day: string, seconds: number): Promise<void> {
  const { app } = pages().house
  const { person } = await identify(app, who)
  const hours = Array.from({ length: 24 }, (_, hour) => (hour === 10 ? seconds : 0))
  await app.db.insertInto('user_day').values({ user_id: person, day, room_seconds: seconds, sessions: 1, hours }).execute()
  await app.db.insertInto('user_topic_day').values({ user_id: person, day, kind: 'room', topic, seconds, sessions: 1 }).execute()
}

describe('the page of stats', () => {
  beforeAll(async () => {
    await focused(ada, '2026-03-02', 5400)
    await focused(ada, '2026-02-27', 1800)
    await focused(ben, '2026-03-02', 43_200)
  })

  it('shows every picture with its finding for screen readers, and the same numbers in tables', async () => {
    const { body } = await (await pages().signIn(ada)).get('/stats')
    expect(body.match(/<svg[^>]*role="img"/g)?.length).toBeGreaterThanOrEqual(5)
    expect(body).toContain('aria-label="1 h 30 min this week, 1 h more than last"')
    expect(body).toMatch(/Mon 2 March.*1 h 30 min/s)
    expect(foreignIn(body)).toEqual([])
    expect(body).not.toContain(topic)
  })

  it('shows the period that is asked for, and the usual one for nonsense', async () => {
    const visitor = await pages().signIn(ada)
    expect((await visitor.get('/stats?period=year')).body).toContain('2 h</span> this year')
    const odd = await visitor.get('/stats?period=day&period=%00x')
    expect(odd.status).toBe(200)
    expect(odd.body).toMatch(/aria-current="page">Week/)
  })

  it('begins with the picture of the period, and says each finding once', async () => {
    const visitor = await pages().signIn(ada)
    const heads = (body: string) => [...body.matchAll(/<h2[^>]*>(.*?)<\/h2>/g)].map(([, head = '']) => head.replace(/<[^>]*>/g, ''))
    const { body } = await visitor.get('/stats?period=week')
    expect(heads(body)[0]).toBe('1 h 30 min this week, 1 h more than last')
    expect([...body.matchAll(/<text[^>]*>[^<]*this week/g)]).toEqual([])
    expect(heads(body)).not.toContain('This week by day')
    const all = (await visitor.get('/stats?period=all')).body
    expect(all).toMatch(/aria-label="2 h on 2 days since February 2026"/)
    expect(heads(all)).toContain('This week by day')
    expect(heads(all)).not.toContain('Month by month')
  })

  it('says what was brought along', async () => {
    const { app } = pages().house
    const { person } = await identify(app, mo)
    await app.db
      .insertInto('user_day')
      .values({
        user_id: person,
        day: '2026-03-02',
        imported_seconds: 7200,
        room_seconds: 3600,
        sessions: 1,
        hours: Array.from({ length: 24 }, () => 0),
      })
      .execute()
    const { body } = await (await pages().signIn(mo)).get('/stats')
    expect(body).toMatch(/Focused this week<\/dt><dd>.*3 h.*Brought in from elsewhere<\/dt><dd>.*2 h/s)
  })

  it('teaches the next step where there is nothing yet, in the person’s language', async () => {
    const { body } = await (await pages().signIn(chae)).get('/stats')
    expect(body.match(/집중이 한 번 끝나면 여기에 나타나요/g)).toHaveLength(1)
    expect(body).toContain('>집중 시작하기</button>')
    expect(body).not.toContain('class="chart ')
  })

  it('shows nothing of anybody else', async () => {
    for (const path of ['/', '/stats', '/stats?period=all']) {
      const { body } = await (await pages().signIn(chae)).get(path)
      expect(body).not.toContain('12 h')
      expect(body).not.toContain('12시간')
    }
  })

  it('stands in the navigation, and today on the first page', async () => {
    const { body } = await (await pages().signIn(ada)).get('/')
    expect(body).toContain('href="/stats"')
    expect(body).toMatch(/Today: .*1 h 30 min.* of /s)
  })
})
