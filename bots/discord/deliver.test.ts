import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Message, textOf } from './simulator/index.ts'
import { openStage, type Stage, until } from './testing/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
  const { ada, ben, general, house } = stage
  await ada.slash(general, 'room create', { name: 'Hall' })
  await ben.press(panel(), 'Join')
  await house.settle()
})
afterAll(() => stage.close())

const ofBot = (): Message[] => stage.discord.messagesIn(stage.general).filter(({ authorId }) => authorId === stage.discord.applicationId)

/** The message that has the buttons of the room. */
function panel(): Message {
  const found = ofBot().findLast((message) => textOf(message).includes('[Leave]'))
  if (!found) throw new Error('there is no panel')
  return found
}

const lines = (): string[] =>
  ofBot()
    .filter((message) => !textOf(message).includes('[Leave]'))
    .map(textOf)

describe('a phase line', () => {
  test('says the new phase and takes the place of the last one', async () => {
    const { house } = stage
    await house.clock.advance('25m')
    await until(() => lines().some((line) => line.includes('Break until')), 'the break is said')
    await house.clock.advance('5m')
    await until(() => lines().some((line) => line.includes('round 2')), 'the next round is said')
    await until(() => lines().length === 1, 'the last line is gone')
  })

  test('rings exactly those present who asked to be called', async () => {
    const { ada, ben, general, house } = stage
    const more = await ben.press(panel(), 'More')
    const [id] = JSON.stringify(more.message?.components).match(/settings\.ping[^"]*/) ?? []
    await ben.select(more, id ?? '', ['both'])
    const before = ben.pingedIn(general).length
    await house.clock.advance('25m')
    await until(() => ben.pingedIn(general).length === before + 1, 'Ben is called')
    expect(ada.pingedIn(general)).toHaveLength(0)
  })
})

describe('the last line', () => {
  test('goes when the timer is stopped and nobody else needs to hear it', async () => {
    const { mo, guild, discord, house } = stage
    const cell = guild.addChannel({ name: 'cell' })
    await mo.slash(cell, 'room create', { name: 'Cell' })
    await house.clock.advance('25m')
    await until(() => discord.messagesIn(cell).length === 2, 'the break is said')
    await mo.slash(cell, 'timer stop')
    await until(() => discord.messagesIn(cell).length === 1, 'the line is gone')
    await mo.slash(cell, 'room close')
  })
})

describe('a panel', () => {
  test('shows every change, the last one too', async () => {
    const { ada, house } = stage
    for (const deed of ['Pause', 'Resume', 'Pause', 'Resume', 'Pause']) await ada.press(panel(), deed)
    await house.settle()
    await until(() => textOf(panel()).includes('Ada paused'), 'the pause is shown')
    await ada.press(panel(), 'Resume')
  })

  test('comes down at a phase change after thirty messages of others, and not before', async () => {
    const { ben, general, house } = stage
    const first = panel()
    for (let n = 0; n < 29; n += 1) ben.say(general, `message ${n}`)
    await house.clock.advance('25m')
    await house.settle()
    expect(panel().id).toBe(first.id)
    ben.say(general, 'one more')
    await house.clock.advance('25m')
    await until(() => panel().id !== first.id, 'the panel is below')
    await until(() => ofBot().every(({ id }) => id !== first.id), 'the old panel is gone')
  })

  test('that somebody deleted is not posted again', async () => {
    const { ada, general, house, discord } = stage
    const gone = panel()
    general.messages?.delete(gone.id)
    await ada.slash(general, 'room leave')
    await house.settle()
    expect(discord.messagesIn(general).some((message) => textOf(message).includes('[Leave]'))).toBe(false)
    await ada.slash(general, 'room join', { room: 'Hall' })
  })
})

describe('a notice', () => {
  test('comes as a direct message, and its button works there', async () => {
    const { ada, chae, general, house } = stage
    await chae.slash(general, '설정 보기')
    await ada.userMenu(general, 'Invite to room', chae)
    await house.settle()
    const direct = chae.directMessages()
    await until(() => chae.sees(direct).length === 1, 'the invitation is there')
    const [invitation] = chae.sees(direct)
    if (!invitation) throw new Error('there is an invitation')
    expect(textOf(invitation)).toContain('Hall')
    const answer = await chae.press(invitation, '들어가기')
    expect(answer.text).not.toContain('Not done')
  })

  test('to somebody who takes none is given up', async () => {
    const { discord, ada, guild, general, house } = stage
    const shy = discord.addUser({ name: 'Shy', acceptsDirectMessages: false })
    guild.addMember(shy)
    await ada.userMenu(general, 'Invite to room', shy)
    await house.settle()
    expect(shy.sees(shy.directMessages())).toHaveLength(0)
  })
})

describe('trouble at Discord', () => {
  test('of any kind delays a line but never doubles it', async () => {
    const { ada, discord, general, house } = stage
    const isPost = ({ method, path }: { method: string; path: string }) => method === 'POST' && path.endsWith('/messages')
    await ada.slash(general, 'room join', { room: 'Hall' })
    await ada.slash(general, 'timer start')
    await house.settle()
    for (const failure of ['lost', 500, 502, 429, 'cut'] as const) {
      // Whoever gives no sign for two breaks is taken to be gone, and an empty room says nothing.
      await ada.slash(general, 'timer status')
      discord.faults.failNext(1, failure, isPost)
      await house.clock.advance('30m')
      await house.settle()
      await until(() => lines().length === 1 && lines()[0]?.includes('until') === true, `one line is there after ${failure}`)
    }
  })
})
