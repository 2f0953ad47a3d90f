import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Caller } from '../../commands/perform.ts'
import { after, minutes } from '../../kernel/clock.ts'
import type { PersonId, RoomId } from '../../kernel/ids.ts'
import { asMuchAsFits } from '../../kernel/portion.ts'
import { checkLedger } from '../../ledger.ts'
import { ada, dev, studyHall } from '../../testing/cast.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { seeVoice } from '../voice/voice.actions.ts'
import { uninstallWorkspace } from '../workspaces/workspace.actions.ts'
import { seeHuddle } from './huddle.actions.ts'
import { beat, sourceBack } from './outage.actions.ts'
import { stepAway } from './presence.actions.ts'
import { endLeftVoiceTime } from './voice-time.actions.ts'

const discord = { platform: 'discord', shard: 0, shardCount: 1 } as const
const slack = { platform: 'slack', shard: 0, shardCount: 1 } as const
type Source = typeof discord | typeof slack
const lounge = { id: '700', name: 'Lounge', category: null, isAfk: false }

/** Ada on Slack: one person with her on Discord. */
const adaThere: Caller = { ...dev, sighting: { platform: 'slack', externalId: 'T1:U9', displayName: 'Ada', locale: 'en', timezone: null } }

let house: House
let person: PersonId
beforeEach(async () => {
  house = await openHouse()
  await back(discord)
  await back(slack)
  await house.says(ada, 'settings show', studyHall)
  const { user_id } = await house.app.db.selectFrom('identity').select('user_id').executeTakeFirstOrThrow()
  person = user_id
  await house.app.db
    .insertInto('identity')
    .values({
      user_id,
      platform: 'slack',
      external_id: 'T1:U9',
      display_name: 'Ada',
      locale: 'en',
      timezone: null,
      home_opened_at: null,
      huddle_since: null,
      huddle_told_at: null,
      created_at: house.clock.now(),
    })
    .execute()
})
afterEach(() => house.close())

const back = (source: Source) => house.app.write('clock', null, (tx) => sourceBack(tx, source))

/** Minutes in which these connections beat, every ten seconds; all others are away. */
async function alive(length: number, ...sources: readonly Source[]): Promise<void> {
  for (let passed = 0; passed < length * 6; passed += 1) {
    await house.clock.advance('10s')
    for (const source of sources) await house.app.write('clock', null, (tx) => beat(tx, source))
  }
}

const sits = (isThere: boolean, at: Date = house.clock.now()) =>
  house.app.write('clock', null, (tx) =>
    seeVoice(tx, [{ server: '900', account: '101', name: 'Ada', channel: isThere ? lounge : null, details: [], at, entered: isThere }]),
  )
const huddles = (inHuddle: boolean) =>
  house.app.write('clock', null, (tx) => seeHuddle(tx, { externalId: 'T1:U9', inHuddle, toldAt: null }))
const roomOnSlack = (lengths = 'focus:25') => house.says(adaThere, `room create Hall ${lengths}`)
const room = async (): Promise<RoomId> => (await house.app.db.selectFrom('room').select('id').executeTakeFirstOrThrow()).id

/** What counts, in minutes: `room 09:00-09:25` each. */
const counted = async () => {
  const rows = await house.app.db
    .selectFrom('session_history')
    .select(['source', 'started_at', 'completed_at'])
    .orderBy('started_at')
    .execute()
  const clock = (time: Date): string => time.toISOString().slice(11, 16)
  return rows.map(({ source, started_at, completed_at }) => `${source} ${clock(started_at)}-${clock(completed_at)}`)
}
const soundLedger = async (): Promise<void> => {
  const said: string[] = []
  await checkLedger(house.app, false, (line) => said.push(line))
  expect(said).toEqual([])
}

describe('a room on Slack, by somebody who sat in a voice channel of Discord before', () => {
  it('waits while Discord can’t be seen, and gets what voice did not take', async () => {
    await sits(true)
    await alive(5, discord, slack)
    await roomOnSlack()
    await huddles(true)
    await alive(5, discord, slack)
    // Discord goes away at 09:10 for longer than can be bridged; the focus of 09:05 ends at 09:30.
    await alive(20, slack)
    expect(await counted()).toEqual(['voice 09:00-09:10', 'room 09:10-09:30'])
    await soundLedger()
  })

  it('waits for a moment of absence there', async () => {
    await sits(true)
    await alive(5, discord, slack)
    await roomOnSlack()
    await huddles(true)
    await alive(24, discord, slack)
    await house.clock.advance('40s')
    await sits(false)
    await house.clock.advance('30s')
    // The phase is over, and Ada may still come back into the channel that earns before the room.
    expect(await counted()).toEqual([])
    await alive(1, discord, slack)
    // What was left for the room is under a minute.
    expect(await counted()).toEqual(['voice 09:00-09:29'])
    await soundLedger()
  })
})

describe('a session by oneself, by somebody who comes back into a voice channel', () => {
  it('is not said to be short where the channel earned its time, or may still do', async () => {
    await sits(true)
    await alive(2, discord, slack)
    await sits(false)
    await house.says(ada, 'focus start', studyHall)
    await sits(true)
    await alive(5, discord, slack)
    await sits(false)
    expect(await house.says(ada, 'focus start minutes:25', studyHall)).toContain(
      'Without what counted elsewhere, the session before was under a minute',
    )
    await house.clock.advance('30s')
    // Ada may still come back into the channel that earns before the session.
    expect(await house.says(ada, 'focus start minutes:30', studyHall)).toContain('It is counted once it is known for how long.')
  })
})

describe('a session by oneself, by somebody who checks in in a room', () => {
  it('waits for the check-in, and then says who earned', async () => {
    await roomOnSlack('focus:25 break:60')
    await house.clock.advance('5m')
    await sits(true)
    await alive(15, discord, slack)
    await sits(false)
    await alive(2, discord, slack)
    // Ada may still say that she was in the room.
    expect(await counted()).toEqual([])
    await house.clock.advance('5m')
    await house.says(adaThere, 'timer status')
    expect(await counted()).toEqual(['room 09:00-09:25'])
    await soundLedger()
  })

  it('counts where the room was left in silence before it began', async () => {
    await roomOnSlack('focus:10 break:5')
    await alive(12, discord, slack)
    await sits(true)
    await alive(40, discord, slack)
    await sits(false)
    await alive(2, discord, slack)
    expect(await counted()).toEqual(['voice 09:12-09:52'])
    await soundLedger()
  })
})

describe('a session that was forgotten', () => {
  it('lets the voice channel that came after it wait until it is known when it ended', async () => {
    await house.says(ada, 'focus start', studyHall)
    await house.clock.advance('1h')
    await sits(true)
    await alive(60, discord, slack)
    await sits(false)
    await alive(2, discord, slack)
    expect(await counted()).toEqual([])
    await house.clock.advance('2h')
    await house.says(ada, 'focus stopped at:10:30', studyHall)
    expect(await counted()).toEqual(['self-reported 09:00-10:30', 'voice 10:30-11:00'])
    await soundLedger()
  })

  it('gives everything to the channel where nothing of it shall count', async () => {
    await house.says(ada, 'focus start', studyHall)
    await house.clock.advance('1h')
    await sits(true)
    await alive(60, discord, slack)
    await sits(false)
    await house.clock.advance('3h')
    await house.says(ada, 'focus stopped ago:nothing', studyHall)
    expect(await counted()).toEqual(['voice 10:00-11:00'])
    await soundLedger()
  })
})

describe('“I kept focusing”', () => {
  it('does not count what a voice channel is still earning', async () => {
    await roomOnSlack('focus:180')
    await huddles(true)
    await alive(10, discord, slack)
    await alive(20, discord)
    await sits(true)
    await alive(20, discord)
    await back(slack)
    await huddles(false)
    await huddles(true)
    await alive(1, discord, slack)
    const { id } = await house.app.db.selectFrom('outage_gap').select('id').executeTakeFirstOrThrow()
    await house.says(adaThere, `focus kept gap:${id}`)
    expect(await counted()).toContain('self-reported 09:10-09:30')
    await alive(10, discord, slack)
    await sits(false)
    await alive(2, discord, slack)
    await house.says(adaThere, 'timer stop')
    expect(await counted()).toEqual(['room 09:00-10:03', 'self-reported 09:10-09:30', 'voice 09:30-10:01'])
    const { seconds } = await house.app.db
      .selectFrom('session_history')
      .select('seconds')
      .where('source', '=', 'room')
      .executeTakeFirstOrThrow()
    expect(seconds).toBe(720)
    await soundLedger()
  })
})

describe('a word that comes late', () => {
  it('takes nothing back that counts already', async () => {
    await roomOnSlack()
    await huddles(true)
    await alive(26, discord, slack)
    expect(await counted()).toEqual(['room 09:00-09:25'])
    const hall = await room()
    await house.app.write('clock', null, (tx) => stepAway(tx, { person, room: hall }, 'huddle', after(tx.now, -minutes(5))))
    await alive(2, discord, slack)
    const { ended_at } = await house.app.db
      .selectFrom('presence_interval')
      .select('ended_at')
      .where('evidence', '=', 'huddle')
      .executeTakeFirstOrThrow()
    // It was told that she left at 09:21, and the focus up to 09:25 counted already.
    expect(ended_at?.getTime()).toBe(house.clock.now().getTime() - minutes(3))
    await soundLedger()
  })
})

describe('a word that comes late while somebody else is undecided', () => {
  it('takes nothing back either: each has their credit as soon as it is known', async () => {
    await roomOnSlack()
    await huddles(true)
    // Dev checks in, and gives no sign: the phase stays owed.
    await house.says(dev, 'room join Hall')
    await alive(26, discord, slack)
    expect(await counted()).toEqual(['room 09:00-09:25'])
    const hall = await room()
    await house.app.write('clock', null, (tx) => stepAway(tx, { person, room: hall }, 'huddle', after(tx.now, -minutes(4))))
    await alive(2, discord, slack)
    await house.says(dev, 'room leave')
    await soundLedger()
  })
})

describe('a workspace that took the app out', () => {
  it('sees nobody in huddles any more: they are asked from then on, also after it came back', async () => {
    await roomOnSlack('focus:180')
    await huddles(true)
    await alive(10, discord, slack)
    await house.app.write('clock', null, (tx) => uninstallWorkspace(tx, 'slack', 'T1'))
    await alive(2, discord, slack)
    const open = await house.app.db.selectFrom('presence_interval').select('evidence').where('ended_at', 'is', null).execute()
    expect(open).toEqual([{ evidence: 'check-in' }])
    const told = await house.app.db.selectFrom('identity').select('huddle_since').where('external_id', '=', 'T1:U9').executeTakeFirst()
    expect(told?.huddle_since).toBeNull()
    await house.says(adaThere, 'timer stop')
    expect(await counted()).toEqual(['room 09:00-09:12'])
  })
})

describe('voice time that ends before the clock got to what was due', () => {
  const later = async (by: string): Promise<void> => {
    await house.clock.jump(by)
    await house.app.db.updateTable('pulse').set({ seen_at: house.clock.now() }).execute()
  }
  const leavesVoice = async (): Promise<void> => {
    await sits(false)
    await later('61s')
    await house.app.write('clock', null, (tx) => endLeftVoiceTime(tx, asMuchAsFits))
  }

  it('gets what a planned session leaves to it', async () => {
    await house.says(ada, 'focus start minutes:10', studyHall)
    await later('1m')
    await sits(true)
    await later('40m')
    await leavesVoice()
    await house.tick()
    expect(await counted()).toEqual(['solo 09:00-09:10', 'voice 09:10-09:41'])
    await soundLedger()
  })

  it('waits for a room, whose next focus takes its own', async () => {
    await roomOnSlack()
    await huddles(true)
    await later('5m')
    await sits(true)
    await later('34m')
    await leavesVoice()
    expect(await counted()).toEqual([])
    await house.tick()
    expect(await counted()).toEqual(['room 09:00-09:25', 'voice 09:25-09:30'])
    await house.says(adaThere, 'room leave')
    await soundLedger()
  })
})
