import { spawnSync } from 'node:child_process'

/** `npm test` kills a worker ten times; this kills fifty times, or as often as `KILLS` says. Each run prints its seed. */
const env = { ...process.env, KILLS: process.env.KILLS ?? '50' }
const { status } = spawnSync('vitest run kill.test.ts --testTimeout=600000', { stdio: 'inherit', shell: true, env })
process.exitCode = status ?? 1
