import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, type Stage } from './testing/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage({ patient: true })
})
afterAll(() => stage.close())

const settings = () => stage.house.app.db.selectFrom('workspace').selectAll().where('platform', '=', 'slack').executeTakeFirstOrThrow()

test('is for admins of Slack, in a form without what is Discord’s alone', async () => {
  const { ada, ben, channel } = stage
  expect((await ben.slash(channel, '/focus', 'setup')).text).toContain('Only admins')
  const shown = await ada.slash(channel, '/focus', 'setup')
  expect(shown.text).toContain('Setup of Acme')
  expect(shown.text).not.toContain('Voice')
  if (!shown.message) throw new Error('nothing was shown')
  const opened = await ada.press(shown.message, 'Change')
  const form = opened.view
  if (!form) throw new Error('no form')
  const fields = JSON.stringify(form)
  for (const there of ['field:language', 'field:zone', 'field:announce', 'field:room_channels', 'field:default_focus'])
    expect(fields).toContain(there)
  for (const absent of ['field:creator_roles', 'field:solo_voice', 'field:voice_allow', 'field:server_events'])
    expect(fields).not.toContain(absent)
  const taken = await ada.submit(form, { 'field:announce': [channel.id], 'field:default_focus': '50' })
  expect(taken.errors).toEqual({})
  expect(await settings()).toMatchObject({
    announcement_channel: channel.id,
    default_work_minutes: 50,
    others_stats: false,
    timezone: 'UTC',
  })
})
