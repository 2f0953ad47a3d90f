import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chown, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { DatabaseRefused } from '../refused.ts'
import type { Binaries } from './binaries.ts'
import type { Home } from './home.ts'

const run = promisify(execFile)

export const administrator = 'focus_mate'

/** Nothing of our environment (tokens, PG* variables, locale) reaches a server that may outlive us. */
const environment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    ['PATH', 'SystemRoot', 'TMPDIR', 'TEMP'].flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  ) as NodeJS.ProcessEnv

/** As whom and where a program of PostgreSQL runs. */
export const execution = (home: Home) => ({ ...home.owner, cwd: home.folder, env: { ...environment(), LC_ALL: 'C' } })

/**
 * Makes the cluster once. It grows under another name and is renamed, so that a kill in between leaves no half cluster and
 * two processes starting together keep one of theirs.
 * @throws DatabaseRefused when the data belongs to another major version, or can't be made.
 */
export async function initialise(home: Home, binaries: Binaries): Promise<void> {
  const version = await readFile(join(home.cluster, 'PG_VERSION'), 'utf8').catch(() => null)
  if (version !== null) return checkVersion(version.trim(), binaries.major, home.folder)
  const unfinished = `${home.cluster}.${randomBytes(4).toString('hex')}`
  const secret = `${unfinished}.secret`
  await writeFile(secret, home.password, { mode: 0o600 })
  if (home.owner) await chown(secret, home.owner.uid, home.owner.gid)
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const access = [`--username=${administrator}`, `--pwfile=${secret}`, '--auth=scram-sha-256']
  try {
    await run(binaries.initdb, [`--pgdata=${unfinished}`, ...locale, ...access, '--data-checksums'], execution(home))
    await rename(unfinished, home.cluster).catch(() => rm(unfinished, { recursive: true }))
  } catch (cause) {
    const reason = (cause as { stderr?: string }).stderr?.trim().split('\n').at(-1) ?? String(cause)
    throw new DatabaseRefused(`The embedded database could not be made in ${home.folder}: ${reason}`, { cause })
  } finally {
    await rm(secret)
  }
}

function checkVersion(found: string, wanted: string, folder: string): void {
  if (found === wanted) return
  throw new DatabaseRefused(
    `The data in ${folder} was made by PostgreSQL ${found}, this Focus Mate brings ${wanted}: dump it with ${found} and load it again, or set DATA_DIR to an empty folder.`,
  )
}

/** Settings of the server, in PostgreSQL's own words. They are given at each start, so a new version of ours changes them. */
export type Settings = Readonly<Record<string, string>>

const settings: Settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '128MB',
  synchronous_commit: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Statements and the details of errors hold what people wrote.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
}

/**
 * Starts the server on `port` of 127.0.0.1, in a process group of its own: Ctrl-C in the terminal reaches us alone, and it
 * outlives a SIGKILL of ours. Its output goes to a file, because a pipe would break with us.
 */
export async function launch(home: Home, binaries: Binaries, port: number, extra: Settings): Promise<ChildProcess> {
  const file = logFile(home)
  await rename(file, `${file}.old`).catch(() => undefined)
  const output = await open(file, 'w', 0o600)
  try {
    const options = Object.entries({ ...settings, ...extra, port: String(port) }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const stdio: ['ignore', number, number] = ['ignore', output.fd, output.fd]
    const server = spawn(binaries.postgres, ['-D', home.cluster, ...options], { ...execution(home), detached: true, stdio })
    await once(server, 'spawn')
    server.unref()
    return server
  } finally {
    await output.close()
  }
}

const logFile = (home: Home): string => join(home.folder, 'server.log')

/** What the server said last, for the sentence that says why it did not start. */
export async function lastWords(home: Home): Promise<string> {
  const lines = (await readFile(logFile(home), 'utf8').catch(() => '')).trim().split('\n')
  return lines.findLast((line) => /FATAL|PANIC|could not/.test(line)) ?? lines.at(-1) ?? ''
}

/** Fast shutdown (clients are disconnected, everything is written), resolved when the server has ended. */
export async function shutDown(home: Home, binaries: Binaries): Promise<void> {
  await run(binaries.pgCtl, ['stop', '--pgdata', home.cluster, '--mode', 'fast', '--wait', '--timeout', '60', '--silent'], execution(home))
}
