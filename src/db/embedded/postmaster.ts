import { execFile } from 'node:child_process'
import { readFile, readlink, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Home } from './home.ts'

const run = promisify(execFile)

/** A server of our cluster, as its own pid file tells. */
export type Postmaster = { readonly pid: number; readonly port: number; readonly status: 'starting' | 'ready' | 'stopping' }

/** The running server of this home, or null. A pid file left by a crash is removed: its number may be another program's by now. */
export async function findPostmaster(home: Home): Promise<Postmaster | null> {
  const file = join(home.cluster, 'postmaster.pid')
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n').map((line) => line.trim())
  const pid = Number(lines[0])
  if (!pid) return null
  if (await serves(pid, home.cluster)) return { pid, port: Number(lines[3]), status: statusOf(lines[7]) }
  const unchanged = (await readFile(file, 'utf8').catch(() => '')).startsWith(`${pid}\n`)
  if (unchanged) await rm(file, { force: true })
  return null
}

function statusOf(line: string | undefined): Postmaster['status'] {
  if (line === 'ready' || line === 'stopping') return line
  return 'starting'
}

/** Whether the process is a PostgreSQL of this cluster: it works in the cluster's folder, and its command line names it. */
async function serves(pid: number, cluster: string): Promise<boolean> {
  if (process.platform === 'linux') {
    const [folder, program] = await Promise.all([`/proc/${pid}/cwd`, `/proc/${pid}/exe`].map((file) => readlink(file).catch(() => '')))
    return folder === (await realpath(cluster)) && /\/postgres( \(deleted\))?$/.test(program ?? '')
  }
  if (process.platform === 'win32') return exists(pid)
  const command = await run('ps', ['-p', String(pid), '-o', 'command=']).catch(() => ({ stdout: '' }))
  return command.stdout.includes(cluster)
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
