/** What a route is. */

import type { Upload } from '../attachments.ts'
import type { Gateway } from '../gateway.ts'
import type { Interactions } from '../interactions.ts'
import type { Window } from '../limits.ts'
import type { World } from '../world.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type Call = {
  readonly world: World
  readonly interactions: Interactions
  readonly gateway: Gateway
  /** A part of the path, by its name in the template. */
  param(name: string): string
  readonly query: URLSearchParams
  readonly body: unknown
  readonly uploads: readonly Upload[]
}
/** The JSON of the answer; `undefined` answers 204. */
export type Run = (call: Call) => object | undefined

export type Route = {
  readonly method: Method
  /** As Discord documents it: `/channels/{channel}/messages`. The first parameter is the one that rate limits are counted by. */
  readonly path: string
  readonly run: Run
  readonly window: Window
  /** A tighter window for some bodies, such as a channel's new name. */
  readonly sublimit?: (body: unknown) => Window | null
  /** Works by an interaction's token: no bot token asked for, no part of the global limit. */
  readonly byToken?: true
}

const ordinary: Window = { limit: 10, ms: 1000 }

export const route = (
  method: Method,
  path: string,
  run: Run,
  more: Partial<Pick<Route, 'window' | 'sublimit' | 'byToken'>> = {},
): Route => ({
  method,
  path,
  run,
  window: ordinary,
  ...more,
})
