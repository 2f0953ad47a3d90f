import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
/** The last words of a start: before them it says where its pages are. */
const runningWords = 'Ctrl-C stops it.'

/** Focus Mate in a process of its own, started as everybody starts it. */
export type Product = {
  readonly state: 'starting' | 'running' | 'stopped'
  /** Where its pages are; null before it has said so. */
  readonly dashboard: string | null
  /** A link there that signs in once. */
  readonly signIn: string | null
  /** Kills it as a crash of the machine would, and starts it again. */
  crash(): Promise<void>
  stop(): Promise<void>
}

/** It ended before it ran, and has said why. */
export class DidNotRun extends Error {}

/**
 * Starts it and returns when it runs.
 * @throws DidNotRun
 */
export async function startProduct(env: Readonly<Record<string, string>>, folder: string): Promise<Product> {
  let state: Product['state'] = 'stopped'
  let dashboard: string | null = null
  let signIn: string | null = null
  let child: ChildProcess | null = null

  /** In a process group of its own, so that Ctrl-C reaches it by us alone and it is told once. */
  async function start(): Promise<void> {
    state = 'starting'
    const started = spawn(process.execPath, [main], { env: { ...env }, cwd: folder, stdio: ['ignore', 'pipe', 'inherit'], detached: true })
    child = started
    const { promise: running, resolve, reject } = Promise.withResolvers<void>()
    started.stdout.setEncoding('utf8').on('data', (text: string) => {
      process.stdout.write(text)
      dashboard = /Dashboard: (\S+)/.exec(text)?.[1] ?? dashboard
      signIn = /https?:\/\/\S+\/sign-in\/\S+/.exec(text)?.[0] ?? signIn
      if (!text.includes(runningWords)) return
      state = 'running'
      resolve()
    })
    started.once('exit', (code) => {
      if (child !== started) return
      state = 'stopped'
      child = null
      reject(new DidNotRun(`Focus Mate ended with ${code} before it ran.`))
    })
    await running
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = child
    if (ending === null || ending.exitCode !== null) return
    ending.kill(signal)
    await once(ending, 'exit')
  }

  process.once('exit', () => child?.kill('SIGKILL'))
  await start()
  return {
    get state() {
      return state
    },
    get dashboard() {
      return dashboard
    },
    get signIn() {
      return signIn
    },
    crash: async () => {
      await end('SIGKILL')
      await start()
    },
    stop: () => end('SIGTERM'),
  }
}
