import { expect, test } from 'vitest'
import { createLog, type Log } from './log.ts'

async function written(write: (log: Log) => void): Promise<string> {
  const lines: string[] = []
  write(await createLog('debug', { write: (line) => void lines.push(line) }))
  for (const line of lines) JSON.parse(line)
  return lines.join('')
}

const discordToken = ['MTA5ODc2NTQzMjEwOTg3NjU0', 'GaBcDe', 'abcdefghijklmnopqrstuvwxyz0123456789AB'].join('.')
const slackToken = ['xoxb', '1234567890', '1234567890123', 'AbCdEfGhIjKlMnOpQrStUvWx'].join('-')
const linkToken = 'q3V7xJ0aLm-N2bRt_9YwKe4ZsHcUfPdG1iTnOoXvB8E'

test('a line is one JSON object with its level and time', async () => {
  const line = JSON.parse(await written((log) => log.info({ rooms: 3 }, 'ready')))
  expect(line).toMatchObject({ level: 'info', msg: 'ready', rooms: 3 })
  expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT/)
})

test.each([
  ['a token under its name', { botToken: 'hunter2' }],
  ['a cookie deep inside', { request: { headers: { cookie: 'hunter2' } } }],
  ['what somebody wrote', { message: { content: 'hunter2' } }],
  ['typed arguments', { command: 'room create', args: { name: 'hunter2' } }],
  ['a row beside an error', { err: Object.assign(new Error('no'), { detail: 'Key (email)=(hunter2)', requestBody: 'hunter2' }) }],
  ['a list of them', { people: [{ email: 'hunter2' }] }],
  ['the value in a database error', { err: Object.assign(new Error('invalid input syntax: "hunter2"'), { name: 'PostgresError' }) }],
])('%s stays out', async (_, fields) => {
  expect(await written((log) => log.warn(fields, 'something'))).not.toContain('hunter2')
})

test('an error under any name is held to the same', async () => {
  const error = Object.assign(new Error('no'), { detail: 'hunter2' })
  expect(await written((log) => log.warn({ reason: error, all: [error] }, 'failed'))).not.toContain('hunter2')
  expect(await written((log) => log.child({ reason: error }).warn('failed'))).not.toContain('hunter2')
})

test('the fields of a child logger are held to the same', async () => {
  expect(await written((log) => log.child({ signingSecret: 'hunter2' }).info('hello'))).not.toContain('hunter2')
})

test.each([
  ['Discord token', `401 for ${discordToken}`, discordToken],
  ['Slack token', `bad "${slackToken}"`, slackToken],
  ['database password', 'connect postgres://focus:hunter2@db:5432/x failed', 'hunter2'],
  ['interaction token', 'POST /api/v10/interactions/123456/aW50ZXJhY3Rpb246MTIz/callback', 'aW50ZXJhY3Rpb246MTIz'],
  ['one-time link', `GET http://localhost:3000/sign-in/${linkToken}`, linkToken],
  ['code of an OAuth answer', '/slack/oauth_redirect?code=hunter2&x=1', 'hunter2'],
  ['response url', 'https://hooks.slack.com/commands/T1/2/abc', '/T1/2/abc'],
])('a %s inside text stays out', async (_, text, secret) => {
  expect(await written((log) => log.error(text))).not.toContain(secret)
  expect(await written((log) => log.error(new Error(text)))).not.toContain(secret)
  expect(await written((log) => log.error({ err: new Error('outer', { cause: new Error(text) }) }, 'failed'))).not.toContain(secret)
})

test('an error keeps its type, code, message and stack', async () => {
  const line = JSON.parse(await written((log) => log.error(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))))
  expect(line).toMatchObject({ msg: 'refused', err: { type: 'Error', code: 'ECONNREFUSED', message: 'refused' } })
  expect(line.err.stack).toContain('log.test.ts')
})

test('what is no secret stays in', async () => {
  const text = await written((log) =>
    log.info({ room: '0198c0de-0000-7000-8000-000000000001', folder: '/var/lib/focus-mate/9f86d081884c7d659a2feaa0c55ad015' }, 'opened'),
  )
  expect(text).toContain('0198c0de-0000-7000-8000-000000000001')
  expect(text).toContain('/var/lib/focus-mate/9f86d081884c7d659a2feaa0c55ad015')
})
