import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textOf } from './simulator/index.ts'
import { openStage, type Stage } from './testing/stage.ts'

describe.each(['sockets', 'http'] as const)('over %s', (mode) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({ mode })
  })
  afterAll(() => stage.close())

  test('/focus alone shows the next step to the person alone', async () => {
    const answer = await stage.ada.slash(stage.channel, '/focus')
    expect(answer).toMatchObject({ error: null, message: { onlyFor: stage.ada.id } })
    expect(answer.text).toContain('[Rooms here]')
  })

  test('a room opens as a panel for the channel, is joined by its button, and closes', async () => {
    const { ada, ben, channel, house, slack } = stage
    const opened = await ada.slash(channel, '/focus', 'room create "Deep work" focus:50')
    expect(opened).toMatchObject({ error: null, message: { onlyFor: null } })
    const panel = opened.message
    if (!panel) throw new Error('no panel')
    const shown = () => textOf(channel.messages.find((message) => message.ts === panel.ts) ?? null)
    expect(shown()).toContain('Deep work')
    await house.settle()
    const joined = await ben.press(panel, 'Join')
    expect(joined).toMatchObject({ error: null, message: { onlyFor: ben.id } })
    expect(joined.text).not.toContain('[Pause]')
    await house.settle()
    await slack.until(() => shown().includes('ada · ben'))
    await ada.press(panel, 'Pause')
    await house.settle()
    await slack.until(() => shown().includes('paused'))
    expect(channel.messages.filter((message) => message.onlyFor === null)).toHaveLength(1)
    await ada.slash(channel, '/focus', 'room close sure:yes')
    await house.settle()
    await slack.until(() => shown().includes('closed'))
  })

  test('a wrong word is answered to the person alone, in their language', async () => {
    const english = await stage.ben.slash(stage.channel, '/focus', 'room craete')
    expect(english).toMatchObject({ error: null, message: { onlyFor: stage.ben.id } })
    expect(english.text).toContain('/focus room create')
    const korean = await stage.chae.slash(stage.channel, '/focus', '방 만들가')
    expect(korean.text).toContain('/focus 방 만들기')
  })

  test('a form opens, stays open with its faults by the field, and is taken', async () => {
    const { ben, channel } = stage
    const opened = await ben.slash(channel, '/focus', 'settings set')
    expect(opened).toMatchObject({ error: null })
    const form = opened.view
    if (!form) throw new Error('no form')
    const refused = await ben.submit(form, { day_start: '99:99' })
    expect(refused.text).toContain('99:99')
    const again = ben.view
    if (!again) throw new Error('the form closed')
    const taken = await ben.submit(again, { day_start: '05:00', 'Time zone': 'Asia/Seoul' })
    expect(taken.errors).toEqual({})
    expect(taken.text).toContain('05:00')
    expect(taken.text).toContain('Asia/Seoul')
    await ben.dismiss()
  })

  test('a menu of a form offers what fits, and what was typed', async () => {
    const { ben, channel } = stage
    const { view } = await ben.slash(channel, '/focus', 'settings set')
    if (!view) throw new Error('no form')
    expect(await ben.suggest(view, 'Time zone', 'seo')).toEqual(['Asia/Seoul', 'seo'])
    await ben.dismiss()
  })

  test('somebody named in a command is that person', async () => {
    const { ada, ben, channel, house } = stage
    await ada.slash(channel, '/focus', 'room create "Hidden" private:yes')
    const invited = await ada.slash(channel, '/focus', 'room invite @ben')
    expect(invited.text).toContain('ben')
    const accounts = await house.app.db.selectFrom('identity').select('external_id').execute()
    expect(accounts.map((one) => one.external_id).every((id) => id.startsWith(`${stage.team.id}:`))).toBe(true)
    const joined = await ben.slash(channel, '/focus', 'room join Hidden')
    expect(joined.text).toContain('Hidden')
    expect(channel.messages.filter((message) => message.onlyFor === null && textOf(message).includes('Hidden'))).toEqual([])
    await ada.slash(channel, '/focus', 'room close sure:yes')
  })

  test('a panel speaks to its channel, in the language of its host where the workspace has none', async () => {
    const { ada, chae, channel, house } = stage
    await ada.slash(channel, '/focus', 'room create Tongue')
    await house.settle()
    const asked = await chae.slash(channel, '/focus', '방 정보 Tongue')
    expect(asked.message?.onlyFor).toBeNull()
    expect(asked.text).toContain('Here (1)')
    await ada.slash(channel, '/focus', 'room close sure:yes')
  })

  test('a panel is public only where its room lives', async () => {
    const { ada, team, channel } = stage
    const other = team.addChannel({ name: 'other', members: [ada, team.bot] })
    await ada.slash(channel, '/focus', 'room create Here')
    const looked = await ada.slash(other, '/focus', 'room info Here')
    expect(looked.message).toMatchObject({ onlyFor: ada.id })
    await ada.slash(channel, '/focus', 'room close sure:yes')
  })

  test('what people type never becomes markup for others', async () => {
    const { ada, channel } = stage
    const name = '*x* <!channel> <https://evil.example|bank> @here'
    const { message } = await ada.slash(channel, '/focus', `room create "${name}"`)
    expect(message?.mentions).toMatchObject({ users: [], broadcasts: [], channels: [] })
    expect(message?.mentions.links.filter(({ label }) => label === 'bank')).toEqual([])
    expect(textOf(message ?? null)).toContain('∗x∗ <!channel>')
    await ada.slash(channel, '/focus', 'room close sure:yes')
  })
})
