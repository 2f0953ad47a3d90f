import { spawnSync } from 'node:child_process'

/**
 * `npm test` kills ten workers, and ten processes that hear voice; this kills fifty and a hundred, or as many as `KILLS` and
 * `VOICE_KILLS` say. Each run prints its seed.
 */
const env = { ...process.env, KILLS: process.env.KILLS ?? '50', VOICE_KILLS: process.env.VOICE_KILLS ?? '100' }
const { status } = spawnSync('vitest run kill.test.ts week.test.ts --testTimeout=1800000', { stdio: 'inherit', shell: true, env })
process.exitCode = status ?? 1
