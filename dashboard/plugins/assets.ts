import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import files from '@fastify/static'
import type { FastifyInstance } from 'fastify'

export const publicFolder = join(import.meta.dirname, '..', 'public')
const require = createRequire(import.meta.url)
const htmx = require.resolve('htmx.org/dist/htmx.min.js')
export const fonts = join(dirname(require.resolve('pretendard/package.json')), 'dist', 'web', 'variable')
export const fontSheet = 'pretendardvariable-dynamic-subset.css'

/** In the order in which they build on each other. */
export const styles = ['paper', 'page', 'screen', 'controls', 'charts', 'cards', 'console', 'door'] as const

/** Where the files of the pages lie. The address holds a hash of them all, so that a browser may keep them for ever. */
export type Assets = {
  readonly styles: readonly string[]
  readonly script: string
  readonly htmx: string
  readonly icon: string
}

export async function serveAssets(server: FastifyInstance): Promise<Assets> {
  const base = `/assets/${fingerprint()}/`
  const kept = { immutable: true, maxAge: '365d', index: false as const, decorateReply: false }
  await server.register(files, { ...kept, root: publicFolder, prefix: base })
  await server.register(files, { ...kept, root: dirname(htmx), prefix: `${base}htmx/`, allowedPath: (path) => path === '/htmx.min.js' })
  await server.register(files, { ...kept, root: fonts, prefix: `${base}font/`, allowedPath: isFont })
  return {
    styles: [`${base}font/${fontSheet}`, ...styles.map((name) => `${base}style/${name}.css`)],
    script: `${base}script/app.js`,
    htmx: `${base}htmx/htmx.min.js`,
    icon: `${base}icon.svg`,
  }
}

const isFont = (path: string): boolean => path === `/${fontSheet}` || /^\/woff2-dynamic-subset\/[\w.]+\.woff2$/.test(path)

function fingerprint(): string {
  const hash = createHash('sha256')
  const ours = readdirSync(publicFolder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  for (const path of [...ours.map((entry) => join(entry.parentPath, entry.name)).sort(), htmx, join(fonts, fontSheet)])
    hash.update(readFileSync(path))
  return hash.digest('base64url').slice(0, 12)
}
