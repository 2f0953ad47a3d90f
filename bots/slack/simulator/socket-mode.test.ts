import { setTimeout as pause } from 'node:timers/promises'
import type { App, types } from '@slack/bolt'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ChannelHandle, type LocalSlack, type Person, startSlack, textOf, type Workspace } from './index.ts'
import { type Running, startInSocketMode } from './testing/bolt-app.ts'

let slack: LocalSlack
let team: Workspace
let ada: Person
let ben: Person
let general: ChannelHandle
let running: Running | null = null

const form: types.ModalView = {
  type: 'modal',
  callback_id: 'room',
  title: { type: 'plain_text', text: 'New room' },
  submit: { type: 'plain_text', text: 'Create' },
  blocks: [
    {
      type: 'input',
      block_id: 'name',
      label: { type: 'plain_text', text: 'Name' },
      element: { type: 'plain_text_input', action_id: 'text', max_length: 100 },
    },
    {
      type: 'input',
      block_id: 'length',
      optional: true,
      label: { type: 'plain_text', text: 'Length' },
      element: {
        type: 'static_select',
        action_id: 'pick',
        options: [25, 50].map((one) => ({ text: { type: 'plain_text', text: `${one} min` }, value: String(one) })),
      },
    },
  ],
}

const panel = (words: string) => ({
  text: words,
  blocks: [
    { type: 'section' as const, text: { type: 'mrkdwn' as const, text: words } },
    {
      type: 'actions' as const,
      elements: [{ type: 'button' as const, text: { type: 'plain_text' as const, text: 'Pause' }, action_id: 'pause', value: '1' }],
    },
  ],
})

beforeEach(async () => {
  slack = await startSlack({ deadlines: { ackMs: 400, patienceMs: 300, eventRetryMs: [0, 50, 200, 800] } })
  team = slack.addTeam({ name: 'Reading Club' }).install({ scopes: ['commands', 'chat:write', 'users:read', 'channels:read'] })
  ada = team.addUser({ name: 'ada', isAdmin: true })
  ben = team.addUser({ name: 'ben', locale: 'ko-KR', tz: 'Asia/Seoul' })
  general = team.addChannel({ name: 'general', members: [ada, ben] })
  await general.invite(team.bot)
})

afterEach(async () => {
  await running?.stop()
  running = null
  await slack.close()
})

const start = async (wiring: (app: App) => void, sockets = 2): Promise<void> => {
  running = await startInSocketMode(slack, team, wiring, sockets)
}

test('a command arrives with mentions escaped and its answer is seen by the person alone', async () => {
  await start((app) => app.command('/focus', ({ ack, command }) => ack({ text: `you said ${command.text}` })))
  const answer = await ada.slash(general, '/focus', 'invite @ben to #general & <now>')
  expect(answer.text).toBe(`you said invite <@${ben.id}|ben> to <#${general.id}|general> & <now>`)
  expect(ada.sees(general)).toHaveLength(1)
  expect(ben.sees(general)).toHaveLength(0)
  expect((await ada.slash(general, '/other')).error).toBe('unknown_command')
})

test('a command that is not acknowledged in time shows operation_timeout', async () => {
  await start((app) =>
    app.command('/focus', async ({ ack }) => {
      await pause(600)
      await ack('late')
    }),
  )
  const answer = await ada.slash(general, '/focus')
  expect(answer.error).toBe('operation_timeout')
  expect(ada.sees(general)).toHaveLength(0)
})

test('without a socket the person reads dispatch_failed', async () => {
  expect((await ada.slash(general, '/focus')).error).toBe('dispatch_failed')
})

test('a form opens, refuses, and is submitted', async () => {
  const submitted: unknown[] = []
  await start((app) => {
    app.command('/focus', async ({ ack, client, command }) => {
      await client.views.open({ trigger_id: command.trigger_id, view: form })
      await ack()
    })
    app.view('room', async ({ ack, view, client, body }) => {
      const name = view.state.values.name?.text?.value
      if (name === 'taken') return ack({ response_action: 'errors', errors: { name: 'That name is taken' } })
      submitted.push([name, view.state.values.length?.pick?.selected_option?.value])
      await ack()
      await client.chat.postMessage({ channel: general.id, text: `${body.user.name} opened ${name}` })
    })
  })
  const { view } = await ada.slash(general, '/focus')
  if (!view) throw new Error('no form opened')
  expect(textOf(view)).toContain('New room')
  expect((await ada.submit(view)).errors).toEqual({ name: 'Please complete this required field.' })
  expect((await ada.submit(view, { Name: 'taken' })).errors).toEqual({ name: 'That name is taken' })
  expect(ada.view?.id).toBe(view.id)
  await ada.submit(view, { Name: 'Deep work', length: '50 min' })
  expect(submitted).toEqual([['Deep work', '50']])
  expect(ada.view).toBeNull()
  await slack.until(() => ben.sees(general).some((one) => one.text === 'ada opened Deep work'))
})

test('a button edits its message through response_url, at most five times', async () => {
  await start((app) => {
    app.action('pause', async ({ ack, respond }) => {
      await ack()
      for (let use = 0; use < 6; use += 1) await respond({ ...panel(`paused ${use}`), replace_original: true })
    })
  })
  const posted = await running?.app.client.chat.postMessage({ token: team.botToken, channel: general.id, ...panel('running') })
  const message = ada.sees(general)[0]
  if (!message) throw new Error('no message')
  expect(message.ts).toBe(posted?.ts)
  const answer = await ada.press(message, 'Pause')
  expect(answer.text).toBe('paused 0\n[Pause]')
  await expect(ada.press(message, 'Stop')).rejects.toThrow('"Pause" (pause)')
  const uses = () => slack.requests.filter((one) => one.method === 'response_url').map((one) => one.error)
  await slack.until(() => uses().length === 6)
  expect(uses()).toEqual([null, null, null, null, null, 'used_url'])
  expect(textOf(ben.sees(general)[0] ?? null)).toBe('paused 4\n[Pause]')
})

test('a trigger is good for one view', async () => {
  await start((app) =>
    app.command('/focus', async ({ ack, client, command }) => {
      await ack()
      await client.views.open({ trigger_id: command.trigger_id, view: form })
      await client.views.open({ trigger_id: command.trigger_id, view: form })
    }),
  )
  await ada.slash(general, '/focus')
  await slack.until(() => slack.requests.filter((one) => one.method === 'views.open').length === 2)
  expect(slack.requests.filter((one) => one.method === 'views.open').map((one) => one.error)).toEqual([null, 'exchanged_trigger_id'])
})

test.each(['refresh_requested', 'warning'] as const)('no command is lost while sockets are told %s', async (reason) => {
  await start((app) =>
    app.command('/focus', async ({ ack, command }) => {
      await pause(20)
      await ack(`got ${command.text}`)
    }),
  )
  for (let round = 0; round < 4; round += 1) {
    const before = ada.slash(general, '/focus', `${round}.0`)
    slack.disconnectSockets(reason)
    const answers = await Promise.all([before, ...[1, 2, 3].map((one) => ada.slash(general, '/focus', `${round}.${one}`))])
    expect(answers.map((one) => one.text)).toEqual([0, 1, 2, 3].map((one) => `got ${round}.${one}`))
    await slack.until(() => slack.openSockets() >= 2)
  }
  expect(running?.errors).toEqual([])
})

test('an event that died with its socket comes again, a command does not', async () => {
  const retries: (number | undefined)[] = []
  await start((app) => {
    app.use(async ({ context, next }) => {
      retries.push(context.retryNum)
      await next()
    })
    app.event('app_home_opened', async ({ client, event }) => {
      await client.views.publish({
        user_id: event.user,
        view: { type: 'home', blocks: [{ type: 'header', text: { type: 'plain_text', text: 'My room' } }] },
      })
    })
  })
  slack.cutSockets('all')
  expect((await ada.slash(general, '/focus')).error).toBe('dispatch_failed')
  await ada.openHome()
  await slack.until(() => textOf(ada.home) === 'My room')
  expect(Math.max(...retries.map((one) => one ?? 0))).toBeGreaterThan(0)
})

test('leaving the workspace is told, and the token is dead', async () => {
  const heard: string[] = []
  await start((app) => {
    app.event('app_uninstalled', async () => void heard.push('app_uninstalled'))
    app.event('tokens_revoked', async () => void heard.push('tokens_revoked'))
  })
  const token = team.botToken
  await team.uninstall()
  expect(heard.sort()).toEqual(['app_uninstalled', 'tokens_revoked'])
  await expect(running?.app.client.auth.test({ token })).rejects.toThrow('account_inactive')
})

test('huddles and members are told to those who may know', async () => {
  const heard: string[] = []
  await start((app) => {
    app.event('user_huddle_changed', async ({ event }) => void heard.push(`${event.user.name} ${event.user.profile.huddle_state}`))
    app.event('member_left_channel', async ({ event }) => void heard.push(`${event.user} left`))
  })
  await ben.huddle(true)
  await ben.leave(general)
  expect(heard).toEqual(['ben in_a_huddle', `${ben.id} left`])
})
