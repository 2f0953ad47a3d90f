import { expect, test } from 'vitest'
import { identify } from '../src/commands/identify.ts'
import { creditSeen, sourceBack } from '../src/domain/presence/outage.actions.ts'
import { appear } from '../src/domain/presence/presence.actions.ts'
import { after, minutes } from '../src/kernel/clock.ts'
import { ada, ben, chae, deepWork, dev, mo, studyHall } from '../src/testing/cast.ts'
import { usePages } from './testing/pages.ts'
import { plain } from './testing/visitor.ts'

const pages = usePages()
const discord = { platform: 'discord', shard: 0, shardCount: 1 } as const

/** What Home says, in the order in which it says it. */
const titles = (body: string): string[] =>
  [...body.matchAll(/<h2[^>]*>(.*?)<\/h2>/g)].map(([, title = '']) => plain(title.replace(/<[^>]*>/g, '')))

test('an outage is asked about, and the answer takes the place of the question', async () => {
  const { house } = pages()
  const seen = () =>
    house.app.write('clock', null, async (tx) => {
      await sourceBack(tx, discord)
      await creditSeen(tx, discord)
    })
  await seen()
  const lounge = { ...studyHall, voice: '700' }
  await house.says(ada, 'room create Hall focus:180', lounge)
  const { id: room } = await house.app.db.selectFrom('room').select('id').executeTakeFirstOrThrow()
  const { person, workspace } = await identify(house.app, ada)
  await house.app.db
    .updateTable('pulse')
    .set({ seen_at: after(house.clock.now(), minutes(10)) })
    .execute()
  await house.clock.advance('10m')
  await house.clock.jump('40m')
  await seen()
  await house.app.write('clock', null, (tx) => appear(tx, { room, person, evidence: 'voice', workspace, channel: '700' }))
  await house.settle()
  const hers = await pages().signIn(ada)
  expect(titles((await hers.get('/')).body)[0]).toBe('Hall')
  expect(hers.page()).toContain('I kept focusing')
  expect((await hers.press('I kept focusing')).body).toContain('Counted')
  expect((await hers.get('/')).body).not.toContain('I kept focusing')
  await house.says(ada, 'room close')
})

test('whoever was silent may still say that they were there', async () => {
  const { house } = pages()
  await house.says(dev, 'room create Quiet focus:25 break:5', deepWork)
  await house.clock.advance('1h 40m')
  const theirs = await pages().signIn(dev)
  await theirs.get('/')
  expect((await theirs.press('I was here')).body).toContain('Counted')
  expect((await theirs.get('/')).body).not.toContain('I was here')
})

test('the next reservation is said within a day, and its room stands first once it opened', async () => {
  const { house } = pages()
  await house.says(ada, 'goal set exam:2026-03-20')
  await house.says(ben, 'room create Other', studyHall)
  await house.does(ada, 'reserve create', { at: 'in 3 hours', name: 'Morning', focus: '50' }, studyHall)
  await house.does(ada, 'reserve create', { at: 'in 3 days', name: 'Far away' }, studyHall)
  const hers = await pages().signIn(ada)
  const { body } = await hers.get('/')
  expect(titles(body)).toEqual(['Focus Mate', 'Coming up', 'Today', 'Rooms here', 'Focusing now'])
  expect(body).toMatch(/Morning.*begins at.*in 3 hours.*Exam on/s)
  expect(body).not.toContain('Far away')
  await house.clock.advance('3h')
  const opened = (await hers.get('/')).body
  expect(titles(opened).slice(0, 2)).toEqual(['Morning', 'Focus Mate'])
  expect(opened).toMatch(/>Join<\/button>.*>Start 25 min<\/button>/s)
  expect((await (await pages().signIn(chae)).get('/')).body).not.toContain('Coming up')
})

test('days to an exam are those of the calendar, as among the goals, also between midnight and the start of the own day', async () => {
  const { house } = pages()
  await house.says(ada, 'goal set exam:2026-03-04')
  await house.clock.jump('16h')
  expect(await house.says(ada, 'goal show')).toContain('D-1')
  expect((await (await pages().signIn(ada)).get('/')).body).toContain('D-1')
})

test('whose zone nobody knows is asked, until they say it', async () => {
  const owner = await pages().signIn('owner')
  for (const path of ['/settings', '/']) expect((await owner.get(path)).body).toMatch(/Is it <time[^>]*>\d\d:\d\d<\/time> where you are\?/)
  await owner.post('/press', { press: 'settings.zone', option: 'timezone', choice: 'Asia/Seoul', spot: 'alone', screen: 'zone' })
  expect((await owner.get('/')).body).not.toContain('where you are?')
  expect((await (await pages().signIn(chae)).get('/')).body).not.toContain('계신 곳은')
})

test('the answer to the question about the zone draws the session that runs no second time', async () => {
  await pages().house.says(ada, 'focus start', studyHall)
  const hers = await pages().signIn(ada)
  const { body } = await hers.get('/')
  const press = plain(/id="zone".*?name="press" value="([^"]*)"/s.exec(body)?.[1] ?? '')
  const answer = await hers.post('/press', { press, option: 'timezone', choice: 'Asia/Seoul', spot: 'alone', screen: 'zone' })
  expect(answer.body).toContain('Asia/Seoul')
  expect(answer.body).not.toContain('by yourself')
  expect((await hers.get('/')).body).toContain('by yourself')
})

test('the goal of the day stands in the place of the sum until it is reached', async () => {
  const { house } = pages()
  await house.says(mo, 'goal set daily_time:120')
  expect((await (await pages().signIn(mo)).get('/')).body).toContain('Today: 0 min of 2 h')
  await house.says(mo, 'goal set daily_time:0')
  expect((await (await pages().signIn(mo)).get('/')).body).toContain('Focused today')
})

test('the page of a room says which vote runs, as it stands', async () => {
  const { house } = pages()
  const { screen } = await house.does(mo, 'room create', { name: 'Votes', control: 'vote' }, studyHall)
  for (const one of [ada, ben]) await house.says(one, 'room join Votes', studyHall)
  await house.says(ben, 'timer skip vote:yes', studyHall)
  const hers = await pages().signIn(ada)
  const { body } = await hers.get(`/rooms/${screen.shows?.room}`)
  expect(body.replace(/<[^>]*>/g, '')).toContain('Ben asks to skip this phase. 1 of 2 votes.')
  expect((await hers.press('Vote to skip')).body).toContain('break · 0 of 4 done')
  await house.says(mo, 'room close sure:yes', studyHall)
})

test('a session that ran out stays with what it counted and the question how it went, until something else begins or for an hour', async () => {
  const { house } = pages()
  await house.says(chae, 'settings set locale:en')
  const theirs = await pages().signIn(chae)
  await house.says(chae, 'focus start Essay minutes:2')
  expect((await theirs.get('/')).body).toContain('Stop, and say how it went:')
  await house.clock.advance('2m')
  expect((await theirs.get('/')).body).toMatch(/counted.*Aim: .*Essay.*How did it go\?.*>Done<.*>Start 25 min</s)
  await theirs.press('Done')
  const { body } = await theirs.get('/')
  expect(body).toMatch(/counted.*Result: .*Done/s)
  expect(body).not.toContain('How did it go?')
  await house.clock.advance('1h')
  expect(titles((await theirs.get('/')).body)[0]).toBe('Focus Mate')

  await house.says(chae, 'focus start minutes:2')
  await house.clock.advance('2m')
  expect(titles((await theirs.get('/')).body)[0]).toBe('2 min counted')
  await house.says(chae, 'room create Nook', studyHall)
  await house.clock.advance('1m')
  await house.says(chae, 'room close sure:yes', studyHall)
  expect(titles((await theirs.get('/')).body)[0]).toBe('Focus Mate')
})
