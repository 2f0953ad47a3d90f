import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Caller } from '../../commands/perform.ts'
import type { Screen } from '../../screens/screen.ts'
import { ada, ben, chae, deepWork, dev, guest, mo, root, studyHall } from '../../testing/cast.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { plainText } from '../../testing/plain.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

/** The same person on the web, signed in to the workspace they were last seen in. */
async function onWeb(name: string): Promise<Caller> {
  return house.app.db
    .selectFrom('user')
    .innerJoin('workspace_member as m', 'm.user_id', 'user.id')
    .select(['user.id as person', 'm.workspace_id as workspace'])
    .where('display_name', '=', name)
    .executeTakeFirstOrThrow()
}

const codeIn = (shared: string): string => /[2-9A-HJ-NP-Z]{8}/.exec(shared)?.[0] ?? ''

describe('a role on the web', () => {
  it('is believed for 15 minutes after the platform told it', async () => {
    await house.says(mo, 'help', studyHall)
    const web = await onWeb('Mo')
    await house.clock.jump('16m')
    expect(await house.says(web, 'room create Late keep:yes')).toContain('Only moderators make a room that stays open.')
    await house.says(mo, 'help', studyHall)
    expect(await house.says(web, 'room create Fresh keep:yes')).toContain('run by The Library')
  })
  it('takes away no room when it is older', async () => {
    await house.says(dev, 'room create "Far away"', deepWork)
    const code = codeIn(await house.says(dev, 'room share', deepWork))
    await house.says(mo, `room bring ${code}`, studyHall)
    const web = await onWeb('Mo')
    await house.clock.jump('16m')
    expect(await house.says(web, 'room unbind "Far away"')).toContain('Only the host, Dev, can do that.')
    await house.says(mo, 'help', studyHall)
    expect(await house.says(web, 'room unbind "Far away"')).toContain('no longer lives here')
  })
})

describe('a guest', () => {
  it('joins rooms, no more: invites nobody and becomes no host', async () => {
    await house.says(dev, 'room create Open', deepWork)
    await house.says(guest, 'room join Open', deepWork)
    await house.says(
      { ...dev, sighting: { ...(dev as Extract<Caller, { sighting: object }>).sighting, externalId: 'T1:U9', displayName: 'Eun' } },
      'help',
      deepWork,
    )
    expect(await house.says(guest, 'room invite @Eun', deepWork)).toContain('Guests can join rooms here, but not invite to them.')
    expect(await house.says(dev, 'room transfer @Gil', deepWork)).toContain('Guests can join rooms, but not host them.')
  })
})

describe('somebody kept out', () => {
  it('does not come back in with a code', async () => {
    await house.says(dev, 'help', deepWork)
    await house.says(ada, 'room create Secret private:yes', studyHall)
    const code = codeIn(await house.says(ada, 'room share', studyHall))
    await house.says(dev, `room bring ${code}`, deepWork)
    await house.says(dev, 'room join Secret', deepWork)
    expect(await house.says(ada, 'room ban @Dev', studyHall)).toContain('can’t come back')
    const again = codeIn(await house.says(ada, 'room share', studyHall))
    expect(await house.says(dev, `room bring ${again}`, { ...deepWork, channel: 'C2' })).toContain('This code is unknown')
    expect(await house.says(dev, 'room list', deepWork)).not.toContain('Secret')
  })
})

describe('the people of a room', () => {
  const named = ({ blocks }: Screen, command: string) =>
    blocks.flatMap((block) => (block.kind === 'select' && block.press.command === command ? block.choices : []))

  it('are sent out, kept out, let in again and made host by a choice among them', async () => {
    await house.says(ada, 'room create Hall', studyHall)
    for (const one of [ben, chae]) await house.says(one, 'room join Hall', studyHall)
    expect(await house.says(ada, 'room more', studyHall)).toContain('[People]')
    expect((await house.does(ben, 'room people', {}, studyHall)).outcome).toBe('refused')
    const { screen } = await house.does(ada, 'room people', {}, studyHall)
    const { id: room } = await house.app.db.selectFrom('room').select('id').executeTakeFirstOrThrow()
    expect(named(screen, 'room kick').map(({ label }) => label)).toEqual(['Ben', '채'])
    // A moderator hands over what is not theirs.
    expect(await house.says(mo, 'room people room:Hall', studyHall)).toContain('Make host: (Ben)')
    const [, second] = named(screen, 'room ban')
    const banned = await house.does(ada, 'room ban', { room, user: second?.value ?? '' }, studyHall)
    expect(named(banned.screen, 'room unban').map(({ label }) => label)).toEqual(['채'])
    const back = await house.does(ada, 'room unban', { room, user: second?.value ?? '' }, studyHall)
    expect(named(back.screen, 'room unban')).toEqual([])
    const [first] = named(back.screen, 'room transfer')
    const given = await house.does(ada, 'room transfer', { room, user: first?.value ?? '' }, studyHall)
    expect(plainText(given.screen, given.reader)).toBe('Ben is the host now.')
    expect((await house.does(ada, 'room people', {}, studyHall)).outcome).toBe('refused')
  })

  it('are not named to a host where nobody may see them, and can be let in again', async () => {
    await house.says(ada, 'room create Hall', studyHall)
    await house.says(ben, 'room join Hall', studyHall)
    await house.says(ada, 'room ban @Ben', studyHall)
    await house.says(ben, 'settings set visibility:me', studyHall)
    const { screen } = await house.does(ada, 'room people', {}, studyHall)
    const [banned] = named(screen, 'room unban')
    expect(banned?.label).toEqual({ key: 'people.somebody' })
    const { id: room } = await house.app.db.selectFrom('room').select('id').executeTakeFirstOrThrow()
    const back = await house.does(ada, 'room unban', { room, user: banned?.value ?? '' }, studyHall)
    expect(named(back.screen, 'room unban')).toEqual([])
  })

  it('who may host every room are not banned from one', async () => {
    await house.says(ada, 'room create Hall', studyHall)
    await house.says(root, 'room join Hall', studyHall)
    expect(await house.says(ada, 'room ban @Root', studyHall)).toContain('Root is a moderator and may enter every room here')
    expect(await house.app.db.selectFrom('room_ban').selectAll().execute()).toEqual([])
  })

  it('are asked about before their room closes', async () => {
    await house.says(ada, 'room create Hall', studyHall)
    await house.says(ben, 'room join Hall', studyHall)
    expect(await house.says(ada, 'room close', studyHall)).toMatch(
      /Close “Hall” for everyone\?[\s\S]*2 people are here[\s\S]*\[Close room\]/,
    )
    expect(await house.says(ada, 'timer status', studyHall)).toContain('Here (2)')
    expect(await house.says(ada, 'room close sure:yes', studyHall)).toContain('“Hall” is closed.')
  })
})

describe('a refusal', () => {
  it('names whoever can do it: the acting host while the owner is away', async () => {
    await house.says(ada, 'room create Hall', studyHall)
    await house.says(ben, 'room join Hall', studyHall)
    await house.says(chae, 'room join Hall', studyHall)
    await house.says(ada, 'room leave', studyHall)
    expect(await house.says(chae, 'timer pause', studyHall)).toContain('방장 Ben 님만 멈출 수 있어요.')
  })
})

describe('a voice channel', () => {
  it('is named where it is: nowhere else can a room be put into it', async () => {
    await house.says(ada, 'help', studyHall)
    const web = await onWeb('Ada')
    expect(await house.says(web, 'room create Far voice:999')).toContain('Choose a voice channel where it is')
    await house.says(ada, 'room create Near', studyHall)
    expect(await house.says(web, 'room edit room:Near voice:999')).toContain('Choose a voice channel where it is')
    await house.says(ada, 'room edit room:Near voice:999', { ...studyHall, channel: '556' })
    const bound = await house.app.db.selectFrom('room_binding').select(['channel', 'voice_channel']).execute()
    expect(bound).toEqual([{ channel: '555', voice_channel: '999' }])
  })
})
