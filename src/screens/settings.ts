import type { Selectable } from 'kysely'
import type { DB } from '../db/schema.ts'
import type { CalendarNow } from '../domain/people/calendar.ts'
import { button, buttons, lines, message } from './room.ts'
import type { Screen } from './screen.ts'

/** What a person chose, each with its name, and the way to change it. Days already follow `calendar`, and its change from its day on. */
export function settingsScreen(chosen: Selectable<DB['user_settings']>, calendar: CalendarNow, said?: 'saved'): Screen {
  const { next } = calendar
  const change =
    next === null
      ? []
      : [message('settings.calendar.next', { at: { time: next.from, as: 'date' }, clock: { time: next.from, as: 'clock' } })]
  return {
    tone: 'calm',
    title: message('settings.title'),
    blocks: [
      ...(said === 'saved' || change.length > 0 ? [lines(...(said === 'saved' ? [message('settings.saved')] : []), ...change)] : []),
      {
        kind: 'facts',
        facts: [
          {
            label: message('settings.timezone'),
            value: chosen.timezone ?? message('settings.timezone.guessed', { zone: calendar.timezone }),
          },
          { label: message('settings.locale'), value: message('settings.locale.value', { locale: chosen.locale ?? 'platform' }) },
          { label: message('settings.day-start'), value: chosen.day_start.slice(0, 5) },
          { label: message('settings.visibility'), value: message(`choice.visibility.${chosen.visibility}`) },
          { label: message('settings.rank-visibility'), value: message(`choice.rank_visibility.${chosen.rank_visibility}`) },
          { label: message('settings.voice-time'), value: message(`choice.voice_time.${chosen.voice_time}`) },
          { label: message('more.ping'), value: message(`ping.${chosen.ping}`) },
        ],
      },
      buttons(button('settings.change', { command: 'settings set', args: {}, ask: true })),
    ],
  }
}
