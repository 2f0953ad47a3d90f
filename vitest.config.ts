import { defineConfig } from 'vitest/config'
import { leftOutReporter } from './src/testing/left-out.ts'

export default defineConfig({
  test: {
    include: ['{src,bots,dashboard,scripts,bench}/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    reporters: ['default', leftOutReporter],
    globalSetup: ['src/testing/postgres.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
})
