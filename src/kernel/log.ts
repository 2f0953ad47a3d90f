import { type DestinationStream, type Logger, pino } from 'pino'
import { codeOf } from './environment.ts'
import { redactFields, redactText, sayable } from './redact.ts'
import type { LogLevel } from './settings.ts'

export type Log = Logger

/**
 * Structured lines that hold no secret, no link's token and no private text, whatever is handed in: one JSON object a line;
 * easier to read in a terminal, where pino-pretty is installed.
 */
export async function createLog(level: LogLevel, to: DestinationStream & { isTTY?: boolean } = process.stdout): Promise<Log> {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      // Errors become fields before the line is made; pino would take all that hangs on them.
      formatters: { level: (label) => ({ level: label }), log: redactFields },
      serializers: { err: (fields: unknown) => fields },
      hooks: {
        // An error logged alone lends its message to the line.
        logMethod(inputs, method) {
          const [first] = inputs
          if (first instanceof Error && inputs.length === 1) method.apply(this, [{ err: first }, sayable(first)])
          else method.apply(this, inputs)
        },
        streamWrite: redactLine,
      },
    },
    to.isTTY ? await prettyOver(to) : to,
  )
}

/** The whole line once more: the fields of child loggers reach no formatter. */
const redactLine = (line: string): string => `${redactText(JSON.stringify(redactFields(JSON.parse(line))))}\n`

/** pino-pretty serves development and is not in the shipped image: without it the lines stay JSON. */
async function prettyOver(to: DestinationStream): Promise<DestinationStream> {
  try {
    const { prettyFactory } = await import('pino-pretty')
    const pretty = prettyFactory({ colorize: true, translateTime: 'SYS:HH:MM:ss', singleLine: true })
    return { write: (line) => to.write(pretty(line)) }
  } catch (error) {
    if (codeOf(error) === 'ERR_MODULE_NOT_FOUND') return to
    throw error
  }
}
