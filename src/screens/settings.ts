import type { Selectable } from 'kysely'
import type { DB } from '../db/schema.ts'
import { button, buttons, lines, message } from './room.ts'
import type { Screen } from './screen.ts'

/** What a person chose, each with its name, and the way to change it. */
export function settingsScreen(chosen: Selectable<DB['user_settings']>, said?: 'saved'): Screen {
  return {
    tone: 'calm',
    title: message('settings.title'),
    blocks: [
      ...(said === 'saved' ? [lines(message('settings.saved'))] : []),
      {
        kind: 'facts',
        facts: [
          { label: message('settings.timezone'), value: chosen.timezone === null ? message('settings.timezone.unset') : chosen.timezone },
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
