import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

/** `from` is a path of the project for our own files ('src/app.ts'), else a package's name; `typeOnly` vanishes at run time. */
export type Import = { readonly from: string; readonly ours: boolean; readonly typeOnly: boolean }
export type Source = { readonly path: string; readonly code: string; readonly imports: readonly Import[] }

export const readSource = (path: string, text: string): Source => {
  const code = withoutComments(text)
  return { path, code, imports: importsOf(path, code) }
}

/** Every TypeScript file of the product, with paths from the project's root. */
export const readSources = (root: string): readonly Source[] =>
  ['src', 'bots', 'dashboard', 'migrations']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => posix.join(folder, file.replaceAll('\\', '/'))),
    )
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readSource(path, readFileSync(join(root, path), 'utf8')))

/** A `//` inside a text follows a colon, as in an address. */
const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\w])\/\/.*$/gm, '$1')

const importPattern = /\b(?:import|export)\s+(?<what>[^'"`;=]*?\s+from\s+)?'(?<from>[^']+)'|\bimport\(\s*'(?<lazy>[^']+)'\s*\)/g

const importsOf = (path: string, code: string): Import[] =>
  [...code.matchAll(importPattern)].map(({ groups = {} }) => {
    const from = groups.lazy ?? groups.from ?? ''
    const ours = from.startsWith('.')
    return { from: ours ? posix.join(posix.dirname(path), from) : packageName(from), ours, typeOnly: isTypeOnly(groups.what ?? '') }
  })

const packageName = (from: string): string =>
  from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/')

function isTypeOnly(what: string): boolean {
  if (/^type\b/.test(what)) return true
  const names =
    /^\{([^}]*)\}/
      .exec(what)?.[1]
      ?.split(',')
      .map((name) => name.trim())
      .filter(Boolean) ?? []
  return names.length > 0 && names.every((name) => name.startsWith('type '))
}
