import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ada, chae, studyHall } from '../../testing/cast.ts'
import { type House, openHouse } from '../../testing/house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

const question = 'where you are?'

describe('goals', () => {
  it('begin with two hours a day and five sessions a week', async () => {
    const said = await house.says(ada, 'goal show')
    expect(said).toContain('Today: 0 min of 2 h')
    expect(said).toContain('This week: 0 of 5 sessions')
  })

  it('are changed by typing, in both languages', async () => {
    const said = await house.says(ada, 'goal set daily_time:1h30m weekly_sessions:10 exam:2026-06-10')
    expect(said).toContain('of 1 h 30 min')
    expect(said).toContain('0 of 10 sessions')
    expect(said).toContain('D-100')
    expect(await house.says(chae, '목표 정하기 하루시간:90분 시험일:내일')).toContain('D-1')
  })

  it('count days to an exam, and forget it when asked to', async () => {
    expect(await house.says(ada, 'goal set exam:today')).toContain('Good luck')
    await house.clock.jump('24h')
    expect(await house.says(ada, 'goal show')).not.toContain('xam')
    expect(await house.says(ada, 'goal set exam:tomorrow')).toContain('D-1')
    expect(await house.says(ada, 'goal set no_exam:yes')).not.toContain('D-1')
  })

  it('refuse a day that is none', async () => {
    expect(await house.says(ada, 'goal set exam:whenever')).toContain('takes a day')
  })

  it('can be none', async () => {
    const said = await house.says(ada, 'goal set daily_time:0 weekly_sessions:0')
    expect(said).toContain('Today: 0 min, without a goal')
    expect(said).toContain('This week: 0 sessions, without a goal')
  })

  it('keep what they were on days before', async () => {
    await house.says(ada, 'goal set daily_time:30')
    await house.clock.jump('24h')
    await house.says(ada, 'goal set daily_time:60')
    const rows = await house.app.db
      .selectFrom('user_goals')
      .select(['effective_day', 'daily_focus_minutes'])
      .orderBy('effective_day')
      .execute()
    expect(rows).toEqual([
      { effective_day: '2026-03-02', daily_focus_minutes: 30 },
      { effective_day: '2026-03-03', daily_focus_minutes: 60 },
    ])
  })
})

describe('rest days', () => {
  it('are chosen and given up one by one, from tomorrow on', async () => {
    await house.says(ada, 'goal rest weekday:monday')
    expect(await house.says(ada, 'goal rest weekday:sunday')).toContain('from tomorrow on')
    await house.says(ada, 'goal rest weekday:monday')
    const rows = await house.app.db.selectFrom('rest_days').select(['effective_day', 'weekdays']).execute()
    expect(rows).toEqual([{ effective_day: '2026-03-03', weekdays: [7] }])
  })

  it('leave one day for focus', async () => {
    const week = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
    for (const day of week) await house.says(ada, `goal rest weekday:${day}`)
    expect(await house.says(ada, 'goal rest weekday:sunday')).toContain('One day a week is left')
    expect(await house.says(ada, 'goal rest weekday:none')).toContain('Saved')
  })
})

describe('the question about the zone', () => {
  it('is asked once, under the first private answer that depends on it', async () => {
    expect(await house.says(ada, 'goal show')).toContain(`Is it 09:00 ${question}`)
    expect(await house.says(ada, 'goal show')).not.toContain(question)
    expect(await house.says(ada, 'stats')).not.toContain(question)
  })

  it('is asked by the guess: whoever reads Korean is asked by the clock of Seoul', async () => {
    expect(await house.says(chae, 'stats')).toContain('18:00')
  })

  it('is asked with the first session', async () => {
    expect(await house.says(ada, 'focus start minutes:25', studyHall)).toContain(question)
  })

  it('is not asked of those who said it before', async () => {
    await house.says(ada, 'settings set timezone:Europe/Berlin')
    expect(await house.says(ada, 'goal show')).not.toContain(question)
  })

  it('is answered by one press, or by a choice', async () => {
    expect(await house.says(ada, 'settings zone timezone:Europe/Berlin')).toContain('Europe/Berlin')
    expect(await house.says(ada, 'settings show')).toContain('Time zone: Europe/Berlin')
  })

  it('leaves the card standing under which it was asked', async () => {
    await house.says(ada, 'focus start minutes:25', studyHall)
    const answer = await house.says(ada, 'settings zone timezone:Europe/Berlin')
    expect(answer).toContain('Your days follow the clock of Europe/Berlin.')
    expect(answer).toContain('[Stop]\nStop, and say how it went:\n[Done] [Partly] [Not this time]')
    for (const under of ['goal', 'stats']) {
      const again = await house.does(ada, 'settings zone', { timezone: 'Europe/Berlin', under })
      const shown = await house.does(ada, under === 'goal' ? 'goal show' : 'stats')
      expect(again.screen.title).toEqual(shown.screen.title)
    }
  })

  it('is answered under More with More again', async () => {
    await house.says(ada, 'room create Hall', studyHall)
    const { id: room } = await house.app.db.selectFrom('room').select('id').executeTakeFirstOrThrow()
    for (const answer of [
      await house.does(ada, 'focus aim', { aim: 'Essay', room, more: 'yes' }, studyHall),
      await house.does(ada, 'settings ping', { ping: 'both', room }, studyHall),
    ])
      expect(answer.screen.title).toEqual({ key: 'more.title', words: { room: 'Hall' } })
  })

  it('is saved under More of a room that is closed by then', async () => {
    await house.says(ada, 'room create Hall', studyHall)
    const { id: room } = await house.app.db.selectFrom('room').select('id').executeTakeFirstOrThrow()
    await house.says(ada, 'room close sure:yes', studyHall)
    const { screen } = await house.does(ada, 'settings ping', { ping: 'both', room }, studyHall)
    expect(screen.title).toEqual({ key: 'settings.saved' })
    expect(await house.app.db.selectFrom('user_settings').select('ping').execute()).toEqual([{ ping: 'both' }])
  })
})
