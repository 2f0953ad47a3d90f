import { spawnSync } from 'node:child_process'

/**
 * `npm test` kills ten workers, and ten processes that hear voice, and lets people cross platforms for a hundred deeds; this kills
 * fifty and a hundred, for a thousand deeds, or as many as `KILLS`, `VOICE_KILLS` and `DEEDS` say. Each run prints its seed.
 */
const env = {
  ...process.env,
  KILLS: process.env.KILLS ?? '50',
  VOICE_KILLS: process.env.VOICE_KILLS ?? '100',
  DEEDS: process.env.DEEDS ?? '1000',
}
const { status } = spawnSync('vitest run kill.test.ts week.test.ts crossing.test.ts --testTimeout=1800000', {
  stdio: 'inherit',
  shell: true,
  env,
})
process.exitCode = status ?? 1
