import { assertAdmin, changeWorkspace, type WorkspaceChange } from '../domain/workspaces/settings.actions.ts'
import { settingsHere } from '../domain/workspaces/settings.queries.ts'
import { setupScreen } from '../screens/setup.ts'
import { type Args, command, type Options } from './command.ts'
import { zoneOption } from './settings/index.ts'
import { none } from './values.ts'

/** In the order in which forms show them; a part of the form on Discord begins with language, creators, default_focus and solo_voice. */
const options = {
  language: { type: 'choice', choices: ['host', 'en', 'ko'], about: 'option.language.about' },
  zone: { ...zoneOption, about: 'option.zone.about' },
  announce: { type: 'channels', of: 'text', most: 1, about: 'option.announce.about' },
  others_stats: { type: 'boolean', about: 'option.others_stats.about' },
  trial: { type: 'boolean', about: 'option.trial.about' },
  creators: { type: 'choice', choices: ['everyone', 'roles', 'moderators'], about: 'option.creators.about' },
  creator_roles: { type: 'roles', most: 25, about: 'option.creator_roles.about' },
  room_channels: { type: 'channels', of: 'text', most: 25, about: 'option.room_channels.about' },
  rooms_per_host: { type: 'integer', min: 1, max: 100, about: 'option.rooms_per_host.about' },
  default_focus: { type: 'integer', min: 1, max: 180, unit: 'minutes', about: 'option.default_focus.about' },
  default_break: { type: 'integer', min: 1, max: 60, unit: 'minutes', about: 'option.default_break.about' },
  default_control: { type: 'choice', choices: ['host', 'anyone', 'vote'], about: 'option.default_control.about' },
  solo_voice: { type: 'boolean', about: 'option.solo_voice.about' },
  voice_allow: { type: 'channels', of: 'voice', most: 25, about: 'option.voice_allow.about' },
  voice_deny: { type: 'channels', of: 'voice', most: 25, about: 'option.voice_deny.about' },
  server_events: { type: 'boolean', about: 'option.server_events.about' },
} as const satisfies Options

/** What is asked for, and nothing else: absent options change nothing. */
function changeOf(args: Args<typeof options>): WorkspaceChange {
  const change = {
    locale: args.language === 'host' ? null : args.language,
    timezone: args.zone,
    announcement_channel: args.announce === undefined ? undefined : (args.announce[0] ?? null),
    others_stats: args.others_stats,
    trial: args.trial,
    room_creators: args.creators,
    creator_roles: args.creator_roles,
    room_channels: args.room_channels,
    rooms_per_host: args.rooms_per_host,
    default_work_minutes: args.default_focus,
    default_break_minutes: args.default_break,
    default_control: args.default_control,
    voice_time: args.solo_voice,
    voice_allow: args.voice_allow,
    voice_deny: args.voice_deny,
    scheduled_events: args.server_events,
  }
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}

const yesNo = (value: boolean): string => (value ? 'yes' : 'no')
const channelList = (ids: readonly string[]): string => ids.map((id) => `<#${id}>`).join(' ') || none

/** Voice channels, roles and events are Discord's alone; the pages know no channels. */
const ofDiscord = [
  'creator_roles',
  'solo_voice',
  'voice_allow',
  'voice_deny',
  'server_events',
] as const satisfies readonly (keyof typeof options)[]
const ofChats = ['announce', 'room_channels'] as const satisfies readonly (keyof typeof options)[]

/** What admins decide for the whole workspace: shown, or changed by what is given. */
export const setup = command({
  name: 'setup',
  summary: 'command.setup.summary',
  reply: 'private',
  options,
  async fill(ctx) {
    await assertAdmin(ctx)
    const settings = await settingsHere(ctx)
    return {
      language: settings.locale ?? 'host',
      zone: settings.timezone,
      announce: channelList(settings.announcement_channel === null ? [] : [settings.announcement_channel]),
      others_stats: yesNo(settings.others_stats),
      trial: yesNo(settings.trial_until !== null && settings.trial_until > ctx.now),
      creators: settings.room_creators,
      creator_roles: settings.creator_roles.map((id) => `<@&${id}>`).join(' ') || none,
      room_channels: channelList(settings.room_channels),
      rooms_per_host: String(settings.rooms_per_host),
      default_focus: String(settings.default_work_minutes),
      default_break: String(settings.default_break_minutes),
      default_control: settings.default_control,
      solo_voice: yesNo(settings.voice_time),
      voice_allow: channelList(settings.voice_allow),
      voice_deny: channelList(settings.voice_deny),
      server_events: yesNo(settings.scheduled_events),
    }
  },
  async omit(ctx) {
    const { platform } = await settingsHere(ctx)
    return [...(platform === 'discord' ? [] : ofDiscord), ...(platform === 'web' ? ofChats : [])]
  },
  async run(tx, args) {
    await assertAdmin(tx)
    const change = changeOf(args)
    const isChange = Object.keys(change).length > 0
    if (isChange) await changeWorkspace(tx, change)
    return setupScreen(await settingsHere(tx), tx.now, {
      lacks: tx.place?.lacks,
      said: isChange ? 'saved' : undefined,
      onPage: tx.actor !== 'clock' && tx.actor.platform === 'web',
    })
  },
})
