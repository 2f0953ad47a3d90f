import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Press } from '../../kernel/press.ts'
import type { Screen } from '../../screens/screen.ts'
import { ada, ben, deepWork, guest, studyHall } from '../../testing/cast.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { plainText } from '../../testing/plain.ts'
import { endVoiceTimeOf, openVoiceTime } from '../presence/voice-time.actions.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

const records = () =>
  house.app.db.selectFrom('session_history').select(['seconds', 'source', 'aim', 'subject', 'result']).orderBy('completed_at').execute()
const presences = () =>
  house.app.db.selectFrom('presence_interval').select(['evidence', 'started_at', 'ended_at']).orderBy('started_at').execute()

const pressesOf = ({ blocks }: Screen): readonly Press[] =>
  blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : [])).flatMap(({ do: press }) => ('open' in press ? [] : [press]))

describe('a session by oneself', () => {
  it('ends by itself after its minutes, counts, and asks how it went', async () => {
    const card = await house.says(ada, 'focus start "Chapter 3 #Biology" minutes:50', studyHall)
    expect(card).toContain('Chapter 3 #biology — by yourself')
    expect(card).toContain('ends 09:50 (in 50 minutes)')
    expect(card).toContain('[Stop]\nStop, and say how it went:\n[Done] [Partly] [Not this time]')
    await house.clock.advance('2h')
    expect(await records()).toEqual([{ seconds: 3000, source: 'solo', aim: 'Chapter 3', subject: 'biology', result: null }])
    const [told] = await house.app.db.selectFrom('event').select('data').where('type', '=', 'solo.ended').execute()
    expect(told?.data).toMatchObject({ by: null })
  })

  it.each(['focus result', 'focus stop'])('takes how it went by %s for a while after it ended, once', async (command) => {
    const done = () => house.says(ada, `${command} result:done`, deepWork)
    expect(await done()).toContain('Not done')
    await house.says(ada, 'focus start Essay minutes:5', deepWork)
    await house.clock.advance('20m')
    expect(await done()).toContain('Result: Done')
    expect(await records()).toMatchObject([{ source: 'solo', result: 'done' }])
    expect(await done()).toContain('Not done')
    await house.says(ada, 'focus start minutes:5', deepWork)
    await house.clock.advance('66m')
    expect(await done()).toContain('Not done')
  })

  it('is what the buttons of its card mean, also when it is over and a room runs', async () => {
    const card = await house.does(ada, 'focus start', { minutes: '25' }, studyHall)
    const [stop, done] = pressesOf(card.screen)
    await house.clock.advance('30m')
    await house.says(ada, 'room create Hall', studyHall)
    await house.clock.advance('25m')
    const told = await house.does(ada, 'focus stop', done?.args, studyHall)
    expect(plainText(told.screen, told.reader)).toContain('Result: Done')
    expect(await records()).toMatchObject([
      { source: 'solo', result: 'done' },
      { source: 'room', result: null },
    ])
    const stopped = await house.does(ada, 'focus stop', stop?.args, studyHall)
    expect(plainText(stopped.screen, stopped.reader)).toContain('25 min counted')
  })

  it('counts what was lived when it is stopped, to the second', async () => {
    await house.says(ada, 'focus start', studyHall)
    await house.clock.jump('12m')
    const over = await house.says(ada, 'focus stop result:partly', studyHall)
    expect(over).toContain('12 min counted')
    expect(over).toContain('Result: Partly')
    expect(await records()).toMatchObject([{ seconds: 720, source: 'solo', result: 'partly' }])
    expect(await house.says(ada, 'focus stop', studyHall)).toContain('You have no session running.')
  })

  it('counts nothing under a minute', async () => {
    await house.says(ada, 'focus start', studyHall)
    expect(await house.says(ada, 'focus stop', studyHall)).toContain('That was under a minute, so nothing is counted.')
    expect(await records()).toEqual([])
  })

  it('is shown by the front door, and by a second start that wants nothing else', async () => {
    expect(await house.says(ada, '', studyHall)).toContain('[Start 25 min]')
    await house.says(ada, 'focus start minutes:25', studyHall)
    expect(await house.says(ada, '', studyHall)).toContain('— by yourself')
    await house.clock.jump('5m')
    expect(await house.says(ada, 'focus start', studyHall)).toContain('ends 09:25 (in 20 minutes)')
    expect(await house.says(ben, '', studyHall)).toContain('[Start 25 min]')
  })

  it('makes place for the next one, and says what it counted', async () => {
    await house.says(ada, 'focus start minutes:60', studyHall)
    await house.clock.jump('20m')
    expect(await house.says(ada, 'focus start minutes:30', studyHall)).toContain('The session before is over: 20 min counted.')
    expect(await records()).toMatchObject([{ seconds: 1200 }])
  })

  it('earns before the voice channel its person sits in, whose time goes on behind it', async () => {
    await house.says(ada, 'help', studyHall)
    const { user_id: person, workspace_id: workspace } = await house.app.db
      .selectFrom('workspace_member')
      .select(['user_id', 'workspace_id'])
      .executeTakeFirstOrThrow()
    const channel = { id: '777', name: 'Lounge', category: null, isAfk: false }
    await house.app.write('clock', null, (tx) => openVoiceTime(tx, [{ person, workspace, kind: 'voice', channel, at: tx.now }]))
    await house.clock.jump('10m')
    await house.says(ada, 'focus start Essay minutes:25', studyHall)
    await house.clock.advance('40m')
    await house.app.write('clock', null, (tx) => endVoiceTimeOf(tx, [{ person, workspace, at: tx.now }]))
    expect((await records()).map(({ seconds, source, aim }) => [seconds, source, aim])).toEqual([
      [600, 'voice', null],
      [1500, 'solo', 'Essay'],
      [900, 'voice', null],
    ])
  })

  it('is for members: guests join rooms', async () => {
    expect(await house.says(guest, 'start', deepWork)).toContain('Guests can join rooms here.')
  })

  it('reads a bare number as minutes', async () => {
    expect(await house.says(ada, 'focus start 50', studyHall)).toContain('ends 09:50')
  })

  it('ends and counts when its person joins a room, and the room earns from then on', async () => {
    await house.says(ada, 'focus start', studyHall)
    await house.says(ben, 'room create Hall', studyHall)
    await house.clock.jump('10m')
    await house.says(ada, 'room join Hall', studyHall)
    expect(await records()).toMatchObject([{ seconds: 600, source: 'solo' }])
    expect((await presences()).filter(({ evidence }) => evidence === 'self-run')).toMatchObject([{ ended_at: house.clock.now() }])
    expect(await house.says(ada, 'focus stop', studyHall)).toContain('You are in “Hall”, and its timer is for everyone there.')
  })
})

describe('a forgotten session', () => {
  const asked = async () => {
    await house.says(ada, 'focus start', studyHall)
    await house.clock.advance('5h')
  }

  it('is asked about at the limit, and counts nothing until it is answered', async () => {
    await asked()
    expect(await records()).toEqual([])
    const door = await house.says(ada, '', studyHall)
    expect(door).toContain('When did you stop?')
    expect(door).toContain('[Just now] [1 h ago] [2 h ago] [Choose a time] [Don’t count it]')
    const told = await house.app.db.selectFrom('event').select('data').where('type', '=', 'solo.asked').execute()
    expect(told).toHaveLength(1)
    expect(await house.says(ada, 'focus start minutes:25', studyHall)).toContain('When did you stop?')
  })

  it('counts up to the answer as self-reported, and never beyond the limit', async () => {
    await asked()
    expect(await house.says(ada, 'focus stopped ago:two-hours', studyHall)).toContain('3 h counted')
    expect(await records()).toMatchObject([{ seconds: 3 * 3600, source: 'self-reported' }])
    await house.says(ada, 'focus start', studyHall)
    await house.clock.advance('6h')
    expect(await house.says(ada, 'focus stopped ago:now', studyHall)).toContain('4 h counted')
  })

  it('takes a chosen time, but none before it began', async () => {
    await asked()
    expect(await house.says(ada, 'focus stopped at:08:00', studyHall)).toContain('after it began')
    expect(await house.says(ada, 'focus stopped at:09:40', studyHall)).toContain('40 min counted')
    const day = await house.app.db.selectFrom('user_day').select(['solo_seconds', 'reported_seconds']).executeTakeFirstOrThrow()
    expect(day).toEqual({ solo_seconds: 0, reported_seconds: 2400 })
  })

  it('lapses after seven days without an answer', async () => {
    await asked()
    await house.clock.advance(`${7 * 24}h`)
    expect(await house.says(ada, '', studyHall)).toContain('[Start 25 min]')
    expect(await house.says(ada, 'focus stopped ago:now', studyHall)).toContain('No session is waiting for an answer.')
    expect(await records()).toEqual([])
  })

  it('is settled as of its time by a late worker too', async () => {
    await house.says(ada, 'focus start', studyHall)
    await house.clock.jump('30h')
    expect(await house.says(ada, 'focus stop', studyHall)).toContain('When did you stop?')
    expect(await house.says(ada, 'focus stopped ago:nothing', studyHall)).toContain('Nothing of this session is counted.')
    expect(await records()).toEqual([])
  })

  it('keeps its question while its person focuses in a room', async () => {
    await asked()
    await house.says(ada, 'room create Hall', studyHall)
    await house.clock.advance('30m')
    expect(await house.says(ada, 'focus stopped ago:hour', studyHall)).toContain('4 h counted')
  })
})
