import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** What some tests need and not every machine has. */
export type Tool = 'Chromium' | 'redis-server'

/** How the reporter recognises a test that was left out, and the reader sees why. */
export const leftOut = (tool: Tool): string => `left out: no ${tool} on this machine`

/** Where a Chromium stands: `CHROMIUM_PATH`, else the usual places; null where there is none. */
export const chromiumPath = (): string | null =>
  process.env.CHROMIUM_PATH ||
  firstRunnable([
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ])

/** The redis-server of the `PATH`; null where there is none. */
export const redisServer = (): string | null =>
  firstRunnable((process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'redis-server')))

const firstRunnable = (candidates: readonly string[]): string | null => candidates.find(isRunnable) ?? null

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
