import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'

const stop = JSON.stringify(new URL('./stop.ts', import.meta.url).href)

/** Says ready, waits to be asked, and takes `milliseconds` to stop. */
const waiting = (milliseconds: number) => `
  import { askedToStop } from ${stop}
  const alive = setInterval(() => {}, 1000)
  const asked = askedToStop(() => process.exit(7))
  console.log('ready', process.pid)
  await asked
  setTimeout(() => { clearInterval(alive); process.exit(0) }, ${milliseconds})`

const env = { PATH: process.env.PATH }
const start = (script: string, more: NodeJS.ProcessEnv = {}) =>
  spawn(process.execPath, ['--input-type=module', '-e', script], { env: { ...env, ...more }, stdio: ['ignore', 'pipe', 'inherit'] })

async function ready(child: ChildProcess): Promise<number> {
  const [text] = await once(child.stdout ?? child, 'data')
  return Number(String(text).split(' ')[1])
}

async function exitCode(child: ChildProcess): Promise<unknown> {
  const [code] = await once(child, 'exit')
  return code
}

test('the same Ctrl-C heard twice stops once, in order', async () => {
  const child = start(waiting(300))
  await ready(child)
  const code = exitCode(child)
  child.kill('SIGINT')
  await wait(50)
  child.kill('SIGINT')
  expect(await code).toBe(0)
})

test('a second wish, later, is an insisting one', async () => {
  const child = start(waiting(10_000))
  await ready(child)
  const code = exitCode(child)
  child.kill('SIGINT')
  await wait(1200)
  child.kill('SIGINT')
  expect(await code).toBe(7)
})

test('when npm is killed, its script stops too', async () => {
  const shell = `
    import { spawn } from 'node:child_process'
    spawn(process.execPath, ['--input-type=module', '-e', ${JSON.stringify(waiting(0))}], { stdio: 'inherit' })
    setInterval(() => {}, 1000)`
  const npm = start(shell, { npm_lifecycle_event: 'start' })
  const script = await ready(npm)
  npm.kill('SIGKILL')
  await expect.poll(() => lives(script), { timeout: 5000 }).toBe(false)
})

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    expect(error).toHaveProperty('code', 'ESRCH')
    return false
  }
}
