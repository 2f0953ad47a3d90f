import { spawnSync } from 'node:child_process'

/** `npm test` kills ten processes each; this kills so many, or as many as `KILLS` says. Each run prints its seed. */
const runs = { 'kill.test.ts': 50, 'week.test.ts': 100 }
const statuses = Object.entries(runs).map(([test, kills]) => {
  const env = { ...process.env, KILLS: process.env.KILLS ?? `${kills}` }
  return spawnSync(`vitest run ${test} --testTimeout=1800000`, { stdio: 'inherit', shell: true, env }).status ?? 1
})
process.exitCode = Math.max(...statuses)
