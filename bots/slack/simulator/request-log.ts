import type { Json } from './json.ts'

/** One call the app made, and what it was answered. */
export type Request = {
  readonly method: string
  readonly args: Json
  readonly team: string | null
  readonly at: number
  readonly error: string | null
}

export type RequestLog = { readonly all: readonly Request[]; add(request: Request): void; clear(): void }

/** How many calls are remembered. */
const REMEMBERED = 20_000

export function createRequestLog(): RequestLog {
  const all: Request[] = []
  return {
    all,
    add: (request) => {
      all.push(request)
      if (all.length > REMEMBERED) all.splice(0, REMEMBERED / 10)
    },
    clear: () => {
      all.length = 0
    },
  }
}
