import { type Fault, type Read, type Stretch, subjectFrom, taken } from './import.ts'

/** What is read of LionBot's export: whose it is, and the sessions in voice channels. Null where the file is none. */
export type LionbotExport = Read<Stretch> & { readonly account: string | null }

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/**
 * Reads `study_sessions.voice[]`: `start_time` (ISO), `duration` (seconds) and `tag`; and `export_info.discord_id`. Everything else in
 * the file is left alone. A fault names the place of the session in its list, from 1.
 */
export function readLionbot(text: string, now: Date): LionbotExport | null {
  const file = parsed(text)
  const sessions = isObject(file) && isObject(file.study_sessions) ? file.study_sessions.voice : null
  if (!isObject(file) || !Array.isArray(sessions)) return null
  const faults: Fault[] = []
  const told = (sessions as readonly unknown[]).flatMap((session, n) => {
    const line = n + 1
    const from = isObject(session) && typeof session.start_time === 'string' ? new Date(session.start_time) : null
    const seconds = isObject(session) ? Number(session.duration) : Number.NaN
    if (!isObject(session) || from === null || Number.isNaN(from.getTime())) {
      faults.push({ line, why: 'time' })
      return []
    }
    if (!Number.isFinite(seconds) || seconds <= 0) {
      faults.push({ line, why: 'length' })
      return []
    }
    const subject = subjectFrom(typeof session.tag === 'string' ? session.tag : null)
    return [{ line, from, to: new Date(from.getTime() + Math.floor(seconds) * 1000), subject }]
  })
  const { rows, faults: refused } = taken(told, now)
  const info = isObject(file.export_info) ? file.export_info.discord_id : null
  return { rows, faults: [...faults, ...refused].toSorted((a, b) => a.line - b.line), account: typeof info === 'string' ? info : null }
}
