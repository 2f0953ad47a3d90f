import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fontSheet, fonts, publicFolder, styles } from '../../dashboard/plugins/assets.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.woff2': 'font/woff2',
}

/** The dashboard's own sheets, in the order in which its pages name them. */
export const dashboardStyles: readonly string[] = [`/dashboard/font/${fontSheet}`, ...styles.map((name) => `/dashboard/style/${name}.css`)]

/** The files of the page and the looks of the dashboard, by address; read when asked for, so that a change shows at a reload. */
export function createFiles(): (address: string) => { readonly type: string; readonly bytes: Buffer } | null {
  const paths = new Map([
    ...listed(fileURLToPath(new URL('page/', import.meta.url)), '/'),
    ...listed(join(publicFolder, 'style'), '/dashboard/style/'),
    ...listed(fonts, '/dashboard/font/'),
  ])
  return (address) => {
    const path = paths.get(address)
    return path === undefined ? null : { type: types[extname(path)] ?? 'application/octet-stream', bytes: readFileSync(path) }
  }
}

const listed = (folder: string, prefix: string): [address: string, path: string][] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => extname(name) !== '')
    .map((name) => [prefix + name.replaceAll('\\', '/'), join(folder, name)])
