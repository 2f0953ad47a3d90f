import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textOf } from './simulator/index.ts'
import { openStage, type Stage, until } from './testing/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

describe('a room on Discord', () => {
  test('opens with one step, and its panel is the answer', async () => {
    const { ada, general } = stage
    const answer = await ada.slash(general, 'room create', { name: 'Deep *work*' })
    expect(answer.kind).toBe('message')
    expect(answer.ephemeral).toBe(false)
    expect(answer.text).toContain('Deep \\*work\\*')
    expect(answer.text).toContain('focus')
    expect(answer.text).toMatch(/<t:\d+:t>/)
    expect(answer.text).toContain('[Join]')
  })

  test('is joined by its panel, and the panel shows it', async () => {
    const { ben, general, house, reads } = stage
    const panel = stage.discord.messagesIn(general).at(-1)
    if (!panel) throw new Error('there is a panel')
    const answer = await ben.press(panel, 'Join')
    expect(answer.ephemeral).toBe(true)
    expect(answer.text).toContain('You are in.')
    expect(answer.text, 'the panel stands beside it').not.toContain('[')
    await house.settle()
    await until(() => textOf(panel).includes('Ben'), 'the panel names Ben')
    expect(reads(general)).toHaveLength(1)
  })

  test('is paused by its host in place, without another message', async () => {
    const { ada, general, house, discord } = stage
    const [panel] = discord.messagesIn(general)
    if (!panel) throw new Error('there is a panel')
    const answer = await ada.press(panel, 'Pause')
    expect(answer.message?.id).toBe(panel.id)
    expect(textOf(panel)).toContain('Ada paused')
    expect(textOf(panel), 'everybody finds their way in and out').toMatch(/\[Join\].*\[Leave\]/s)
    await house.settle()
    expect(discord.messagesIn(general)).toHaveLength(1)
  })

  test('refuses in private', async () => {
    const { ben, general, discord } = stage
    const [panel] = discord.messagesIn(general)
    if (!panel) throw new Error('there is a panel')
    const answer = await ben.press(panel, 'Resume')
    expect(answer.ephemeral).toBe(true)
    expect(answer.text).toContain('Only the host, Ada')
    expect(answer.text).toContain('[Ask for a vote]')
  })

  test('speaks Korean to who speaks it, by Korean names too', async () => {
    const { chae, general } = stage
    const answer = await chae.slash(general, '타이머 상태', { 방: 'Deep *work*' })
    expect(answer.ephemeral).toBe(true)
    expect(answer.text).toContain('집중')
  })

  test('is suggested while its name is typed', async () => {
    const { ben, general } = stage
    const answer = await ben.autocomplete(general, 'room info', { room: 'deep' })
    expect(answer.choices.map(({ name }) => name)).toEqual(['Deep *work*'])
  })
})

describe('a form', () => {
  test('comes in parts where it is long, and saves each', async () => {
    const { ada, general, house, discord } = stage
    const parts = await ada.slash(general, 'room edit')
    expect(parts.ephemeral).toBe(true)
    const [first] = JSON.stringify(parts.message?.components).match(/~0[^"]*/) ?? []
    const form = await ada.press(parts, first ?? '')
    expect(form.kind).toBe('modal')
    const answer = await ada.submit(form, { name: 'Shallow work' })
    expect(answer.ephemeral).toBe(true)
    await house.settle()
    const [panel] = discord.messagesIn(general)
    await until(() => panel !== undefined && textOf(panel).includes('Shallow work'), 'the panel has the new name')
  })
})

describe('a button of long ago', () => {
  test('says so in private', async () => {
    const { ben, general, discord } = stage
    const [panel] = discord.messagesIn(general)
    if (!panel) throw new Error('there is a panel')
    await expect(ben.press(panel, 'no such button')).rejects.toThrow()
  })
})

describe('a menu', () => {
  test('invites a person', async () => {
    const { ada, ben, general } = stage
    const answer = await ada.userMenu(general, 'Invite to room', ben)
    expect(answer.ephemeral).toBe(true)
    expect(answer.text).not.toBe('')
  })
})

describe('in a direct message', () => {
  test('commands answer too', async () => {
    const { ben } = stage
    const answer = await ben.slash(ben.directMessages(), 'settings show')
    expect(answer.text).toContain('Your settings')
  })
})
