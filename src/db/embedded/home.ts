import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chown, link, mkdir, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Logger } from 'pino'
import { codeOf } from '../../kernel/environment.ts'
import { makeFolder } from '../../kernel/folder.ts'
import { DatabaseRefused } from '../refused.ts'

const run = promisify(execFile)

/** PostgreSQL never runs as root. `owner` is who it runs as then; null means the user we are. */
export type Owner = { readonly uid: number; readonly gid: number }
/** Where the embedded server lives: `folder` holds the cluster, its log and, where needed, the programs. */
export type Home = { readonly folder: string; readonly cluster: string; readonly password: string; readonly owner: Owner | null }

/** What the data folder keeps (0600): the password, and the folder where the cluster lies elsewhere. */
type Pointer = { readonly password: string; readonly folder?: string }

const isRoot = process.getuid?.() === 0
const systemFolder = '/var/lib/focus-mate'

/**
 * The home belonging to a data folder, made on first sight. For an ordinary user it lies inside; for root it lies in
 * /var/lib/focus-mate, because the user `postgres` can't enter a folder of mode 0700, and the data folder points to it.
 */
export async function openHome(dataDir: string, log: Logger): Promise<Home> {
  makeDataFolder(dataDir)
  const place = await realpath(dataDir)
  const pointer = (await readPointer(place)) ?? (await createPointer(place, log))
  const folder = pointer.folder ?? join(place, 'postgres')
  const owner = isRoot ? await ownerOf(folder) : null
  if (pointer.folder) await mkdir(systemFolder, { recursive: true, mode: 0o755 })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (owner) await chown(folder, owner.uid, owner.gid)
  return { folder, cluster: join(folder, 'cluster'), password: pointer.password, owner }
}

function makeDataFolder(dataDir: string): void {
  try {
    makeFolder(dataDir, 0o700)
  } catch (cause) {
    throw new DatabaseRefused(`DATA_DIR ${dataDir} can't be made (${codeOf(cause)}); choose another folder.`, { cause })
  }
}

const pointerFile = (place: string): string => join(place, 'postgres.json')

async function readPointer(place: string): Promise<Pointer | null> {
  try {
    return JSON.parse(await readFile(pointerFile(place), 'utf8')) as Pointer
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    if (code === 'ENOENT') return null
    if (code === 'EACCES')
      throw new DatabaseRefused(`The data folder ${place} belongs to another user: start as that user or set DATA_DIR.`, { cause })
    throw cause
  }
}

/** Two processes may start at once: the file appears whole and once, and both read the same one. */
async function createPointer(place: string, log: Logger): Promise<Pointer> {
  const inside = (await stat(join(place, 'postgres')).catch(() => null)) !== null
  const folder = isRoot && !inside ? await newFolder(place, log) : null
  const pointer: Pointer = { password: randomBytes(24).toString('base64url'), ...(folder ? { folder } : {}) }
  const unfinished = `${pointerFile(place)}.${randomBytes(4).toString('hex')}`
  await writeFile(unfinished, JSON.stringify(pointer), { mode: 0o600 })
  try {
    await link(unfinished, pointerFile(place))
    return pointer
  } catch (error) {
    const winner = await readPointer(place)
    if (!winner) throw error
    return winner
  } finally {
    await rm(unfinished)
  }
}

/** Whoever deletes the data folder wants to begin anew: the new name differs, and the old data is named, not touched. */
async function newFolder(place: string, log: Logger): Promise<string> {
  const name = createHash('sha256').update(place).digest('hex').slice(0, 16)
  const older = (await readdir(systemFolder).catch(() => [])).filter((other) => other.startsWith(name))
  if (older.length > 0)
    log.warn({ kept: older.map((other) => join(systemFolder, other)) }, 'databases of a deleted data folder are still there')
  return join(systemFolder, `${name}-${randomBytes(4).toString('hex')}`)
}

/** Whoever owns the cluster goes on owning it, so that root can start what an ordinary user began. */
async function ownerOf(folder: string): Promise<Owner> {
  const present = await stat(folder).catch(() => null)
  if (present && present.uid !== 0) return { uid: present.uid, gid: present.gid }
  return (await postgresUser()) ?? (await createPostgresUser())
}

async function postgresUser(): Promise<Owner | null> {
  const number = async (flag: string): Promise<number> => Number((await run('id', [flag, 'postgres'])).stdout)
  try {
    return { uid: await number('-u'), gid: await number('-g') }
  } catch {
    return null
  }
}

async function createPostgresUser(): Promise<Owner> {
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', 'postgres']).catch(() =>
      run('adduser', ['-S', '-D', '-H', 'postgres']),
    )
  } catch (cause) {
    throw new DatabaseRefused('PostgreSQL does not run as root, and no user `postgres` could be made: start as an ordinary user.', {
      cause,
    })
  }
  const made = await postgresUser()
  if (!made)
    throw new DatabaseRefused('PostgreSQL does not run as root, and the machine has no user `postgres`: start as an ordinary user.')
  return made
}
