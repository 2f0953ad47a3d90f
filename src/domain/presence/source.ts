import type { Platform } from '../../kernel/context.ts'

/**
 * A connection through which people are seen: on Discord one shard of so many, on Slack the only one. The pages are seen by every process
 * that serves them, each named by `process`.
 */
export type Source = { readonly platform: Platform; readonly shard: number; readonly shardCount: number; readonly process?: string }
