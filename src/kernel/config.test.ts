import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { ConfigRefused, readEnvironment } from './environment.ts'
import { neighbours, settings } from './settings.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'focus-mate-config-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const secretKey = 'ab'.repeat(32)
const read = (env: Record<string, string>) => readConfig({ SECRET_KEY: secretKey, ...env })

function refusal(env: Record<string, string>): string {
  try {
    read(env)
  } catch (error) {
    if (error instanceof ConfigRefused) return error.message
    throw error
  }
  return 'accepted'
}

test('nothing set means one process with every part on this machine only', () => {
  const config = read({})
  expect(config).toMatchObject({ port: 3000, host: '127.0.0.1', publicUrl: null, databaseUrl: null, redisUrl: null, development: false })
  expect([...config.roles]).toEqual(['discord', 'slack', 'dashboard', 'worker'])
  expect(config.slack).toMatchObject({ apiUrl: 'https://slack.com/api/', command: '/focus' })
  expect(config.database).toEqual({
    pool: 30,
    waitMilliseconds: 30_000,
    renewSeconds: 3600,
    statementMilliseconds: 30_000,
    slowMilliseconds: 1000,
  })
})

test('an empty variable counts as unset', () => {
  expect(read({ PORT: '', ROLES: ' ', ALLOWED_WORKSPACES: '', DISCORD_TOKEN: '' })).toMatchObject({
    port: 3000,
    discord: { token: null },
    allowedWorkspaces: [],
  })
})

test('values are read into their types', () => {
  const config = read({
    PUBLIC_URL: 'https://focus.example.org/',
    ROLES: 'worker, discord',
    DISCORD_SHARDS: '0-2,5',
    DISCORD_SHARD_COUNT: '6',
    SLACK_API_URL: 'http://127.0.0.1:4000/api',
    ALLOWED_WORKSPACES: '123, T0ABC',
    NODE_ENV: 'development',
  })
  expect(config.publicUrl).toBe('https://focus.example.org')
  expect([...config.roles]).toEqual(['worker', 'discord'])
  expect(config.discord).toMatchObject({ shards: [0, 1, 2, 5], shardCount: 6 })
  expect(config.slack.apiUrl).toBe('http://127.0.0.1:4000/api/')
  expect(config.allowedWorkspaces).toEqual(['123', 'T0ABC'])
  expect(config.development).toBe(true)
})

test.each([
  ['PORT', '70000', 'whole number from 0 to 65535'],
  ['PORT', 'abc', 'whole number from 0 to 65535'],
  ['PUBLIC_URL', 'focus.example.org', 'address such as'],
  ['PUBLIC_URL', 'https://example.org/focus', 'origin without a path'],
  ['DATABASE_URL', 'mysql://localhost/x', 'postgres://'],
  ['REDIS_URL', 'localhost:6379', 'redis://'],
  ['ROLES', 'discord,web', 'discord,slack,dashboard,worker'],
  ['SLACK_BOT_TOKEN', 'xapp-1-swapped', 'xoxb-'],
  ['SLACK_APP_TOKEN', 'xoxb-swapped', 'xapp-'],
  ['SLACK_COMMAND', 'focus', 'slash'],
  ['SLACK_CLIENT_ID', '1.2', 'SLACK_CLIENT_SECRET is not'],
  ['SECRET_KEY', 'short', '32 bytes'],
  ['LOG_LEVEL', 'loud', 'fatal, error, warn'],
  ['DISCORD_SHARDS', '1', 'DISCORD_SHARD_COUNT is not'],
  ['DISCORD_TOKEN', 'Bot abc', 'one word'],
  ['DB_POOL', '0', 'whole number from 2'],
])('a broken %s (%s) is refused with a sentence that names it', (name, value, says) => {
  const sentence = refusal({ [name]: value })
  expect(sentence).toContain(name)
  expect(sentence).toContain(says)
  expect(sentence).toMatch(/\.$/)
})

test('the sentence about a broken secret does not show it', () => {
  expect(refusal({ DISCORD_TOKEN: 'my secret token' })).not.toContain('my secret')
  expect(refusal({ SECRET_KEY: 'hunter2hunter2' })).not.toContain('hunter2')
})

test('shards beyond the count are refused', () => {
  expect(refusal({ DISCORD_SHARDS: '0,4', DISCORD_SHARD_COUNT: '4' })).toContain('from 0 to 3')
})

test('the secret key may be hex or base64 and is the same 32 bytes', () => {
  const bytes = Buffer.from(secretKey, 'hex')
  expect(read({}).secretKey).toEqual(bytes)
  expect(read({ SECRET_KEY: bytes.toString('base64') }).secretKey).toEqual(bytes)
  expect(read({ SECRET_KEY: bytes.toString('base64url') }).secretKey).toEqual(bytes)
})

test('an absent secret key is made once, kept for its owner only, and found again', () => {
  const dataDir = join(folder, 'data')
  const first = readConfig({ DATA_DIR: dataDir }).secretKey
  expect(first).toHaveLength(32)
  expect(readdirSync(dataDir)).toEqual(['secret-key'])
  expect(statSync(join(dataDir, 'secret-key')).mode & 0o777).toBe(0o600)
  expect(readConfig({ DATA_DIR: dataDir }).secretKey).toEqual(first)
})

test('a damaged key file is refused, never replaced', () => {
  const dataDir = join(folder, 'damaged')
  mkdirSync(dataDir)
  writeFileSync(join(dataDir, 'secret-key'), 'oops')
  expect(() => readConfig({ DATA_DIR: dataDir })).toThrow(ConfigRefused)
  expect(readFileSync(join(dataDir, 'secret-key'), 'utf8')).toBe('oops')
})

test('the real environment wins over .env', () => {
  writeFileSync(join(folder, '.env'), 'PORT=4000\nHOST=0.0.0.0 # everywhere\nPUBLIC_URL=\n')
  const { env, warnings } = readEnvironment(folder, { PORT: '5000', HOST: '' })
  expect(readConfig({ SECRET_KEY: secretKey, ...env })).toMatchObject({ port: 5000, host: '0.0.0.0', publicUrl: null })
  expect(warnings).toEqual([])
})

test('an unknown setting is a warning with the nearest name, and strangers in the environment are left alone', () => {
  writeFileSync(join(folder, '.env'), 'PROT=4000\nPOSTGRES_PASSWORD=x\n')
  const { warnings } = readEnvironment(folder, {
    DISCORD_TOKN: 'x',
    LOGLEVEL: 'x',
    HOME: '/root',
    POST: 'x',
    GITHUB_TOKEN: 'x',
    SLACK_OPENAPI: 'x',
  })
  expect(warnings).toEqual([
    'PROT is not a setting of Focus Mate; did you mean PORT?',
    'DISCORD_TOKN is not a setting of Focus Mate; did you mean DISCORD_TOKEN?',
    'LOGLEVEL is not a setting of Focus Mate; did you mean LOG_LEVEL?',
  ])
})

test('.env.example explains every setting and no other', () => {
  const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')
  const named = [...example.matchAll(/^#?([A-Z][A-Z0-9_]*)=/gm)].map((match) => match[1])
  expect([...named].sort()).toEqual([...Object.keys(settings.shape), ...neighbours].sort())
})

test('a folder that can not be made is refused, not tried for ever', () => {
  expect(refusal({ SECRET_KEY: '', DATA_DIR: '/proc/focus-mate/data' })).toMatch(
    /^DATA_DIR \/proc\/focus-mate\/data can't hold the secret key/,
  )
})
