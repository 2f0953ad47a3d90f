import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Unreadable } from '../src/domain/imports/import.ts'
import type { Reading, Upload } from '../src/domain/imports/reading.ts'

let turn: Promise<unknown> = Promise.resolve()

/** Reads an uploaded file on a thread of its own; one after another, so that many at once take no more memory than one. */
export function readAside(upload: Upload): Promise<Reading | Unreadable> {
  const reading = turn.then(() => onThread(upload))
  turn = reading.catch(() => {})
  return reading
}

async function onThread(upload: Upload): Promise<Reading | Unreadable> {
  const thread = new Worker(new URL('./import-thread.ts', import.meta.url), { workerData: upload })
  try {
    const [found] = await once(thread, 'message')
    return found as Reading | Unreadable
  } finally {
    await thread.terminate()
  }
}
