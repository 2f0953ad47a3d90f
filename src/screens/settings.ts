import type { Selectable } from 'kysely'
import type { DB } from '../db/schema.ts'
import type { CalendarNow } from '../domain/people/calendar.ts'
import { button, buttons, lines, message } from './room.ts'
import type { Button, Screen } from './screen.ts'
import { calendarChange } from './zone.ts'

/** Of somebody with an account in Slack; `web` is where our pages are, without which Slack can't send them back to us. */
type SlackAccount = { readonly isConnected: boolean; readonly web: string | null }

const slackFacts = ({ slack_status: status, slack_snooze: snooze }: Selectable<DB['user_settings']>) =>
  (
    [
      ['settings.slack-status', status],
      ['settings.slack-snooze', snooze],
    ] as const
  ).map(([label, on]) => ({
    label: message(label),
    value: message('settings.slack.value', { on: on ? 'yes' : 'no' }),
  }))

/** Slack asks the person itself, on its own page. */
const connecting = (slack: SlackAccount | null): readonly Button[] =>
  slack === null || slack.isConnected || slack.web === null
    ? []
    : [button('settings.slack.connect', { open: `${slack.web}/slack/connect` })]

/** What a person chose, each with its name, and the way to change it. Days already follow `calendar`, and its change from its day on. */
export function settingsScreen(
  chosen: Selectable<DB['user_settings']>,
  calendar: CalendarNow,
  said?: 'saved',
  slack: SlackAccount | null = null,
): Screen {
  const change = calendarChange(calendar)
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
          { label: message('settings.locale'), value: message(`choice.locale.${chosen.locale ?? 'platform'}`) },
          { label: message('settings.day-start'), value: chosen.day_start.slice(0, 5) },
          { label: message('settings.visibility'), value: message(`choice.visibility.${chosen.visibility}`) },
          { label: message('settings.voice-time'), value: message(`choice.voice_time.${chosen.voice_time}`) },
          {
            label: message('settings.weekly-note'),
            value: message(chosen.weekly_note ? 'settings.weekly-note.on' : 'settings.weekly-note.off'),
          },
          { label: message('more.ping'), value: message(`ping.${chosen.ping}`) },
          ...(slack === null ? [] : slackFacts(chosen)),
        ],
      },
      ...(slack === null || slack.isConnected
        ? []
        : [lines(message(slack.web === null ? 'settings.slack.unreachable' : 'settings.slack.unconnected'))]),
      buttons(button('settings.change', { command: 'settings set', args: {}, ask: true }), ...connecting(slack)),
    ],
  }
}
