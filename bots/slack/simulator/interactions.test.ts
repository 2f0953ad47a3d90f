import type { App, BlockAction, ButtonAction, StaticSelectAction, types } from '@slack/bolt'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ChannelHandle, type LocalSlack, type Person, startSlack, textOf, type Workspace } from './index.ts'
import { type Running, startInSocketMode } from './testing/bolt-app.ts'

let slack: LocalSlack
let team: Workspace
let ada: Person
let ben: Person
let general: ChannelHandle
let running: Running | null = null
let aheadMs = 0

const words = (text: string) => ({ type: 'plain_text' as const, text })
const modal = (title: string, blocks: types.KnownBlock[] = []): types.ModalView => ({
  type: 'modal',
  callback_id: 'form',
  title: words(title),
  submit: words('OK'),
  blocks,
})

beforeEach(async () => {
  aheadMs = 0
  slack = await startSlack({ now: () => Date.now() + aheadMs, deadlines: { ackMs: 500, patienceMs: 300 } })
  team = slack.addTeam({ name: 'Reading Club' }).install()
  ada = team.addUser({ name: 'ada' })
  ben = team.addUser({ name: 'ben' })
  general = team.addChannel({ name: 'general', members: [ada, ben, team.bot] })
})

afterEach(async () => {
  await running?.stop()
  running = null
  await slack.close()
})

const start = async (wiring: (app: App) => void): Promise<App> => {
  running = await startInSocketMode(slack, team, wiring, 1)
  return running.app
}

const errorsOf = (method: string) => slack.requests.filter((one) => one.method === method).map((one) => one.error)

test('a trigger older than three seconds opens nothing', async () => {
  await start((app) =>
    app.command('/focus', async ({ ack, client, command }) => {
      await ack()
      aheadMs += 3001
      await client.views.open({ trigger_id: command.trigger_id, view: modal('Late') })
    }),
  )
  expect((await ada.slash(general, '/focus')).view).toBeNull()
  expect(errorsOf('views.open')).toEqual(['expired_trigger_id'])
})

test('a form is drawn anew by its answer and keeps what was typed', async () => {
  const field = (id: string): types.KnownBlock => ({
    type: 'input',
    block_id: id,
    optional: true,
    label: words(id),
    element: { type: 'plain_text_input', action_id: 'text' },
  })
  await start((app) => {
    app.command('/focus', async ({ ack, client, command }) => {
      await client.views.open({ trigger_id: command.trigger_id, view: modal('First', [field('name')]) })
      await ack()
    })
    app.view('form', ({ ack, view }) =>
      ack({ response_action: 'update', view: modal(`Again ${view.state.values.name?.text?.value}`, [field('name'), field('more')]) }),
    )
  })
  const { view } = await ada.slash(general, '/focus')
  if (!view) throw new Error('no form opened')
  const answer = await ada.submit(view, { name: 'Deep work' })
  expect(answer.text).toContain('Again Deep work')
  expect(ada.view?.values.name?.text?.value).toBe('Deep work')
  await ada.dismiss()
  expect(ada.view).toBeNull()
})

test('a second form is pushed on the first, three at most', async () => {
  await start((app) => {
    app.command('/focus', async ({ ack, client, command }) => {
      await client.views.open({
        trigger_id: command.trigger_id,
        view: modal('1', [{ type: 'actions', elements: [{ type: 'button', action_id: 'more', text: words('More') }] }]),
      })
      await ack()
    })
    app.action<BlockAction<ButtonAction>>('more', async ({ ack, client, body }) => {
      await ack()
      await client.views.push({ trigger_id: body.trigger_id, view: modal('next') })
    })
  })
  const { view } = await ada.slash(general, '/focus')
  if (!view) throw new Error('no form opened')
  for (let depth = 0; depth < 3; depth += 1) await ada.press(view, 'More')
  expect(errorsOf('views.push')).toEqual([null, null, 'push_limit_reached'])
})

test('a menu in a home and an external select reach the app', async () => {
  const heard: unknown[] = []
  const app = await start((one) => {
    one.action<BlockAction<StaticSelectAction>>('length', async ({ ack, action }) => {
      await ack()
      heard.push(action.selected_option.value)
    })
    one.options('room', ({ ack, payload }) =>
      ack({
        options: ['Deep work', 'Reading']
          .filter((name) => name.includes(payload.value))
          .map((name) => ({ text: words(name), value: name })),
      }),
    )
  })
  const menu: types.ActionsBlock = {
    type: 'actions',
    elements: [
      { type: 'static_select', action_id: 'length', options: [25, 50].map((one) => ({ text: words(`${one} min`), value: String(one) })) },
      { type: 'external_select', action_id: 'room', min_query_length: 1 },
    ],
  }
  await app.client.views.publish({ token: team.botToken, user_id: ada.id, view: { type: 'home', blocks: [menu] } })
  if (!ada.home) throw new Error('no home')
  await ada.select(ada.home, 'length', '50 min')
  expect(heard).toEqual(['50'])
  expect(await ada.suggest(ada.home, 'room', 'Deep')).toEqual(['Deep work'])
  await expect(ada.select(ada.home, 'length', '90')).rejects.toThrow('no choice here')
})

test('shortcuts open forms, on a message with its text', async () => {
  await start((app) => {
    app.shortcut({ type: 'message_action', callback_id: 'report' }, async ({ ack, client, shortcut }) => {
      await ack()
      if (shortcut.type !== 'message_action') return
      await client.views.open({
        trigger_id: shortcut.trigger_id,
        view: modal('Report', [{ type: 'section', text: words(shortcut.message.text ?? '') }]),
      })
    })
    app.shortcut('start', async ({ ack, client, shortcut }) => {
      await ack()
      await client.views.open({ trigger_id: shortcut.trigger_id, view: modal('Start') })
    })
  })
  const message = await ben.say(general, 'hello')
  expect((await ada.shortcut('message', 'report', message)).text).toContain('hello')
  expect((await ada.shortcut('global', 'start')).text).toContain('Start')
})

test('an answer may be replaced and taken away by its response_url, for five uses and half an hour', async () => {
  let url = ''
  await start((app) =>
    app.command('/focus', async ({ ack, command }) => {
      url = command.response_url
      await ack('one')
    }),
  )
  const answer = async (body: object): Promise<number> =>
    (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).status
  await ada.slash(general, '/focus')
  expect(await answer({ text: 'two', replace_original: true })).toBe(200)
  expect(ada.sees(general).map((one) => one.text)).toEqual(['two'])
  expect(await answer({ delete_original: true })).toBe(200)
  expect(ada.sees(general)).toEqual([])
  expect(await answer({ text: 'three', response_type: 'in_channel' })).toBe(200)
  expect(ben.sees(general).map(textOf)).toEqual(['three'])
  expect([await answer({ text: 'four' }), await answer({ text: 'five' }), await answer({ text: 'six' })]).toEqual([200, 200, 404])
  await ada.slash(general, '/focus')
  aheadMs += 30 * 60_000 + 1
  expect(await answer({ text: 'late' })).toBe(404)
})
