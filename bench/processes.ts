import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

export type Process = {
  readonly pid: number
  /** Resident memory in bytes. */
  memory(): Promise<number>
  /** SIGINT, as Ctrl-C; resolves with the milliseconds until it has ended. */
  stop(): Promise<number>
}

/** Starts a program of this project, and resolves once it has printed what `ready` looks for. */
export async function start(script: string, env: Readonly<Record<string, string>>, ready: RegExp): Promise<Process> {
  const child = spawn(process.execPath, [join(root, script)], {
    cwd: root,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await heard(child, ready)
  const { pid } = child
  if (pid === undefined) throw new Error(`${script} has no process`)
  return {
    pid,
    async memory() {
      const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]
      return Number(kilobytes) * 1024
    },
    async stop() {
      const begun = performance.now()
      const gone = once(child, 'exit')
      child.kill('SIGINT')
      await gone
      return performance.now() - begun
    },
  }
}

async function heard(child: ChildProcess, ready: RegExp): Promise<void> {
  let said = ''
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (words: Buffer) => {
      said += words.toString()
      if (ready.test(said)) resolve()
    })
    child.once('exit', (code) => reject(new Error(`ended with status ${code} before it was ready: ${said}`)))
  })
}

/** A port of 127.0.0.1 that nobody uses just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
