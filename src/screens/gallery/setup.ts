import type { WorkspaceSettings } from '../../domain/workspaces/settings.ts'
import { after, days } from '../../kernel/clock.ts'
import { permissions } from '../../kernel/context.ts'
import type { Screen } from '../screen.ts'
import { setupScreen, trialOver } from '../setup.ts'
import { person, sampleNow, workspaceId } from './cast.ts'

const untouched: WorkspaceSettings = {
  id: workspaceId,
  platform: 'discord',
  external_id: '900',
  name: 'The Library',
  locale: null,
  rooms_per_host: 1,
  timezone: 'UTC',
  announcement_channel: null,
  room_creators: 'everyone',
  creator_roles: [],
  room_channels: [],
  default_work_minutes: 25,
  default_break_minutes: 5,
  default_control: 'host',
  others_stats: true,
  trial_until: null,
  set_up_by: null,
  set_up_at: null,
  voice_time: true,
  voice_allow: [],
  voice_deny: [],
  installed_at: sampleNow,
  uninstalled_at: null,
}

const decided: WorkspaceSettings = {
  ...untouched,
  name: '*x* <!channel>',
  locale: 'ko',
  timezone: 'Asia/Seoul',
  announcement_channel: '555',
  room_creators: 'roles',
  creator_roles: ['31', '32'],
  room_channels: ['555', '556'],
  rooms_per_host: 3,
  default_control: 'vote',
  trial_until: after(sampleNow, days(6)),
  set_up_by: person(1),
  set_up_at: sampleNow,
  voice_time: false,
  voice_allow: ['700'],
  voice_deny: ['701', '702'],
}

/** What admins decide for everyone, and what follows from it. */
export const setupSamples: Readonly<Record<string, Screen>> = {
  'setup, untouched': setupScreen(untouched, [], sampleNow),
  'setup, saved, everything missing': setupScreen(decided, permissions, sampleNow, 'saved'),
  'setup on Slack': setupScreen(
    { ...decided, platform: 'slack', announcement_channel: 'C1', room_creators: 'moderators', room_channels: [] },
    undefined,
    sampleNow,
  ),
  'setup on the web': setupScreen({ ...untouched, platform: 'web', name: 'Home' }, undefined, sampleNow),
  'trial over': trialOver('The Library'),
}
