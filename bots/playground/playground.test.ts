import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeData } from '../../src/testing/postgres.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))

let dataDir: string
let playground: ChildProcess
let origin: string
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'focus-mate-playground-'))
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', DATA_DIR: dataDir }
  const started = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  playground = started
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let said = ''
  started.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
    const url = /of its own: (\S+)/.exec(text)?.[1]
    if (url) resolve(url)
  })
  started.once('exit', (code) => reject(new Error(`the playground ended with ${code}: ${said}`)))
  origin = await promise
}, 120_000)
afterAll(async () => {
  playground.kill('SIGKILL')
  await removeData(join(dataDir, 'playground'))
})

const act = async (seat: string, deed: object): Promise<unknown> => {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${origin}/seat/${seat}`, { method: 'POST', headers, body: JSON.stringify(deed) })
  return response.json()
}

/** Reads what the person sees until it holds these words. */
async function untilSees(seat: string, words: string): Promise<string> {
  const { body } = await fetch(`${origin}/stream`, { signal: AbortSignal.timeout(15_000) })
  let read = ''
  for await (const part of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    read += part
    const seen = read.split('\n\n').findLast((event) => event.includes(`"id":"${seat}","platform"`))
    if (seen?.includes(words)) return seen
  }
  throw new Error(`${seat} never saw ${words}`)
}

test('the page is there, and only under the name of this machine', async () => {
  expect(await (await fetch(origin)).text()).toContain('<title>Focus Mate playground</title>')
  const { port } = new URL(origin)
  expect((await fetch(`http://localhost:${port}/stream`)).status).toBe(421)
  expect((await fetch(`${origin}/seat/ada`, { method: 'POST', body: '{"do":"dismiss"}' })).ok).toBe(true)
  expect(await (await fetch(`${origin}/seat/ada`, { method: 'POST', body: '{"do":"dismiss"}' })).json()).toEqual({
    note: 'only JSON is read here',
  })
})

test('a command typed on Discord opens a panel that others see, and an answer that they do not', async () => {
  expect(await act('ada', { do: 'type', text: '/room create name:Deep work focus:50' })).toEqual({})
  expect(await untilSees('ben', 'Deep work')).toContain('"label":"Join"')
  expect(await act('chae', { do: 'type', text: '/타이머 상태 방:Deep work' })).toEqual({})
  expect(await untilSees('chae', '"private":true')).toContain('집중')
  expect(await untilSees('ben', 'Deep work')).not.toContain('"private":true')
}, 40_000)

test('Slack has its own people', async () => {
  expect(await act('eunji', { do: 'type', text: '/focus room create "Night"' })).toEqual({})
  expect(await untilSees('dev', 'Night')).toContain('"action_id":"press:')
  expect(await act('dev', { do: 'open', place: 'home' })).toEqual({})
  expect(await untilSees('dev', '"home":{')).toContain('"type":"home"')
}, 40_000)

test('what is typed is completed from the registered commands', async () => {
  expect(await act('ben', { do: 'complete', text: '/room cr' })).toMatchObject({
    offers: [{ label: '/room create', text: '/room create ' }],
  })
  expect(await act('ben', { do: 'complete', text: '/room join room:De' })).toMatchObject({ offers: [{ label: 'Deep work' }] })
})

test('it stops on Ctrl-C', async () => {
  const exit = once(playground, 'exit')
  playground.kill('SIGINT')
  expect(await exit).toEqual([0, null])
}, 20_000)
