import { expect, test } from 'vitest'
import { ada, root } from '../src/testing/cast.ts'
import { usePages } from './testing/pages.ts'
import { plain } from './testing/visitor.ts'

const pages = usePages()

test('the owner of this installation sets Home up on a page, without what chats alone know', async () => {
  const owner = await pages().signIn('owner')
  expect((await owner.get('/settings')).body).toContain('href="/setup"')
  expect((await owner.get('/setup')).body).toContain('Setup of')
  const [way = ''] = /\/form\/[^"]+/.exec(owner.page()) ?? []
  const form = await owner.get(plain(way))
  for (const there of ['o.language', 'o.zone', 'o.rooms_per_host', 'o.default_focus']) expect(form.body).toContain(`name="${there}"`)
  for (const absent of ['o.announce', 'o.creator_roles', 'o.room_channels', 'o.voice_allow', 'o.solo_voice'])
    expect(form.body).not.toContain(absent)
  expect(form.body).toContain('<option value="host" selected>As the host of each room speaks</option>')
  expect(form.body).toContain('value="UTC"')
  const [, press = ''] = /name="press" value="([^"]*)"/.exec(form.body) ?? []
  await owner.post('/form', { press: plain(press), 'o.default_focus': '50', 'o.zone': 'Asia/Seoul' })
  const home = await pages().house.app.db.selectFrom('workspace').selectAll().where('platform', '=', 'web').executeTakeFirstOrThrow()
  expect(home).toMatchObject({ default_work_minutes: 50, timezone: 'Asia/Seoul' })
  const wrong = await owner.post('/form', { press: plain(press), 'o.zone': 'Mars/Olympus' })
  expect(wrong).toMatchObject({ status: 422, body: expect.stringMatching(/id="field-zone-error".*Mars\/Olympus/s) })
})

test('channels of a chat are said to be chosen there', async () => {
  expect((await (await pages().signIn(root)).get('/setup')).body).toContain('Channels and roles are chosen in Discord, by /setup.')
  expect((await (await pages().signIn('owner')).get('/setup')).body).not.toContain('are chosen in')
})

test('others are told that it is for admins, and find no link', async () => {
  const guest = await pages().signIn(ada)
  expect((await guest.get('/settings')).body).not.toContain('href="/setup"')
  expect(await guest.get('/setup')).toMatchObject({ status: 422, body: expect.stringContaining('Only admins') })
  expect((await guest.get('/diagnose')).body).toContain('Ask this in the channel')
})
