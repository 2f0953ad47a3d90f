import type { Reporter, TestModule } from 'vitest/node'
import { leftOut, type Tool } from './machine.ts'

const tools: readonly Tool[] = ['Chromium', 'redis-server']

/** Says after the summary which tests were left out and why; silent when none was. */
export const leftOutReporter: Reporter = {
  onTestRunEnd(modules) {
    for (const tool of tools) {
      const names = modules.flatMap((module) => namesOf(module, leftOut(tool)))
      if (names.length > 0) process.stdout.write(`\n${names.length} tests were left out: this machine has no ${tool}.\n`)
    }
  },
}

const namesOf = (module: TestModule, reason: string): string[] =>
  [...module.children.allTests('skipped')].map((test) => test.fullName).filter((name) => name.includes(reason))
