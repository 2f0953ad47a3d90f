import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { VoiceDetail } from '../../db/schema.ts'
import { asMuchAsFits } from '../../kernel/portion.ts'
import { checkLedger } from '../../ledger.ts'
import { ada, ben, studyHall } from '../../testing/cast.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { waitsOrEnds } from '../../testing/waits.ts'
import { lockPresence } from '../people/lock.actions.ts'
import { forgetStrangers } from '../presence/stranger.actions.ts'
import { openDue } from '../reservations/due.actions.ts'
import { lockRooms } from '../timers/lock.actions.ts'
import { missVoice, voiceBack } from './look.actions.ts'
import { seeVoice } from './voice.actions.ts'

const lounge = { id: '700', name: 'Lounge', category: '690', isAfk: false }
const quiet = { id: '701', name: 'Quiet room', category: '691', isAfk: false }
const afk = { id: '709', name: 'Sleepers', category: null, isAfk: true }
const server = '900'
const shard = { platform: 'discord', shard: 0, shardCount: 1 } as const
const nobody = new Set<string>()

let house: House
beforeEach(async () => {
  house = await openHouse({ connected: true })
  await house.says(ada, 'settings show', studyHall)
})
afterEach(() => house.close())

type Channel = typeof lounge | typeof afk | null

const sits = (account: string, channel: Channel, more: { details?: readonly VoiceDetail[]; entered?: boolean; at?: Date } = {}) =>
  house.app.write('clock', null, (tx) =>
    seeVoice(tx, [
      { server, account, name: `Person ${account}`, channel, details: [], at: tx.now, entered: more.entered ?? channel !== null, ...more },
    ]),
  )

const nameOf = { '101': 'Ada', '102': 'Ben', '555': 'Person 555' } as Record<string, string>

const sessions = async (account = '101') => {
  const rows = await house.app.db
    .selectFrom('session_history as h')
    .innerJoin('identity as i', 'i.user_id', 'h.user_id')
    .select(['h.source', 'h.seconds', 'h.room_name'])
    .where('i.external_id', '=', account)
    .orderBy('h.completed_at')
    .execute()
  return rows.map(({ source, seconds, room_name }) => `${source} ${seconds} ${room_name}`)
}

const soundLedger = async (): Promise<void> => {
  const said: string[] = []
  await checkLedger(house.app, false, (line) => said.push(line))
  expect(said).toEqual([])
}

/** Who has a seat now, by name. */
const inside = async () => {
  const rows = await house.app.db
    .selectFrom('participant as p')
    .innerJoin('user as u', 'u.id', 'p.user_id')
    .select('u.display_name')
    .where('p.left_at', 'is', null)
    .orderBy('u.display_name')
    .execute()
  return rows.map(({ display_name }) => display_name)
}

const openRoom = (more = '') => house.says(ben, `room create Deep start:no voice:${lounge.id} ${more}`, studyHall)
const say = (text: string) => house.says(ben, text, studyHall)

describe('time in a channel without a room', () => {
  it('counts from entering to leaving, to the second', async () => {
    await sits('101', lounge)
    await house.clock.advance('10m')
    await sits('101', null)
    await house.clock.advance('2m')
    expect(await sessions()).toEqual(['voice 600 Lounge'])
  })

  it('goes on over a gap of less than a minute, and over sightings that come twice', async () => {
    await sits('101', lounge)
    await sits('101', lounge)
    await house.clock.advance('10m')
    await sits('101', null)
    await house.clock.jump('59s')
    await sits('101', lounge)
    await sits('101', lounge)
    await house.clock.advance('5m')
    await sits('101', null)
    await sits('101', null)
    await house.clock.advance('2m')
    expect(await sessions()).toEqual(['voice 959 Lounge'])
  })

  it('ends where a longer gap began, also when the clockwork comes late', async () => {
    await sits('101', lounge)
    await house.clock.advance('10m')
    await sits('101', null)
    await house.clock.jump('3m')
    await sits('101', lounge)
    await house.clock.advance('5m')
    await sits('101', null)
    await house.clock.advance('2m')
    expect(await sessions()).toEqual(['voice 600 Lounge', 'voice 300 Lounge'])
  })

  it('moves with the person, and one moment is earned once', async () => {
    await sits('101', lounge)
    await house.clock.advance('10m')
    await sits('101', quiet)
    await house.clock.advance('5m')
    await sits('101', null)
    await house.clock.advance('2m')
    expect(await sessions()).toEqual(['voice 600 Lounge', 'voice 300 Quiet room'])
  })

  it('is recorded apart in the AFK channel, and never counts there', async () => {
    await sits('101', afk)
    await house.clock.advance('10m')
    await sits('101', null)
    await house.clock.advance('2m')
    expect(await sessions()).toEqual([])
    const recorded = await house.app.db.selectFrom('solo_session').select(['kind', 'state']).execute()
    expect(recorded).toEqual([{ kind: 'afk', state: 'ended' }])
  })

  const visit = async () => {
    for (const channel of [lounge, quiet, afk]) {
      await sits('101', channel)
      await house.clock.advance('5m')
    }
    await sits('101', null)
    await house.clock.advance('2m')
    return sessions()
  }

  it.each([
    ['everywhere', { voice_time: true }, ['voice 300 Lounge', 'voice 300 Quiet room']],
    ['nowhere', { voice_time: false }, []],
    ['in the allowed channel', { voice_allow: ['700'] }, ['voice 300 Lounge']],
    ['in the allowed category', { voice_allow: ['691'] }, ['voice 300 Quiet room']],
    ['not in the refused channel', { voice_deny: ['700'] }, ['voice 300 Quiet room']],
    ['not in the refused category', { voice_deny: ['691'] }, ['voice 300 Lounge']],
    ['not in a refused channel of an allowed category', { voice_allow: ['690'], voice_deny: ['700'] }, []],
  ])('counts %s as the server says', async (_where, rules, expected) => {
    await house.app.db.updateTable('workspace').set(rules).where('external_id', '=', server).execute()
    expect(await visit()).toEqual(expected)
  })

  it.each([
    ['everywhere', ['voice 300 Lounge', 'voice 300 Quiet room']],
    ['rooms', []],
    ['never', []],
  ])('counts for who wants it: %s', async (wish, expected) => {
    await house.says(ada, `settings set voice_time:${wish}`, studyHall)
    expect(await visit()).toEqual(expected)
  })

  it('ends for who does not want it any more, and in a server that threw us out', async () => {
    await sits('101', lounge)
    await sits('102', lounge)
    await house.clock.advance('10m')
    await house.says(ada, 'settings set voice_time:never', studyHall)
    await sits('101', lounge, { entered: false })
    await house.app.db.updateTable('workspace').set({ uninstalled_at: house.clock.now() }).where('external_id', '=', server).execute()
    await sits('102', lounge, { entered: false })
    await house.clock.advance('5m')
    expect(await sessions('101')).toEqual(['voice 600 Lounge'])
    expect(await sessions('102')).toEqual(['voice 600 Lounge'])
  })
})

describe('a room bound to a voice channel', () => {
  it('takes in who enters and lets go who leaves, and credits both to the second', async () => {
    await openRoom()
    await say('timer start')
    await house.clock.advance('5m')
    await sits('101', lounge)
    expect(await inside()).toEqual(['Ada', 'Ben'])
    await house.clock.advance('10m 30s')
    await sits('101', null)
    expect(await inside()).toEqual(['Ada', 'Ben'])
    await house.clock.advance('1m')
    expect(await inside()).toEqual(['Ben'])
    await house.clock.advance('20m')
    expect(await sessions()).toEqual(['room 630 Deep'])
  })

  it('keeps who is back within a minute, and who is there at the end though they were away for a moment', async () => {
    await openRoom()
    await say('timer start')
    await sits('101', lounge)
    await house.clock.advance('24m 30s')
    await sits('101', null)
    await house.clock.advance('40s')
    await sits('101', lounge)
    await house.clock.advance('10m')
    expect(await inside()).toEqual(['Ada', 'Ben'])
    expect(await sessions()).toEqual(['room 1500 Deep'])
  })

  it('is one room for its channels here and in another server', async () => {
    await openRoom()
    await say('timer start')
    await house.app.db.updateTable('room_binding').set({ voice_channel: lounge.id }).execute()
    const other = await house.app.db
      .insertInto('workspace')
      .values({
        platform: 'discord',
        external_id: '901',
        name: 'Annex',
        locale: null,
        installed_at: house.clock.now(),
        uninstalled_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const room = await house.app.db.selectFrom('room').select('id').executeTakeFirstOrThrow()
    await house.app.db
      .insertInto('room_binding')
      .values({
        room_id: room.id,
        workspace_id: other.id,
        platform: 'discord',
        channel: '800',
        voice_channel: '801',
        panel_channel: null,
        panel_message: null,
        line_message: null,
        created_at: house.clock.now(),
      })
      .execute()
    await sits('101', lounge)
    await house.clock.advance('10m')
    // The other server's news may come before that of the one that was left.
    await house.app.write('clock', null, (tx) =>
      seeVoice(tx, [
        { server: '901', account: '101', name: 'Ada', channel: { ...lounge, id: '801' }, details: [], at: tx.now, entered: true },
      ]),
    )
    await sits('101', null)
    await house.clock.advance('20m')
    expect(await inside()).toEqual(['Ada', 'Ben'])
    expect(await sessions()).toEqual(['room 1500 Deep'])
  })

  it('meets a stranger there, and gives way to voice time on the way out', async () => {
    await openRoom()
    await say('timer start')
    await sits('555', lounge)
    expect(await inside()).toEqual(['Ben', nameOf['555']])
    await house.clock.advance('10m')
    await sits('555', quiet)
    await house.clock.advance('10m')
    await sits('555', lounge)
    await house.clock.advance('30m')
    expect(await sessions('555')).toEqual(['voice 600 Quiet room', 'room 900 Deep'])
  })

  it('takes nobody in who may not join: banned, one too many, private', async () => {
    await openRoom('capacity:2')
    await sits('101', lounge)
    await sits('555', lounge)
    expect(await inside()).toEqual(['Ada', 'Ben'])
    await say('room ban @ada')
    await sits('101', null)
    await sits('101', lounge)
    expect(await inside()).toEqual(['Ben'])
    await say('room edit private:yes')
    await sits('555', null)
    await sits('555', lounge)
    expect(await inside()).toEqual(['Ben'])
  })

  it('takes nobody from a seat that they pressed for, unless they come in', async () => {
    await openRoom('capacity:2')
    await sits('555', lounge)
    await sits('101', lounge)
    await house.says(ada, 'room create Elsewhere', studyHall)
    await sits('555', null)
    await house.clock.advance('2m')
    await sits('101', lounge, { entered: false })
    expect(await house.says(ada, 'timer status', studyHall)).toContain('Elsewhere')
    await sits('101', null)
    await sits('101', lounge)
    expect(await house.says(ada, 'timer status', studyHall)).toContain('Deep')
  })

  it('takes nobody in who wants no voice time, and lets nobody back in who pressed Leave and stays in the channel', async () => {
    await openRoom()
    await house.says(ada, 'settings set voice_time:never', studyHall)
    await sits('101', lounge)
    expect(await inside()).toEqual(['Ben'])
    await house.says(ada, 'settings set voice_time:rooms', studyHall)
    await sits('101', lounge, { entered: false })
    expect(await inside()).toEqual(['Ada', 'Ben'])
    await house.says(ada, 'room leave', studyHall)
    await sits('101', lounge, { entered: false })
    expect(await inside()).toEqual(['Ben'])
    await sits('101', null)
    await sits('101', lounge)
    expect(await inside()).toEqual(['Ada', 'Ben'])
  })

  it('proves by voice from then on who had joined without', async () => {
    await openRoom()
    await say('timer start')
    await house.says(ada, 'room join Deep', studyHall)
    await house.clock.advance('5m')
    await sits('101', lounge)
    await house.clock.advance('30m')
    const evidence = await house.app.db
      .selectFrom('presence_interval as p')
      .innerJoin('identity as i', 'i.user_id', 'p.user_id')
      .select('p.evidence')
      .where('i.external_id', '=', '101')
      .where('p.ended_at', 'is', null)
      .execute()
    expect(evidence).toEqual([{ evidence: 'voice' }])
    expect(await sessions()).toEqual(['room 1200 Deep'])
  })

  it('starts with the first who comes in and stops with the last who goes, where it is so set', async () => {
    await openRoom()
    await say('room edit start_on_join:yes stop_when_empty:yes')
    await say('room leave')
    await sits('101', lounge)
    expect(await house.says(ada, 'timer status', studyHall)).toContain('focus')
    await house.clock.advance('10m')
    await sits('101', null)
    await house.clock.advance('1m 1s')
    const timer = await house.app.db.selectFrom('timer').select(['status', 'completed_rounds']).executeTakeFirstOrThrow()
    expect(timer).toEqual({ status: 'idle', completed_rounds: 0 })
    expect(await sessions()).toEqual(['room 600 Deep'])
  })

  it('is left by those who sit there when it closes, whose time goes on without it', async () => {
    await openRoom()
    await sits('101', lounge)
    await say('room close sure:yes')
    await sits('101', lounge, { entered: false })
    await house.clock.advance('10m')
    await sits('101', null)
    await house.clock.advance('2m')
    expect(await sessions()).toEqual(['voice 600 Lounge'])
  })
})

describe('camera, screen, mute and deafness', () => {
  const details = async () => {
    const rows = await house.app.db.selectFrom('presence_detail').select(['kind', 'started_at', 'ended_at']).orderBy('id').execute()
    const minute = (at: Date | null) => (at === null ? 'on' : String((at.getTime() - begun.getTime()) / 60_000))
    return rows.map(({ kind, started_at, ended_at }) => `${kind} ${minute(started_at)}–${minute(ended_at)}`)
  }
  let begun: Date

  it('are recorded apart, from on to off or to leaving', async () => {
    begun = house.clock.now()
    await sits('101', lounge, { details: ['camera'] })
    await house.clock.advance('5m')
    await sits('101', lounge, { details: ['camera', 'screen'], entered: false })
    await sits('101', lounge, { details: ['camera', 'screen'], entered: false })
    await house.clock.advance('5m')
    await sits('101', lounge, { details: ['server-muted', 'deafened'], entered: false })
    await house.clock.advance('5m')
    await sits('101', null)
    expect(await details()).toEqual(['camera 0–10', 'screen 5–10', 'server-muted 10–15', 'deafened 10–15'])
    await house.clock.advance('2m')
    expect(await sessions()).toEqual(['voice 900 Lounge'])
  })
})

describe('a stranger', () => {
  const forget = () => house.app.write('clock', null, forgetStrangers)
  const recorded = async () => (await house.app.db.selectFrom('presence_interval').select('id').execute()).length
  const total = async () =>
    (
      await house.app.db
        .selectFrom('user')
        .select((e) => e.fn.sum('total_focus_time').as('seconds'))
        .executeTakeFirstOrThrow()
    ).seconds

  it('is forgotten after a fortnight, unless they use the product', async () => {
    for (const account of ['555', '102']) await sits(account, lounge)
    await house.clock.advance('10m')
    for (const account of ['555', '102']) await sits(account, null)
    await house.clock.advance('2m')
    await house.says(ben, 'settings show', studyHall)
    expect([await recorded(), Number(await total())]).toEqual([2, 1200])
    await house.clock.jump('333h')
    await forget()
    expect(await recorded()).toBe(2)
    await house.clock.jump('24h')
    await forget()
    expect([await recorded(), Number(await total())]).toEqual([1, 600])
    expect(await sessions('555')).toEqual([])
    expect(await sessions('102')).toEqual(['voice 600 Lounge'])
  })

  it('keeps what a stay that reaches into the last fortnight explains', async () => {
    await openRoom('focus:180')
    await say('timer start')
    await sits('555', lounge)
    await house.clock.advance('30m')
    await sits('555', quiet)
    await house.clock.advance('1h')
    await sits('555', lounge)
    await house.clock.advance('1h 31m')
    expect(await sessions('555')).toEqual(['voice 3600 Quiet room', 'room 7200 Deep'])
    await sits('555', null)
    await house.clock.advance('2m')
    // Its first stay is older than a fortnight now, its last is not: they share one phase.
    await house.clock.jump('335h')
    await forget()
    expect(await sessions('555')).toEqual(['voice 3600 Quiet room', 'room 7200 Deep'])
    await soundLedger()
    await house.clock.jump('4h')
    await forget()
    expect(await sessions('555')).toEqual([])
    await soundLedger()
  })
})

describe('after nobody could look', () => {
  const back = (sitting: ReadonlySet<string>, unseen: readonly string[] = []) =>
    house.app.write('clock', null, (tx) => voiceBack(tx, shard, unseen, sitting))

  it('a short outage is bridged for who is still there, and ends at the last look for who is gone', async () => {
    await back(nobody)
    await openRoom()
    await say('timer start')
    await sits('101', lounge)
    await sits('555', quiet)
    await house.app.write('clock', null, (tx) => tx.db.updateTable('pulse').set({ seen_at: tx.now }).execute())
    await house.clock.jump('10m')
    await back(new Set(['900 101']))
    await sits('101', lounge, { entered: false })
    await house.clock.advance('30m')
    expect(await sessions('101')).toEqual(['room 1500 Deep'])
    expect(await sessions('555')).toEqual([])
    expect(await inside()).toEqual(['Ada', 'Ben'])
  })

  it('a long one ends everything where it was last seen; who is there begins anew', async () => {
    await back(nobody)
    await openRoom()
    await sits('101', lounge)
    await sits('102', lounge)
    await sits('555', quiet)
    await house.clock.jump('10m')
    await house.app.write('clock', null, (tx) => tx.db.updateTable('pulse').set({ seen_at: tx.now }).execute())
    await house.clock.jump('40m')
    await back(new Set(['900 102', '900 555']))
    for (const account of ['102', '555']) await sits(account, account === '555' ? quiet : lounge, { entered: false })
    expect(await inside()).toEqual(['Ben'])
    await house.clock.advance('5m')
    await sits('555', null)
    await house.clock.advance('2m')
    expect(await sessions('555')).toEqual(['voice 600 Quiet room', 'voice 300 Quiet room'])
  })

  it('who sits in no channel any more has left, and a server that was not looked at yet is left alone', async () => {
    await back(nobody)
    await sits('101', lounge)
    await house.clock.advance('5m')
    await back(nobody, [server])
    await house.clock.advance('5m')
    await house.app.write('clock', null, (tx) => missVoice(tx, { servers: [server] }, nobody, tx.now))
    await house.clock.advance('2m')
    expect(await sessions()).toEqual(['voice 600 Lounge'])
  })
})

describe('a reservation in a channel', () => {
  /** Ada comes and sits there ten minutes before it begins, when its host opens `room`. */
  const aboutToBegin = async (room: string): Promise<void> => {
    await say(`reserve create "in 1 hour" name:Greek voice:${lounge.id}`)
    const { id } = await house.app.db.selectFrom('reservation_occurrence').select('id').executeTakeFirstOrThrow()
    await house.does(ada, 'reserve join', { reservation: id }, studyHall)
    await house.clock.advance('50m')
    await say(`room create Den ${room}`)
    await sits('101', lounge)
  }

  it('brings the room of its host there where that is in none, and seats who sits there', async () => {
    await aboutToBegin('')
    await house.clock.advance('10m')
    await sits('101', lounge, { details: ['camera'], entered: false })
    await house.clock.advance('5m')
    expect(await inside()).toContain('Ada')
    await soundLedger()
  })

  it('seats nobody by voice where the room of its host is in another', async () => {
    await aboutToBegin(`voice:${quiet.id}`)
    await house.clock.advance('15m')
    expect(await inside()).toEqual(['Ben'])
    expect(await house.app.db.selectFrom('solo_session').select('state').execute()).toEqual([{ state: 'running' }])
  })

  it('waits for those who come before it holds any room', async () => {
    await aboutToBegin('')
    await house.clock.jump('10m')
    const { user_id } = await house.app.db.selectFrom('solo_session').select('user_id').executeTakeFirstOrThrow()
    const { id } = await house.app.db.selectFrom('room').select('id').executeTakeFirstOrThrow()
    const { opening } = await house.app.write('clock', null, async (tx) => {
      await lockPresence(tx, user_id)
      const opening = house.app.write('clock', null, (other) => openDue(other, asMuchAsFits))
      await waitsOrEnds(house, opening)
      await sql`set local lock_timeout = '500ms'`.execute(tx.db)
      await lockRooms(tx, [id])
      return { opening }
    })
    expect(await opening).toBe(1)
    expect(await inside()).toContain('Ada')
  })

  it.each([
    ['in none', '', 'Den'],
    ['in another', `voice:${quiet.id}`, 'Greek'],
  ])('takes place there, also where a room of its host rests that is %s', async (_where, voice, name) => {
    await aboutToBegin(`start:no ${voice}`)
    await say('room leave')
    await house.clock.advance('10m')
    const open = await house.app.db.selectFrom('room').select('room_name').where('is_active', '=', true).execute()
    expect([open, await inside()]).toEqual([[{ room_name: name }], ['Ada']])
  })
})
