import { type Logger, LogLevel } from '@slack/bolt'
import type { Logger as Pino } from 'pino'

/** Slack's libraries log whole payloads at debug, and those hold what people typed: only warnings and errors pass. */
export function createLogger(log: Pino): Logger {
  const told = (parts: unknown[]): string => parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ')
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...parts: unknown[]) => log.warn(told(parts)),
    error: (...parts: unknown[]) => log.error(told(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  }
}
