import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { after, minutes } from '../../kernel/clock.ts'
import { ada, ben, chae, studyHall } from '../../testing/cast.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { creditSeen, sourceBack } from '../presence/outage.actions.ts'
import { lineFrom, written } from './todo.ts'

describe('a typed line', () => {
  it.each([
    ['Read chapter 3 #Biology', 'Read chapter 3', 'biology'],
    ['#수학 문제집 12쪽', '문제집 12쪽', '수학'],
    ['#수학', '수학', '수학'],
    ['C# basics', 'C# basics', null],
    ['#1 priority #work', 'priority #work', '1'],
    ['  two\n lines ', 'two lines', null],
  ])('%j is %j about %j', (typed, text, subject) => {
    expect(lineFrom(typed)).toEqual({ text, subject })
  })

  it('is nothing without a letter', () => expect(lineFrom(' \u200b ')).toBeNull())

  it('is written as it is read', () => {
    for (const typed of ['Read #biology', 'plain', '#math']) {
      const line = lineFrom(typed)
      if (line === null) throw new Error('it reads')
      expect(lineFrom(written(line))?.text).toEqual(line.text)
    }
  })
})

describe('the list', () => {
  let house: House
  beforeEach(async () => {
    house = await openHouse()
  })
  afterEach(() => house.close())

  it('keeps at most twenty open lines, for their person alone', async () => {
    for (let n = 1; n <= 20; n += 1) await house.says(ada, `todo add "Line ${n}"`, studyHall)
    expect(await house.says(ada, 'todo add "Line 21"', studyHall)).toContain('There are 20 open lines already.')
    expect(await house.says(ben, 'todo list', studyHall)).toContain('Nothing is open.')
    expect(await house.says(ada, 'todo done "line 3"', studyHall)).toContain('Your list — 19 of 20')
    expect((await house.does(ada, 'todo add', { text: 'Line 21' }, studyHall)).outcome).toBe('done')
  })

  it('gives its lines as aims, and is ticked by a session that was done', async () => {
    await house.says(chae, '할일 추가 3장 읽기 #생물', studyHall)
    expect(await house.says(chae, '집중 시작 "3장 읽기" 분:25', studyHall)).toContain('3장 읽기 #생물')
    await house.clock.jump('10m')
    expect(await house.says(chae, '집중 끝내기 결과:"다 했어요"', studyHall)).toContain('10분 인정됐어요')
    expect(await house.says(chae, '할일 목록', studyHall)).toContain('남은 할 일이 없어요.')
    const session = await house.app.db.selectFrom('session_history').select(['aim', 'subject', 'result']).executeTakeFirstOrThrow()
    expect(session).toEqual({ aim: '3장 읽기', subject: '생물', result: 'done' })
  })

  it('keeps a line open that was not done, and lets it be ticked later', async () => {
    await house.says(ada, 'todo add Essay', studyHall)
    const { id } = await house.app.db.selectFrom('todo').select('id').executeTakeFirstOrThrow()
    await house.does(ada, 'focus start', { aim: id }, studyHall)
    await house.clock.jump('5m')
    await house.says(ada, 'focus stop', studyHall)
    expect(await house.says(ada, 'todo list', studyHall)).toContain('Essay')
    const { id: solo } = await house.app.db.selectFrom('solo_session').select('id').executeTakeFirstOrThrow()
    expect((await house.does(ben, 'focus stop', { result: 'done', solo }, studyHall)).outcome).toBe('refused')
    await house.does(ada, 'focus stop', { result: 'done', solo }, studyHall)
    expect(await house.says(ada, 'todo list', studyHall)).toContain('Nothing is open.')
    await house.does(ada, 'focus stop', { result: 'partly', solo }, studyHall)
    expect(await house.says(ada, 'todo list', studyHall)).toContain('Essay')
  })

  it('is ticked by the result of a phase in a room too', async () => {
    await house.says(ada, 'todo add Essay', studyHall)
    await house.says(ada, 'room create Hall', studyHall)
    await house.says(ada, 'focus start Essay', studyHall)
    expect(await house.says(ada, 'focus stop result:done', studyHall)).toContain('You are in “Hall”')
    await house.clock.advance('25m')
    expect(await house.says(ada, 'focus stop result:done', studyHall)).toContain('25 min')
    expect(await house.says(ada, 'todo list', studyHall)).toContain('Nothing is open.')
  })

  it('is chosen for a session that runs already, and ticked with it', async () => {
    await house.says(ada, 'todo add "Essay #history"', studyHall)
    await house.says(ada, 'focus start minutes:50', studyHall)
    await house.clock.advance('10m')
    expect(await house.says(ada, 'focus aim Essay', studyHall)).toContain('Essay #history — by yourself')
    await house.says(ada, 'focus stop result:done', studyHall)
    const session = await house.app.db.selectFrom('session_history').select(['aim', 'subject', 'seconds']).executeTakeFirstOrThrow()
    expect(session).toEqual({ aim: 'Essay', subject: 'history', seconds: 600 })
    expect(await house.says(ada, 'todo list', studyHall)).not.toContain('Essay')
  })

  it('is not ticked by the focus before the one it was chosen for', async () => {
    await house.says(ada, 'todo add Essay', studyHall)
    await house.says(ada, 'room create Hall', studyHall)
    await house.says(ada, 'timer skip', studyHall)
    await house.says(ada, 'focus aim Essay', studyHall)
    await house.says(ada, 'focus result result:done', studyHall)
    expect(await house.says(ada, 'todo list', studyHall)).toContain('Essay')
    await house.clock.advance('30m')
    await house.says(ada, 'todo add Review', studyHall)
    await house.says(ada, 'focus aim Review', studyHall)
    expect(await house.says(ada, 'focus result result:done', studyHall)).toContain('Essay')
    const open = await house.says(ada, 'todo list', studyHall)
    expect(open).toContain('Review')
    expect(open).not.toContain('Essay')
  })

  it('nobody ticks or uses the lines of somebody else', async () => {
    await house.says(ada, 'todo add Essay', studyHall)
    const { id } = await house.app.db.selectFrom('todo').select('id').executeTakeFirstOrThrow()
    expect((await house.does(ben, 'todo done', { line: id }, studyHall)).outcome).toBe('refused')
    expect((await house.does(ben, 'focus start', { aim: id }, studyHall)).outcome).toBe('refused')
  })
})

describe('an aim whose credit waits', () => {
  let house: House
  beforeEach(async () => {
    house = await openHouse()
    await seen()
    await house.says(ada, 'todo add "Essay #history"', studyHall)
    await house.says(ada, 'room create Hall voice:<#700>', { ...studyHall, voice: '700' })
    await house.says(ada, 'focus aim Essay', studyHall)
    await house.app.db
      .updateTable('pulse')
      .set({ seen_at: after(house.clock.now(), minutes(24)) })
      .execute()
    await house.clock.advance('26m')
  })
  afterEach(() => house.close())

  /** Discord is seen again, so what waited for that is written. */
  const seen = () =>
    house.app.write('clock', null, async (tx) => {
      const discord = { platform: 'discord', shard: 0, shardCount: 1 } as const
      await sourceBack(tx, discord)
      await creditSeen(tx, discord)
    })
  const says = (result: string) => house.says(ada, `focus result result:${result}`, studyHall)
  const list = () => house.says(ada, 'todo list', studyHall)
  const sessions = () => house.app.db.selectFrom('session_history').select(['aim', 'subject', 'result']).execute()
  const seat = () => house.app.db.selectFrom('participant').select('aim').executeTakeFirstOrThrow()
  const essay = { aim: 'Essay', subject: 'history' }

  it('stays with its focus, and so does how it went', async () => {
    expect(await says('done')).toContain('Essay')
    expect(await list()).toContain('Nothing is open.')
    expect(await seat()).toEqual({ aim: null })
    expect(await sessions()).toEqual([])
    await seen()
    expect(await sessions()).toEqual([{ ...essay, result: 'done' }])
    expect(await house.app.db.selectFrom('phase_aim').select('aim').execute()).toEqual([])
    await says('partly')
    expect(await list()).toContain('Essay')
  })

  it('is open again where it was not done after all', async () => {
    await says('done')
    await says('no')
    expect(await list()).toContain('Essay')
    expect(await seat()).toEqual({ aim: 'Essay' })
    await seen()
    expect(await sessions()).toEqual([{ ...essay, result: 'no' }])
  })

  it('gives way to another for the focus to come alone', async () => {
    await house.says(ada, 'focus aim Review', studyHall)
    await says('done')
    expect(await list()).toContain('Nothing is open.')
    expect(await seat()).toEqual({ aim: 'Review' })
    await seen()
    expect(await sessions()).toEqual([{ ...essay, result: 'done' }])
  })
})
