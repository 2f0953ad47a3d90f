/** Which route a path belongs to. */

import type { Route } from './route.ts'

export type Found = { readonly route: Route; readonly params: ReadonlyMap<string, string> }
type Compiled = { readonly route: Route; readonly parts: readonly string[] }

const compiled = new WeakMap<readonly Route[], Map<number, Compiled[]>>()

const byLength = (routes: readonly Route[]): Map<number, Compiled[]> => {
  const known = compiled.get(routes)
  if (known) return known
  const table = new Map<number, Compiled[]>()
  for (const route of routes) {
    const parts = route.path.split('/')
    table.set(parts.length, [...(table.get(parts.length) ?? []), { route, parts }])
  }
  compiled.set(routes, table)
  return table
}

const matched = (parts: readonly string[], given: readonly string[]): Map<string, string> | null => {
  const params = new Map<string, string>()
  for (const [at, part] of parts.entries()) {
    const piece = given[at] ?? ''
    if (part.startsWith('{')) params.set(part.slice(1, -1), decodeURIComponent(piece))
    else if (part !== piece) return null
  }
  return params
}

/** The route of this method; `elsewhere` when the path is known by other methods only. Earlier routes win. */
export const findRoute = (routes: readonly Route[], method: string, path: string): Found | 'elsewhere' | null => {
  const given = path.split('/')
  let elsewhere = false
  for (const { route, parts } of byLength(routes).get(given.length) ?? []) {
    const params = matched(parts, given)
    if (params && route.method === method) return { route, params }
    elsewhere ||= params !== null
  }
  return elsewhere ? 'elsewhere' : null
}
