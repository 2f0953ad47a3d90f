import { spawnSync } from 'node:child_process'

/** What has to be green before a change is shipped, quickest first. The tests hold the architecture's rules too. */
const steps = [
  ['types', 'tsc --noEmit'],
  ['lint', 'biome check --diagnostic-level=warn --error-on-warnings'],
  ['dead code', 'knip --no-progress'],
  ['tests', 'vitest run'],
] as const

/** For whoever has just run `npm test`; the architecture's rules are looked at all the same. */
const withoutTests = process.argv.includes('--without-tests')
const architecture = 'vitest run src/testing/architecture.test.ts'

const results = steps.map(([name, command]) => {
  const run = name === 'tests' && withoutTests ? architecture : command
  process.stdout.write(`\n${name}: ${run}\n`)
  const { status } = spawnSync(run, { stdio: 'inherit', shell: true })
  return { name: run === architecture ? 'architecture' : name, passed: status === 0 }
})

const failed = results.filter(({ passed }) => !passed).map(({ name }) => name)
process.stdout.write(`\n${results.map(({ name, passed }) => `${passed ? 'ok    ' : 'FAILED'}  ${name}`).join('\n')}\n`)
process.exitCode = failed.length === 0 ? 0 : 1
