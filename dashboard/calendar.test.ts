import { describe, expect, it } from 'vitest'
import { redactText } from '../src/kernel/redact.ts'
import { ada, ben, chae, studyHall } from '../src/testing/cast.ts'
import { generous, usePages } from './testing/pages.ts'

const pages = usePages(generous, { PUBLIC_URL: 'https://focus.example.org' })
const unreachable = usePages()

const addressIn = (text: string): string => /https:\/\/focus\.example\.org(\/calendar\/[\w-]{43}\.ics)/.exec(text)?.[1] ?? ''

type Entry = Readonly<Record<string, string>>

/** The events of an iCalendar file, read by hand: long lines are folded. */
function entriesIn(file: string): readonly Entry[] {
  const lines = file.replace(/\r\n[ \t]/g, '').split('\r\n')
  const entries: Entry[] = []
  for (const line of lines) {
    if (line === 'BEGIN:VEVENT') entries.push({})
    const [, name = '', value = ''] = /^([A-Z-]+)[^:]*:(.*)$/.exec(line) ?? []
    const last = entries.at(-1)
    if (last) Object.assign(last, { [name]: value })
  }
  return entries
}

describe('the calendar of a person', () => {
  it('holds what they host and join, each date as it was changed, in UTC', async () => {
    const { house, server } = pages()
    await house.does(
      chae,
      'reserve create',
      { at: '2026-03-03 09:00', name: '아침', repeat: 'daily', times: '5', focus: '50', note: 'a, b; c' },
      studyHall,
    )
    await house.does(ben, 'reserve create', { at: '2026-03-03 12:00', name: 'Noon', repeat: 'weekly', until: '2026-04-01' }, studyHall)
    await house.does(ada, 'reserve create', { at: '2026-03-03 15:00', name: 'Hers alone' }, studyHall)
    const dates = await house.app.db
      .selectFrom('reservation_occurrence as o')
      .innerJoin('room_reservations as s', 's.id', 'o.reservation_id')
      .select(['o.id', 's.name'])
      .orderBy('o.starts_at')
      .execute()
    const idsOf = (name: string) => dates.filter((date) => date.name === name).map(({ id }) => id)
    await house.does(chae, 'reserve join', { reservation: idsOf('Noon')[0] ?? '' }, studyHall)
    const [, second = '', third = ''] = idsOf('아침')
    await house.does(chae, 'reserve cancel', { reservation: second, following: 'no', sure: 'yes' }, studyHall)
    await house.does(chae, 'reserve edit', { reservation: third, at: '2026-03-05 21:00', name: '저녁' }, studyHall)
    const path = addressIn(await house.says(chae, 'reserve calendar', studyHall))
    const answer = await server.inject({ url: path })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8')
    const entries = entriesIn(answer.body)
    expect(entries.map(({ DTSTART, SUMMARY }) => `${DTSTART} ${SUMMARY}`)).toEqual([
      '20260303T000000Z 아침',
      '20260303T120000Z Noon',
      '20260305T120000Z 저녁',
      '20260306T000000Z 아침',
      '20260307T000000Z 아침',
      '20260310T120000Z Noon',
      '20260317T120000Z Noon',
      '20260324T120000Z Noon',
      '20260331T120000Z Noon',
    ])
    expect(entries[0]).toMatchObject({ DTEND: '20260303T005000Z', DESCRIPTION: 'a\\, b\\; c' })
    expect(new Set(entries.map(({ UID }) => UID)).size).toBe(entries.length)
    expect(answer.body).not.toContain('Hers alone')
  })

  it('is shown once, and a new address makes the old one useless', async () => {
    const { house, server } = pages()
    const first = addressIn(await house.says(ada, 'reserve calendar', studyHall))
    expect((await server.inject({ url: first })).statusCode).toBe(200)
    const known = await house.says(ada, 'reserve calendar', studyHall)
    expect(known).toContain('You have had an address since Mon 2 March')
    expect(addressIn(known)).toBe('')
    const second = addressIn(await house.says(ada, 'reserve calendar fresh:yes', studyHall))
    expect((await server.inject({ url: first })).statusCode).toBe(404)
    expect((await server.inject({ url: second })).statusCode).toBe(200)
    const kept = await house.app.db.selectFrom('calendar_feed').selectAll().execute()
    expect(JSON.stringify(kept)).not.toContain(second.slice(10, 50))
  })

  it('opens for no other secret, asks for no login, and stands in no log', async () => {
    const { server } = pages()
    for (const url of [`/calendar/${'a'.repeat(43)}.ics`, '/calendar/x.ics', `/calendar/${'a'.repeat(43)}`]) {
      expect((await server.inject({ url })).statusCode, url).toBe(404)
    }
    expect(redactText(`GET /calendar/${'aB3_'.repeat(11)}.ics`)).toBe('GET /calendar/[secret].ics')
  })

  it('is looked at thirty times a minute by one address and no more', async () => {
    const { server } = pages()
    const codes = []
    for (let n = 0; n < 31; n++) {
      codes.push((await server.inject({ url: `/calendar/${'b'.repeat(43)}.ics`, remoteAddress: '203.0.113.7' })).statusCode)
    }
    expect(codes.at(-1)).toBe(429)
  })

  it('says that no calendar app could read it while the pages are not reachable', async () => {
    expect(await unreachable().house.says(ada, 'reserve calendar', studyHall)).toContain('not reachable from outside')
  })
})

describe('the page of reservations', () => {
  it('lists them, and is where one plans from', async () => {
    const { signIn } = unreachable()
    const page = await signIn(ada)
    const empty = await page.get('/reservations')
    expect(empty.status).toBe(200)
    expect(empty.body).toContain('Nothing is planned')
    expect(empty.body).toMatch(/href="\/reservations" aria-current="page"/)
    await unreachable().house.does(ada, 'reserve create', { at: 'tomorrow 9am', name: 'Morning' })
    expect((await page.get('/reservations')).body).toContain('Morning')
  })
})
