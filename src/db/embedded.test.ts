import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import postgres from 'postgres'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { quiet, removeData } from '../testing/postgres.ts'
import { type Embedded, startEmbedded } from './embedded.ts'

let dataDir: string
const running: Embedded[] = []

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'focus-mate-embedded-'))
})
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop()
  await removeData(dataDir)
})

const start = async (join = false): Promise<Embedded> => {
  const server = await startEmbedded({ dataDir, log: quiet, join, settings: { fsync: 'off' } })
  running.push(server)
  return server
}
const stop = async (server: Embedded): Promise<void> => {
  running.splice(running.indexOf(server), 1)
  await server.stop()
}

async function ask(url: string, statement: string): Promise<readonly postgres.Row[]> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    return await sql.unsafe(statement)
  } finally {
    await sql.end({ timeout: 0 })
  }
}

async function folderOf(): Promise<string> {
  const { folder } = JSON.parse(await readFile(join(dataDir, 'postgres.json'), 'utf8')) as { folder?: string }
  return folder ?? join(dataDir, 'postgres')
}

const postmasterPid = async (): Promise<number> =>
  Number((await readFile(join(await folderOf(), 'cluster/postmaster.pid'), 'utf8')).split('\n')[0])

/** Another Focus Mate on the same folder: starts the server, says so, and is killed before it can stop it. */
async function killedWhileRunning(): Promise<void> {
  const code = `import { startEmbedded } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'embedded.ts')).href)}
    const log = { info() {}, warn() {} }
    await startEmbedded({ dataDir: process.argv[1], log })
    console.log('up')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
}

test('data outlives a restart, Korean has its length and case works in every language', async () => {
  const first = await start()
  await ask(first.url, `create table word (text text); insert into word values ('공부방 É')`)
  await stop(first)
  const again = await start()
  expect(await ask(again.url, 'select length(text) as length, lower(text) as low from word')).toEqual([{ length: 5, low: '공부방 é' }])
})

test('only this machine reaches it, with a password that only the owner reads', async () => {
  const { url } = await start()
  expect(new URL(url).hostname).toBe('127.0.0.1')
  expect(await ask(url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
  expect(await ask(url, 'show unix_socket_directories')).toEqual([{ unix_socket_directories: '' }])
  expect((await stat(join(dataDir, 'postgres.json'))).mode & 0o777).toBe(0o600)
  expect((await stat(await folderOf())).mode & 0o777).toBe(0o700)
  const stranger = new URL(url)
  stranger.password = 'guess'
  await expect(ask(stranger.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
})

test('a second Focus Mate on the same folder is refused in one sentence, and the first goes on', async () => {
  const { url } = await start()
  await expect(start()).rejects.toThrow(
    /^Focus Mate already runs on the data folder .*: stop it first, or set DATA_DIR to another folder\.$/,
  )
  expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('of two that start together in an empty folder, one runs', async () => {
  const outcomes = await Promise.allSettled([start(), start()])
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { name: 'DatabaseRefused' } })
})

test('a tool joins the running server and leaves it running', async () => {
  const owner = await start()
  const tool = await start(true)
  expect(tool.url).toBe(owner.url)
  await stop(tool)
  expect(await ask(owner.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a server left by a killed Focus Mate is taken over, not started twice', async () => {
  await killedWhileRunning()
  const pid = await postmasterPid()
  const server = await start()
  expect(await postmasterPid()).toBe(pid)
  expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a server that was killed itself comes back with what was committed', async () => {
  const first = await start()
  await ask(first.url, 'create table word (text text); checkpoint')
  await ask(first.url, `insert into word values ('kept')`)
  process.kill(await postmasterPid(), 'SIGKILL')
  running.splice(0)
  const again = await start()
  expect(await ask(again.url, 'select text from word')).toEqual([{ text: 'kept' }])
})

test('a pid file left by a crash, whose number another program has now, stops nobody', async () => {
  await stop(await start())
  const cluster = join(await folderOf(), 'cluster')
  await writeFile(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n1\n1\n\n127.0.0.1\n\nready\n`)
  const { url } = await start()
  expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('data of another major version is refused in one sentence', async () => {
  await stop(await start())
  await writeFile(join(await folderOf(), 'cluster/PG_VERSION'), '17\n')
  await expect(start()).rejects.toThrow(/was made by PostgreSQL 17, this Focus Mate brings 18/)
})

test('a first start that was killed half way is begun anew', async () => {
  await stop(await start())
  await rm(join(await folderOf(), 'cluster'), { recursive: true })
  const { url } = await start()
  expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test.runIf(process.getuid?.() === 0)(
  'where root deleted the data folder, a new one starts empty and the old data is kept aside',
  async () => {
    const first = await start()
    await ask(first.url, 'create table word (text text)')
    await stop(first)
    const { folder } = JSON.parse(await readFile(join(dataDir, 'postgres.json'), 'utf8')) as { folder: string }
    await rm(dataDir, { recursive: true })
    const kept: string[] = []
    const log = Object.assign(quiet.child({}), { warn: (told: { kept: string[] }) => kept.push(...told.kept) })
    const again = await startEmbedded({ dataDir, log })
    running.push(again)
    expect(await ask(again.url, `select to_regclass('word') as found`)).toEqual([{ found: null }])
    expect(kept).toEqual([folder])
    expect((await stat(join(folder, 'cluster'))).isDirectory()).toBe(true)
    await rm(folder, { recursive: true })
  },
)
