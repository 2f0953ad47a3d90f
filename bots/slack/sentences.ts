import type { Press } from '../../src/kernel/press.ts'
import type { MessageKey, Words } from '../../src/locales/text.ts'
import type { Button, Screen, Tone } from '../../src/screens/screen.ts'

/** The app's name as one invites it. Slack needs a person to type this: an app can't let itself in. */
const invite = '/invite @Focus Mate'

const notice = (tone: Tone, title: MessageKey, line: MessageKey, words: Words = {}, buttons: readonly Button[] = []): Screen => ({
  tone,
  title: { key: title },
  blocks: [{ kind: 'lines', lines: [{ key: line, words }] }, ...(buttons.length > 0 ? [{ kind: 'buttons', buttons } as const] : [])],
})

const absentWords = (channel: string): Words => ({
  invite,
  channel: channel === '' ? { key: 'slack.absent.here' } : `#${channel}`,
})

/** What only Slack has to say. */
export const sentences = {
  absent: (channel: string): Screen => notice('warning', 'slack.absent.title', 'slack.absent.line', absentWords(channel)),
  absentButReserved: (channel: string): Screen => notice('calm', 'slack.reserved.title', 'slack.reserved.line', absentWords(channel)),
  archived: (): Screen => notice('warning', 'slack.archived.title', 'slack.archived.line'),
  failed: (code: string): Screen => notice('warning', 'slack.failed.title', 'slack.failed.line', { code }),
  direct: (): Screen => notice('calm', 'slack.direct.title', 'slack.direct.line'),
  wait: (): Screen => notice('calm', 'slack.wait.title', 'slack.wait.line'),
  late: (press: Press): Screen =>
    notice('calm', 'slack.form.late', 'slack.form.late-line', {}, [{ label: { key: 'slack.form.open' }, look: 'primary', do: press }]),
  welcome: (): Screen => ({
    tone: 'calm',
    title: { key: 'slack.welcome.title' },
    blocks: [
      {
        kind: 'lines',
        lines: [
          { key: 'slack.welcome.line', words: { command: { command: 'room create' } } },
          { key: 'slack.welcome.invite', words: { invite } },
        ],
      },
    ],
  }),
} as const
