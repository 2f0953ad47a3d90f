import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHouse } from '../../src/testing/house.ts'
import { startSlack as startBot } from './main.ts'
import { textOf } from './simulator/index.ts'
import { openStage, type Stage } from './testing/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage({ patient: true })
})
afterAll(() => stage.close())

describe('a form', () => {
  test('that could not open in time offers itself again', async () => {
    const { ben, channel, slack } = stage
    slack.faults.next({ method: 'views.open', fault: { error: 'expired_trigger_id' } })
    const late = await ben.slash(channel, '/focus', 'settings set')
    if (!late.message) throw new Error('nothing was said')
    const opened = await ben.press(late.message, 'Open it again')
    expect(opened.view?.spec.callback_id).toBe('form')
    await ben.dismiss()
  })

  test('whose answer takes long says so, then shows it', async () => {
    const { team, channel, slack } = stage
    const slow = team.addUser({ name: 'slow' })
    await channel.invite(slow)
    slack.faults.next({ method: 'users.info', fault: { error: 'user_not_found' } })
    const { view } = await slow.slash(channel, '/focus', 'settings set')
    if (!view) throw new Error('no form')
    slack.faults.next({ method: 'users.info', fault: { delayMs: 2_000 } })
    const waiting = await slow.submit(view, { day_start: '06:00' })
    expect(waiting).toMatchObject({ error: null })
    expect(waiting.text).toContain('One moment')
    await slack.until(() => textOf(slow.view).includes('06:00'))
    await slow.dismiss()
  })

  test('shows its faults by the field', async () => {
    const { ben, channel } = stage
    const { message } = await ben.slash(channel, '/focus', 'room create Mine')
    if (!message) throw new Error('no panel')
    const more = await ben.press(message, 'More')
    if (!more.message) throw new Error('no menu')
    const form = await ben.press(more.message, 'Settings')
    if (!form.view) throw new Error('no form')
    const refused = await ben.submit(form.view, { 'Long break after': '99' })
    expect(Object.keys(refused.errors)).toEqual(['field:long_break_after'])
    const taken = await ben.submit(ben.view ?? form.view, { 'Long break after': '3' })
    expect(taken.errors).toEqual({})
    await ben.dismiss()
    await ben.slash(channel, '/focus', 'room close sure:yes')
  })
})

test('a guest may join and no more', async () => {
  const { ada, team, channel } = stage
  const gil = team.addUser({ name: 'gil', isRestricted: true })
  await channel.invite(gil)
  expect((await gil.slash(channel, '/focus', 'room create Mine')).text).toContain('Guests')
  const { message } = await ada.slash(channel, '/focus', 'room create Open')
  if (!message) throw new Error('no panel')
  expect((await gil.press(message, 'Join')).text).toContain('You are in')
  await ada.slash(channel, '/focus', 'room close sure:yes')
})

test('whatever is typed is answered to the person alone, and calls nobody', async () => {
  const { chae, channel } = stage
  const piece = fc.constantFrom(
    'room',
    'create',
    '방',
    '만들기',
    'focus:',
    '"',
    '“',
    '<@U0>',
    '@ada',
    '&lt;',
    '<!here>',
    ':',
    ' ',
    '한',
    '😀',
    '*',
    '`',
    '\\',
    '50',
  )
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(' ')),
  )
  await fc.assert(
    fc.asyncProperty(typed, async (text) => {
      const answer = await chae.slash(channel, '/focus', text)
      expect(answer.error).toBeNull()
      expect(answer.message ?? answer.view).not.toBeNull()
      expect(answer.message?.mentions ?? { users: [], broadcasts: [] }).toMatchObject({ users: [], broadcasts: [] })
      await chae.dismiss()
    }),
    { numRuns: 30 },
  )
})

describe('the start', () => {
  test('does not wait for a Slack that can’t be reached, and the stop does not either', async () => {
    const house = await openHouse({
      env: { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', SLACK_API_URL: 'http://127.0.0.1:1/api/' },
    })
    const bot = await startBot(house.app)
    expect(bot.healthy()).toBe(false)
    const began = performance.now()
    await bot.stop()
    expect(performance.now() - began).toBeLessThan(4_000)
    await house.close()
  })

  test('with a token that Slack refuses goes on without that workspace', async () => {
    const { slack } = stage
    const house = await openHouse({ env: { SLACK_BOT_TOKEN: 'xoxb-wrong', SLACK_APP_TOKEN: slack.appToken, SLACK_API_URL: slack.apiUrl } })
    const bot = await startBot(house.app)
    expect(bot.healthy()).toBe(true)
    await bot.stop()
    expect(await house.app.db.selectFrom('slack_installation').selectAll().execute()).toEqual([])
    await house.close()
  })

  test('without any way to hear says which variable is missing', async () => {
    const house = await openHouse({ env: { SLACK_BOT_TOKEN: 'xoxb-1' } })
    await expect(startBot(house.app)).rejects.toThrow('SLACK_APP_TOKEN')
    await house.close()
  })
})
