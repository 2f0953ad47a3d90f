import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Message, textOf } from './simulator/index.ts'
import { openStage, type Stage } from './testing/stage.ts'

let stage: Stage
let rooms = 0
beforeAll(async () => {
  stage = await openStage()
})
afterEach(async () => {
  stage.slack.faults.clear()
  await stage.ada.slash(stage.channel, '/focus', 'room close sure:yes')
  await stage.house.settle()
})
afterAll(() => stage.close())

const isPublic = (message: Message) => message.onlyFor === null
const panels = (channel: Stage['channel'], name: string) =>
  channel.messages.filter((message) => isPublic(message) && textOf(message).includes(name))

async function open(channel = stage.channel): Promise<{ name: string; answer: Awaited<ReturnType<Stage['ada']['slash']>> }> {
  rooms += 1
  const name = `Room ${rooms}`
  return { name, answer: await stage.ada.slash(channel, '/focus', `room create "${name}"`) }
}

describe('a channel the app is not in', () => {
  test.each([true, false])('private: %s — says what to do, and the room opens after an invitation', async (isPrivate) => {
    const { ada, team, slack, house } = stage
    const quiet = team.addChannel({ name: `quiet-${isPrivate}`, private: isPrivate, members: [ada] })
    const { name, answer } = await open(quiet)
    expect(answer).toMatchObject({ error: null, message: { onlyFor: ada.id } })
    expect(answer.text).toContain('/invite @Focus Mate')
    expect(answer.text).toContain(isPrivate ? 'this channel' : '#quiet-false')
    const asked = answer.message
    if (!asked) throw new Error('no answer')
    await quiet.invite(team.bot)
    await ada.press(asked, 'Try again')
    await slack.until(() => panels(quiet, name).length === 1)
    await house.settle()
    expect(quiet.messages.some((message) => message.onlyFor === ada.id)).toBe(false)
  })

  test('it opens in the direct messages instead, and lives there', async () => {
    const { ada, ben, team, slack, house } = stage
    const quiet = team.addChannel({ name: 'still-quiet', members: [ada, ben] })
    const { name, answer } = await open(quiet)
    if (!answer.message) throw new Error('no answer')
    await ada.press(answer.message, 'Open it in my DM')
    const inDirect = () => ada.dm().messages.find((message) => textOf(message).includes(name))
    await slack.until(() => inDirect() !== undefined)
    await ben.slash(quiet, '/focus', `room join "${name}"`)
    await house.settle()
    await slack.until(() => textOf(inDirect() ?? null).includes('ben'))
  })

  test('a room that became private leaves no panel in the direct messages of somebody it may put out', async () => {
    const { ada, ben, team, slack, house } = stage
    const quiet = team.addChannel({ name: 'quiet-then-secret', members: [ada, ben] })
    const { name } = await open(quiet)
    const { message } = await ben.slash(quiet, '/focus', `room info "${name}"`)
    if (!message) throw new Error('no answer')
    await ben.press(message, 'Open it in my DM')
    const withBen = () => ben.dm().messages.filter((one) => textOf(one).includes(name))
    await slack.until(() => withBen().length === 1)
    await ada.slash(quiet, '/focus', 'room edit private:yes')
    await house.settle()
    await slack.until(() => withBen().length === 0)
  })

  test('an archived channel is said to be one', async () => {
    const { ada, team } = stage
    const old = team.addChannel({ name: 'old', members: [ada, team.bot] })
    old.archive()
    const { answer } = await open(old)
    expect(answer.text).toContain('archived')
  })
})

describe('Slack in trouble', () => {
  test('a rate limit is waited out, and the last state arrives', async () => {
    const { ben, slack, house, channel } = stage
    slack.faults.next({ method: 'chat.postMessage', fault: { ratelimited: 1 } })
    const { name, answer } = await open()
    expect(answer.message).toMatchObject({ onlyFor: null })
    slack.faults.next({ method: 'chat.update', fault: { ratelimited: 1 }, times: 2 })
    await ben.slash(channel, '/focus', `room join "${name}"`)
    await house.settle()
    await slack.until(() => textOf(panels(channel, name)[0] ?? null).includes('ada · ben'))
  })

  test.each(['before', 'after'] as const)('a line cut %s the deed leaves one panel', async (cut) => {
    const { slack, house, channel } = stage
    slack.faults.next({ method: 'chat.postMessage', fault: { cut } })
    const { name } = await open()
    await slack.until(() => panels(channel, name).length > 0)
    await house.settle()
    expect(panels(channel, name)).toHaveLength(1)
  })

  test('a 500 after the deed leaves one panel', async () => {
    const { slack, house, channel } = stage
    slack.faults.next({ method: 'chat.postMessage', fault: { status: 503 }, times: 2 })
    const { name } = await open()
    await slack.until(() => panels(channel, name).length > 0)
    await house.settle()
    expect(panels(channel, name)).toHaveLength(1)
  })

  test('without knowing somebody they are no more than a guest', async () => {
    const { slack, team, channel } = stage
    const eve = team.addUser({ name: 'eve' })
    await channel.invite(eve)
    slack.faults.next({ method: 'users.info', fault: { status: 500 } })
    const refused = await eve.slash(channel, '/focus', 'room create Eves')
    expect(refused.message).toMatchObject({ onlyFor: eve.id })
    expect(refused.text).toContain('Slack did not answer when I asked who you are')
    const opened = await eve.slash(channel, '/focus', 'room create Eves')
    expect(opened.message).toMatchObject({ onlyFor: null })
    await eve.slash(channel, '/focus', 'room close sure:yes')
  })

  test('a panel that somebody deleted is not posted again', async () => {
    const { ben, slack, house, channel } = stage
    const { name } = await open()
    await house.settle()
    slack.faults.next({ method: 'chat.update', fault: { error: 'message_not_found' } })
    const before = panels(channel, name).length
    await ben.slash(channel, '/focus', `room join "${name}"`)
    await house.settle()
    expect(panels(channel, name)).toHaveLength(before)
    expect(await house.app.queue.failed()).toEqual([])
  })
})

describe('sockets', () => {
  test('no command is lost while one is replaced', async () => {
    const { slack, ben, channel } = stage
    await slack.until(() => slack.openSockets() >= 2)
    for (const end of [
      () => slack.disconnectSockets('refresh_requested'),
      () => slack.cutSockets('oldest'),
      () => slack.disconnectSockets('warning'),
    ]) {
      end()
      const answers = []
      for (let count = 0; count < 10; count += 1) {
        answers.push(await ben.slash(channel, '/focus', 'room list'))
        await wait(20)
      }
      expect(answers.map((answer) => answer.error)).toEqual(answers.map(() => null))
      await slack.until(() => slack.openSockets() >= 2)
    }
  })

  test('both come back at once after all were cut', async () => {
    const { slack, ben, channel, bot } = stage
    slack.cutSockets('all')
    await slack.until(() => slack.openSockets() >= 2)
    expect(bot.healthy()).toBe(true)
    expect(await ben.slash(channel, '/focus', 'room list')).toMatchObject({ error: null })
  })
})
