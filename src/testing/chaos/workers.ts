import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Orders } from './worker.ts'

export type Worker = {
  /** Resolves once it works. */
  readonly ready: Promise<void>
  /** SIGKILL, at whatever instruction it is. */
  kill(): Promise<void>
  /** Its people leave; it goes on working. */
  quiet(): Promise<void>
  /** Ends in good order. */
  end(): Promise<void>
}

/** Starts a worker process; what it says on stderr is added to `complaints`. */
export function startWorker(orders: Orders, complaints: string[]): Worker {
  const child = fork(join(import.meta.dirname, 'worker.ts'), [JSON.stringify(orders)], { execArgv: [], silent: true })
  child.stderr?.on('data', (words: Buffer) => complaints.push(words.toString()))
  const gone = once(child, 'exit')
  const ready = Promise.race([once(child, 'message'), gone]).then(() => undefined)
  return {
    ready,
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
    async quiet() {
      await ready
      const answer = once(child, 'message')
      child.send('quiet')
      await answer
    },
    async end() {
      await ready
      child.send('end')
      const [code] = await gone
      if (code !== 0) complaints.push(`a worker ended with status ${code}`)
    },
  }
}
