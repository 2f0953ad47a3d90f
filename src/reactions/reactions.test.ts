import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readerOf } from '../domain/people/reader.queries.ts'
import type { PersonId } from '../kernel/ids.ts'
import { phaseLine } from '../screens/lines.ts'
import { noticeOf } from '../screens/notices.ts'
import { peopleIn } from '../screens/people.ts'
import type { Screen } from '../screens/screen.ts'
import { ada, ben, chae, deepWork, dev, studyHall } from '../testing/cast.ts'
import { type House, openHouse } from '../testing/house.ts'
import { plainText } from '../testing/plain.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

type Job = { queue: string; data: { kind: string; event?: string; person?: PersonId } }

/** What waits for the platforms, which nobody works in these tests. */
async function jobs(queue: string): Promise<readonly Job['data'][]> {
  await house.settle()
  const { rows } =
    await sql<Job>`select name as queue, data from queue.job where name = ${queue} and state = 'created' order by id`.execute(house.app.db)
  return rows.map(({ data }) => data)
}

const read = async (screen: Screen | null): Promise<string | null> =>
  screen === null
    ? null
    : house.app.read(async (ctx) =>
        plainText(screen, await readerOf(ctx, { locale: 'en', timezone: 'UTC', platform: 'discord' }, peopleIn(screen))),
      )

async function lines(queue = 'discord-line'): Promise<readonly string[]> {
  const events = (await jobs(queue)).map(({ event }) => event ?? '')
  const said = []
  for (const event of events) said.push(await read(await house.app.read((ctx) => phaseLine(ctx, event, 'discord'))))
  return said.filter((line) => line !== null)
}

describe('a phase line', () => {
  it('calls exactly those present who asked to be called, when that phase begins', async () => {
    await house.says(ada, 'room create Hall', studyHall)
    await house.says(ben, 'room join Hall', studyHall)
    await house.says(chae, 'room join Hall', studyHall)
    await house.does(ben, 'settings ping', { ping: 'break' })
    await house.does(chae, 'settings ping', { ping: 'focus' })
    await house.clock.advance('25m')
    expect(await lines()).toEqual(['Hall\nBreak until 09:30\nBen\nHow did your focus go?\n[Done] [Partly] [Not this time]'])
  })
  it('is not said for a start that calls nobody, nor where nobody is present', async () => {
    await house.says(ada, 'room create Hall', studyHall)
    expect(await lines()).toEqual([])
    await house.says(ada, 'room leave', studyHall)
    await house.clock.advance('25m')
    expect(await lines()).toEqual([])
  })
  it('is said once however late, for the last of the phases that were missed', async () => {
    await house.says(ada, 'room create Hall', studyHall)
    await house.clock.jump('50m')
    await house.tick()
    expect(await lines()).toHaveLength(1)
  })
  it('warns one minute before focus where the room wants it, and never inside focus', async () => {
    await house.says(ada, 'room create Hall', studyHall)
    await house.says(ada, 'room edit warning:yes', studyHall)
    await house.clock.advance('29m')
    expect((await lines()).at(-1)).toBe('Hall\nFocus begins in one minute.')
    await house.clock.advance('25m')
    expect((await lines()).filter((line) => line.includes('one minute'))).toHaveLength(1)
  })
  it('asks those present for their vote', async () => {
    await house.says(ada, 'room create Hall control:vote', studyHall)
    await house.says(ben, 'room join Hall', studyHall)
    await house.says(chae, 'room join Hall', studyHall)
    await house.says(ben, 'timer skip', studyHall)
    expect((await lines()).at(-1)).toBe('Vote in “Hall”\nBen asks to skip this phase. 1 of 2 votes.\n[Vote to skip]')
  })
})

describe('a notice', () => {
  const notices = async (): Promise<readonly (string | null)[]> => {
    const said = []
    for (const { event = '', person } of await jobs('discord-notice')) {
      if (person !== undefined) said.push(await read(await house.app.read((ctx) => noticeOf(ctx, event, person))))
    }
    return said.filter((words) => words?.startsWith('Unlocked') !== true)
  }
  it('reaches whom it concerns and nobody else', async () => {
    await house.says(ben, 'settings show')
    await house.says(ada, 'room create Hall private:yes', studyHall)
    await house.says(ada, 'room invite @Ben', studyHall)
    expect(await notices()).toEqual(['Hall\nAda invites you to “Hall”.\n[Join]'])
    await house.says(ben, 'room join Hall', studyHall)
    await house.says(ada, 'room transfer @Ben', studyHall)
    await house.says(ben, 'room kick @Ada', studyHall)
    expect(await notices()).toEqual([
      'Hall\nAda invites you to “Hall”.\n[Join]',
      'Hall\nYou are the host of “Hall” now.',
      'Hall\nYou were sent out of “Hall”.',
    ])
  })
  it('waits on no platform on which we are nowhere', async () => {
    await house.says(ada, 'room create Hall', studyHall)
    await house.says(ben, 'room join Hall', studyHall)
    const before = await jobs('discord-notice')
    await house.app.db.updateTable('workspace').set({ uninstalled_at: house.clock.now() }).where('platform', '=', 'discord').execute()
    await house.clock.advance('3h')
    expect(await jobs('discord-notice')).toEqual(before)
  })
  it('says that one may come back where that is so', async () => {
    await house.says(ada, 'room create Hall', studyHall)
    await house.says(ben, 'room join Hall', studyHall)
    await house.says(ada, 'room kick @Ben', studyHall)
    expect(await notices()).toEqual(['Hall\nYou were sent out of “Hall”. You may join again.'])
  })
})

describe('panels', () => {
  it('are drawn again on every platform where the room lives, each once for many changes', async () => {
    await house.says(ada, 'room create Hall', studyHall)
    const code = /[2-9A-HJ-NP-Z]{8}/.exec(await house.says(ada, 'room share', studyHall))?.[0] ?? ''
    await house.says(dev, `room bring ${code}`, deepWork)
    await house.app.db.updateTable('room_binding').set({ panel_channel: '1', panel_message: '1' }).execute()
    await house.says(ben, 'room join Hall', studyHall)
    await house.says(chae, 'room join Hall', studyHall)
    await house.says(dev, 'room join Hall', deepWork)
    expect(await jobs('discord-panel')).toHaveLength(1)
    expect(await jobs('slack-panel')).toHaveLength(1)
  })
  it('say nothing to a workspace that threw us out', async () => {
    await house.says(ada, 'room create Hall', studyHall)
    await house.app.db.updateTable('room_binding').set({ panel_channel: '1', panel_message: '1' }).execute()
    await house.app.db.updateTable('workspace').set({ uninstalled_at: house.clock.now() }).where('platform', '=', 'discord').execute()
    await house.clock.advance('25m')
    expect(await jobs('discord-panel')).toEqual([])
    expect(await lines()).toEqual([])
  })
})
