// Runs before every npm script, on whatever Node (20 or newer) the machine has: installs what package-lock.json asks for and is not there.
// The script after it already runs on the Node 24 that comes as a package. Plain JavaScript, since that Node may not be there yet.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const within = (path) => join(root, path)
const packagesOf = (path) => JSON.parse(readFileSync(within(path), 'utf8')).packages

/** npm writes this last, so a broken-off installation has none. */
const installedList = 'node_modules/.package-lock.json'
const node = `node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`

function everythingIsThere() {
  if (!existsSync(within(installedList)) || !existsSync(within(node))) return false
  const installed = packagesOf(installedList)
  // Optional packages are those of other machines; links and the root have no version.
  return Object.entries(packagesOf('package-lock.json')).every(
    ([path, { version, optional, devOptional }]) =>
      path === '' || optional || devOptional || (installed[path]?.version === version && existsSync(within(path))),
  )
}

function npm(...args) {
  const quiet = ['--no-audit', '--no-fund', '--no-progress', '--loglevel=error']
  const { npm_execpath: cli } = process.env
  const byNode = cli?.endsWith('.js')
  const command = byNode ? process.execPath : 'npm'
  // Development packages too, whatever NODE_ENV says: Node 24 is one of them.
  const all = [...args, '--include=dev', '--include=optional', ...quiet]
  return spawnSync(command, byNode ? [cli, ...all] : all, { cwd: root, encoding: 'utf8', shell: !byNode && process.platform === 'win32' })
}

function fail(sentence, details = '') {
  process.stderr.write(`${details}${sentence}\n`)
  process.exit(1)
}

function install() {
  process.stdout.write('Installing… (about a minute)\n')
  // Not `npm ci`: it would delete the very Node that runs this, and refuse a lock file that was made where the optional packages of
  // other systems could not be seen. The lock file's versions hold all the same, and it stays as it is.
  const { status, stdout, stderr, error } = npm('install', '--no-save')
  if (error) fail(`npm could not be started (${error.message}).`)
  if (status !== 0) fail('npm could not install the packages; its words stand above.', `${stdout}${stderr}`)
  if (!existsSync(within(node)))
    fail('Node 24 is not there: npm must be allowed to run the install script of its package. Try: npm rebuild node --ignore-scripts=false')
}

const [major] = process.versions.node.split('.').map(Number)
if (major < 20) fail(`Focus Mate needs Node 20 or newer to install itself; this is ${process.version}.`)
if (!everythingIsThere()) install()
