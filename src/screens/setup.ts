import type { WorkspaceSettings } from '../domain/workspaces/settings.ts'
import type { Permission } from '../kernel/context.ts'
import type { Text } from '../locales/text.ts'
import { button, buttons, lines, message } from './room.ts'
import type { Block, Screen } from './screen.ts'

/** Texts with commas between them; what to say where there is none. */
const listOr = ([first, ...rest]: readonly Text[], none: Text): Text =>
  first === undefined ? none : rest.reduce<Text>((head, tail) => message('commands.list', { head, tail }), first)

const channels = (ids: readonly string[], none: Text): Text =>
  listOr(
    ids.map((channel) => ({ channel })),
    none,
  )

const yesNo = (value: boolean): Text => message('setup.yes-no', { value: value ? 'yes' : 'no' })

/** `lacks` is undefined where the platform did not say. Channels and roles are changed in the chat that knows them: on a page, that is said. */
type Look = { readonly lacks?: readonly Permission[] | undefined; readonly said?: 'saved' | undefined; readonly onPage?: boolean }

/** Everything a workspace decided, for its admins, with a check of what the bot may do here. Voice channels and roles are Discord's alone. */
export function setupScreen(settings: WorkspaceSettings, now: Date, { lacks, said, onPage = false }: Look): Screen {
  const isDiscord = settings.platform === 'discord'
  const isTrying = settings.trial_until !== null && settings.trial_until > now
  const facts = [
    {
      label: message('setup.language'),
      value: message(`choice.language.${settings.locale ?? 'host'}`),
    },
    { label: message('setup.zone'), value: settings.timezone },
    ...(settings.platform === 'web'
      ? []
      : [
          {
            label: message('setup.announce'),
            value: settings.announcement_channel === null ? message('setup.nowhere') : { channel: settings.announcement_channel },
          },
        ]),
    { label: message('setup.others-stats'), value: yesNo(settings.others_stats) },
    { label: message('setup.creators'), value: creatorsOf(settings) },
    ...(settings.platform === 'web'
      ? []
      : [{ label: message('setup.room-channels'), value: channels(settings.room_channels, message('setup.everywhere')) }]),
    { label: message('setup.rooms-per-host'), value: message('setup.number', { count: settings.rooms_per_host }) },
    {
      label: message('setup.defaults'),
      value: message('setup.defaults.value', {
        work: settings.default_work_minutes,
        break: settings.default_break_minutes,
        control: message(`choice.control.${settings.default_control}`),
      }),
    },
    ...(isDiscord
      ? [
          { label: message('setup.solo-voice'), value: yesNo(settings.voice_time) },
          { label: message('setup.voice-allow'), value: channels(settings.voice_allow, message('setup.everywhere')) },
          { label: message('setup.voice-deny'), value: channels(settings.voice_deny, message('setup.nowhere')) },
          { label: message('setup.server-events'), value: yesNo(settings.scheduled_events) },
        ]
      : []),
  ]
  return {
    tone: 'calm',
    title: message('setup.title', { workspace: settings.name }),
    blocks: [
      ...(said === 'saved' ? [lines(message('settings.saved'))] : []),
      ...(isTrying && settings.trial_until !== null
        ? [lines(message('setup.trial', { until: { time: settings.trial_until, as: 'date' } }))]
        : []),
      { kind: 'facts', facts },
      ...(onPage && settings.platform !== 'web' ? [lines(message('setup.in-chat', { platform: settings.platform }))] : []),
      ...(lacks === undefined ? [] : [permissionCheck(lacks)]),
      buttons(
        button('settings.change', { command: 'setup', args: {}, ask: true }, 'primary'),
        button(isTrying ? 'setup.trial.end' : 'setup.trial.begin', { command: 'setup', args: { trial: isTrying ? 'no' : 'yes' } }),
        button('setup.diagnose', { command: 'diagnose', args: {} }),
      ),
    ],
  }
}

function creatorsOf(settings: WorkspaceSettings): Text {
  if (settings.room_creators !== 'roles') return message(`choice.creators.${settings.room_creators}`)
  return listOr(
    settings.creator_roles.map((role) => ({ role })),
    message('choice.creators.roles'),
  )
}

/** Each permission that is missing in this channel, with what it is for and how to give it. */
export const permissionCheck = (lacks: readonly Permission[]): Block =>
  lacks.length === 0
    ? lines(message('permission.all'))
    : lines(...lacks.map((permission) => message(`permission.${permission}`)), message('permission.fix'))

/** Said once to whoever began the trial. */
export const trialOver = (workspace: string): Screen => ({
  tone: 'calm',
  title: message('setup.trial-over', { workspace }),
  blocks: [buttons(button('setup.open', { command: 'setup', args: {} }))],
})
