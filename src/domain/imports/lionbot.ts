import { type Fault, longestStretchSeconds, mostRows, type Read, type Stretch, subjectFrom, taken } from './import.ts'
import { momentIn } from './moment.ts'

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
 * the file is left alone, and so is all behind one session more than can be taken. A fault names the place of the session in its list,
 * from 1.
 */
export function readLionbot(text: string, now: Date): LionbotExport | null {
  const file = parsed(text)
  const sessions = isObject(file) && isObject(file.study_sessions) ? file.study_sessions.voice : null
  if (!isObject(file) || !Array.isArray(sessions)) return null
  const faults: Fault[] = []
  const told = (sessions as readonly unknown[]).slice(0, mostRows + 1).flatMap((session, n) => {
    const line = n + 1
    const from = isObject(session) && typeof session.start_time === 'string' ? momentIn(session.start_time, 'UTC') : null
    if (!isObject(session) || from === null) {
      faults.push({ line, why: 'time' })
      return []
    }
    const seconds = secondsIn(session.duration)
    if (seconds === null) {
      faults.push({ line, why: 'length' })
      return []
    }
    const subject = subjectFrom(typeof session.tag === 'string' ? session.tag : null)
    return [{ line, from, to: new Date(from.getTime() + seconds * 1000), subject }]
  })
  const { rows, faults: refused } = taken(told, now)
  const info = isObject(file.export_info) ? file.export_info.discord_id : null
  return { rows, faults: [...faults, ...refused].toSorted((a, b) => a.line - b.line), account: typeof info === 'string' ? info : null }
}

/** Whole seconds, of a number or its digits alone: anything else may turn into a number in strange ways. */
function secondsIn(duration: unknown): number | null {
  const seconds = typeof duration === 'number' || (typeof duration === 'string' && /^\d+(\.\d+)?$/.test(duration)) ? Number(duration) : 0
  return seconds > 0 && seconds <= longestStretchSeconds ? Math.floor(seconds) : null
}
