import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ada, ben, chae, deepWork, dev, guest, mo, strangers, studyHall } from '../../testing/cast.ts'
import { type House, openHouse } from '../../testing/house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

const sessions = () =>
  house.app.db
    .selectFrom('session_history as s')
    .innerJoin('user as u', 'u.id', 's.user_id')
    .select(['u.display_name as name', 's.seconds'])
    .orderBy('s.completed_at')
    .orderBy('u.display_name')
    .execute()

describe('a room', () => {
  it('opens in one step: its maker is in and the timer runs', async () => {
    expect(await house.says(ada, 'room create', studyHall)).toBe(
      [
        'Ada’s room — focus · round 1 of 4',
        'ends 09:25 (in 25 minutes)',
        'Here (1): Ada',
        '25 / 5, long break 15 after 4',
        '[Join] [Pause] [Skip] [Leave] [More]',
      ].join('\n'),
    )
    expect(await house.says(chae, 'room create', studyHall)).toContain('채 님의 방 — 집중 중 · 4회 중 1회')
  })
  it('credits the overlap of presence and focus, to the second', async () => {
    await house.says(ada, 'room create "Deep work"', studyHall)
    await house.clock.advance('10m')
    await house.says(ben, 'room join "deep work"', studyHall)
    await house.clock.advance('10m')
    await house.says(ada, 'timer pause', studyHall)
    await house.clock.advance('10m')
    await house.says(ada, 'timer resume', studyHall)
    await house.clock.advance('2m')
    await house.says(ben, 'room leave', studyHall)
    await house.clock.advance('3m')
    await house.says(ada, 'timer status', studyHall)
    expect(await sessions()).toEqual([
      { name: 'Ben', seconds: 720 },
      { name: 'Ada', seconds: 1500 },
    ])
    const people = await house.app.db
      .selectFrom('user')
      .select(['display_name', 'total_focus_time', 'total_sessions'])
      .where('total_sessions', '>', 0)
      .orderBy('display_name')
      .execute()
    expect(people).toEqual([
      { display_name: 'Ada', total_focus_time: 1500, total_sessions: 1 },
      { display_name: 'Ben', total_focus_time: 720, total_sessions: 1 },
    ])
    expect(await house.says(ada, 'timer status', studyHall)).toContain('break · 1 of 4 done')
  })
  it('is called by how only its name begins', async () => {
    await house.says(ada, 'room create "Deep work"', studyHall)
    expect(await house.says(ben, 'room join deep', studyHall)).toContain('You are in.')
    await house.says(chae, 'room create "Deep sleep"', studyHall)
    expect(await house.says(mo, 'room join deep', studyHall)).toContain('Several rooms begin so: “Deep sleep” and “Deep work”.')
    expect(await house.says(mo, 'room join work', studyHall)).toContain('There is no such room here.')
  })
  it('counts no round for a skipped focus, on the way there and back', async () => {
    await house.says(ada, 'room create Hall', studyHall)
    expect(await house.says(ada, 'timer skip', studyHall)).toContain('break · 0 of 4 done')
    await house.clock.advance('31m')
    expect(await house.says(ada, 'timer skip', studyHall)).toContain('focus · round 2 of 4')
    expect(await house.says(ada, 'timer skip', studyHall)).toContain('break · 1 of 4 done')
    expect(await house.says(ada, 'timer skip', studyHall)).toContain('focus · round 2 of 4')
  })
  it('holds one room at a time, and says so', async () => {
    await house.says(ada, 'room create One', studyHall)
    await house.says(ben, 'room create Two', studyHall)
    expect(await house.says(ben, 'room join One', studyHall)).toContain('You left “Two”: one room at a time.')
    expect(await house.says(ben, 'room join One', studyHall)).toContain('You are already in.')
  })
  it('opened while in another leaves that one, and says so to its maker alone', async () => {
    await house.says(ada, 'room create One', studyHall)
    await house.says(ben, 'room join One', studyHall)
    const { screen, audience } = await house.does(ben, 'room create', { name: 'Two' }, studyHall)
    expect(audience).toBe('channel')
    expect(screen.aside?.title).toEqual({ key: 'room.joined-from', words: { room: 'One' } })
    expect(JSON.stringify(screen.blocks)).not.toContain('One')
    await house.says(ben, 'room join One', studyHall)
    await house.says(ben, 'room close Two', studyHall)
    expect(await house.says(ben, 'room create Three')).toContain('You left “One”: one room at a time.')
  })
  it('holds its seats under a crowd that comes at once', async () => {
    await house.says(ada, 'room create Small capacity:3', studyHall)
    const crowd = [ben, chae, mo, ...strangers(5)]
    const answers = await Promise.all(crowd.map((one) => house.does(one, 'room join', { room: 'Small' }, studyHall)))
    expect(answers.filter(({ outcome }) => outcome === 'done')).toHaveLength(2)
    expect(answers.filter(({ outcome }) => outcome === 'refused')).toHaveLength(6)
    expect(await house.says(ada, 'timer status', studyHall)).toContain('Full (3/3)')
  })
  it('lets only the host move the timer, and offers a vote', async () => {
    await house.says(ada, 'room create Hall', studyHall)
    await house.says(ben, 'room join Hall', studyHall)
    await house.says(chae, 'room join Hall', studyHall)
    expect(await house.says(ben, 'timer pause', studyHall)).toBe('Not done\nOnly the host, Ada, can pause.\n[Ask for a vote]')
    expect(await house.says(chae, 'timer pause', studyHall)).toContain('방장 Ada 님만 멈출 수 있어요.')
    expect(await house.says(ben, 'timer pause vote:yes', studyHall)).toContain('Your vote counts: 1 of 2.')
    expect(await house.says(chae, 'timer pause vote:yes', studyHall)).toContain('채 님이 멈췄어요 · 25분 남음')
    expect(await house.says(mo, 'timer resume room:Hall', studyHall)).toContain('focus · round 1 of 4')
  })
  it('lets a late button from another phase change nothing', async () => {
    await house.says(ada, 'room create Hall', studyHall)
    const { phase_id } = await house.app.db.selectFrom('timer').select('phase_id').executeTakeFirstOrThrow()
    await house.clock.advance('26m')
    const late = await house.does(ada, 'timer skip', { phase: phase_id ?? '' }, studyHall)
    expect(late.outcome).toBe('refused')
    expect(await house.says(ada, 'timer status', studyHall)).toContain('break · 1 of 4 done')
  })
  it('catches up through every phase that was missed, in order', async () => {
    await house.says(ada, 'room create Hall', studyHall)
    const before = house.clock.now()
    await house.clock.jump('3h')
    await house.tick()
    const phases = await house.app.db.selectFrom('phase').select(['type', 'round', 'outcome', 'started_at']).orderBy('started_at').execute()
    expect(phases.map(({ type }) => type)).toEqual([
      'work',
      'break',
      'work',
      'break',
      'work',
      'break',
      'work',
      'long_break',
      'work',
      'break',
      'work',
    ])
    expect(phases[1]?.started_at).toEqual(new Date(before.getTime() + 25 * 60_000))
    // Nobody gave a sign: what was not seen is not counted.
    expect(await sessions()).toEqual([])
  })
  it('stops when nobody is there for 30 minutes, and closes after 7 days', async () => {
    await house.says(ada, 'room create Hall', studyHall)
    await house.clock.advance('5m')
    await house.says(ada, 'room leave', studyHall)
    await house.clock.advance('29m')
    expect(await house.says(ben, 'timer status Hall', studyHall)).toContain('break')
    await house.clock.advance('1m')
    expect(await house.says(ben, 'timer status Hall', studyHall)).toContain('not running')
    await house.clock.advance('168h')
    expect(await house.says(ben, 'timer status Hall', studyHall)).toContain('There is no such room here.')
  })
  it('gives the acting host to the longest present, and back to the owner', async () => {
    await house.says(ada, 'room create Hall', studyHall)
    await house.says(ben, 'room join Hall', studyHall)
    await house.says(ada, 'room leave', studyHall)
    expect(await house.says(ben, 'timer pause', studyHall)).toContain('Ben paused')
    await house.says(ada, 'room join Hall', studyHall)
    expect(await house.says(ben, 'timer resume', studyHall)).toContain('Only the host, Ada, can resume.')
  })
})

describe('a room opened from a voice channel', () => {
  it('is bound to it and brings in everyone there who is in no room yet, while there are seats', async () => {
    await house.says(ben, 'room create Elsewhere', studyHall)
    const company = [
      { externalId: '102', displayName: 'Ben' },
      { externalId: '103', displayName: '채' },
      { externalId: '300', displayName: 'New' },
      { externalId: '301', displayName: 'Newer' },
    ]
    const place = { ...studyHall, voice: '777', company }
    expect(await house.says(ada, 'room create Hall capacity:3', place)).toContain('Here (3): Ada and 2 more')
    expect(await house.says(ben, 'timer status', studyHall)).toContain('Elsewhere')
    const bound = await house.app.db.selectFrom('room_binding').select('voice_channel').where('voice_channel', 'is not', null).execute()
    expect(bound).toEqual([{ voice_channel: '777' }])
    expect(await house.says(ben, 'focus start', { ...studyHall, voice: '777' })).toContain('Full (3/3)')
  })
})

describe('a private room', () => {
  it('is missing for all outsiders: list, join, info, autocomplete and name clash', async () => {
    await house.says(ada, 'room create Secret private:yes', studyHall)
    expect(await house.says(ben, 'room list', studyHall)).toContain('No room is open.')
    const missing = await house.says(ben, 'room join "No such thing"', studyHall)
    expect(await house.says(ben, 'room join Secret', studyHall)).toBe(missing)
    expect(await house.says(ben, 'room info Secret', studyHall)).toBe(missing)
    expect((await house.does(ben, 'room create', { name: 'Secret' }, studyHall)).outcome).toBe('done')
    await house.says(ada, 'room invite @Ben', studyHall)
    await house.says(ben, 'room close', studyHall)
    expect(await house.says(ben, 'room join Secret', studyHall)).toContain('You are in.')
  })
})

describe('a shared room', () => {
  it('lives on two platforms and is one room', async () => {
    await house.says(ada, 'room create "Deep work"', studyHall)
    const shared = await house.says(ada, 'room share', studyHall)
    const code = /[2-9A-HJ-NP-Z]{8}/.exec(shared)?.[0] ?? ''
    expect(await house.says(dev, 'room join "Deep work"', deepWork)).toContain('There is no such room here.')
    expect(await house.says(dev, `room bring ${code}`, deepWork)).toContain('Deep work — focus')
    expect(await house.says(dev, 'room join "Deep work"', deepWork)).toContain('Here (2): Ada · Dev')
    expect(await house.says(guest, 'room join "Deep work"', deepWork)).toContain('Here (3)')
    expect(await house.says(guest, 'room create Mine', deepWork)).toContain('Guests can join rooms here')
  })
})
