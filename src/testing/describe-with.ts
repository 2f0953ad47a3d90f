import { describe, test } from 'vitest'
import { chromiumPath, leftOut, redisServer, type Tool } from './machine.ts'

const paths = { Chromium: chromiumPath, 'redis-server': redisServer } as const satisfies Record<Tool, () => string | null>

/**
 * Tests that need a tool: run with its path where the machine has it, else left out and said so at the end of the run;
 * with `CI=true` they fail instead.
 *
 *     describeWith('Chromium', 'the room page', (chromium) => { test(…) })
 */
export function describeWith(tool: Tool, name: string, tests: (path: string) => void): void {
  const path = paths[tool]()
  if (path !== null) return void describe(name, () => tests(path))
  if (process.env.CI === 'true')
    return void test(name, () => {
      throw new Error(`${tool} is needed on this machine, since CI=true leaves no test out`)
    })
  describe.skip(`${name} (${leftOut(tool)})`, () => tests(''))
}
