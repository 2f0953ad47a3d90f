import type { FaultKind } from '../../db/schema.ts'
import type { LastChime, StandingFault } from '../../domain/faults/fault.queries.ts'
import type { Health } from '../../domain/faults/health.queries.ts'
import type { WorkspaceSettings } from '../../domain/workspaces/settings.ts'
import { after, days, minutes } from '../../kernel/clock.ts'
import { permissions } from '../../kernel/context.ts'
import type { FaultId } from '../../kernel/ids.ts'
import { done } from '../answers.ts'
import { diagnosisScreen, type Found, faultNotice, helpAsked } from '../diagnosis.ts'
import { message } from '../room.ts'
import type { Screen } from '../screen.ts'
import { setupScreen, trialOver } from '../setup.ts'
import { person, roomId, sampleNow, workspaceId } from './cast.ts'

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
  scheduled_events: false,
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

const fault = (kind: FaultKind): StandingFault => ({
  id: roomId(9) as string as FaultId,
  platform: 'discord',
  workspace: 'The Library',
  channel: '555',
  kind,
  since: after(sampleNow, -minutes(20)),
})

const fine: Found = {
  here: { rooms: 1, present: 4, isPrivate: false },
  lacks: [],
  faults: [],
  trialUntil: null,
  workspace: null,
  health: null,
}

const chimes: readonly LastChime[] = [
  { channel: '700', playedAt: after(sampleNow, -minutes(5)), failure: null, failedAt: null },
  ...['gone', 'permission', 'stage', 'full', 'muted', 'busy', 'unreachable'].map((failure, n) => ({
    channel: `${701 + n}`,
    playedAt: null,
    failure,
    failedAt: after(sampleNow, -minutes(n + 1)),
  })),
]

const health: Health = {
  databaseBytes: 412_000_000,
  connections: 95,
  mostConnections: 100,
  waiting: 42,
  oldestSeconds: 380,
  oldestRole: 'slack',
  givenUp: 7,
  skewSeconds: -14.2,
  outages: [
    { platform: 'discord', from: after(sampleNow, -minutes(90)), to: after(sampleNow, -minutes(70)) },
    { platform: 'slack', from: after(sampleNow, -minutes(3)), to: null },
  ],
}

/** What admins decide for everyone, and what follows from it. */
export const setupSamples: Readonly<Record<string, Screen>> = {
  'diagnosis, fine': diagnosisScreen(fine),
  'diagnosis of a member': diagnosisScreen({
    ...fine,
    lacks: ['send'],
    faults: [fault('permission')],
    trialUntil: after(sampleNow, days(3)),
  }),
  'diagnosis without a room': diagnosisScreen({ ...fine, here: { rooms: 0, present: 0, isPrivate: false }, lacks: undefined }),
  'diagnosis of an empty room': diagnosisScreen({ ...fine, here: { rooms: 1, present: 0, isPrivate: false } }),
  'diagnosis of a private room': diagnosisScreen({ ...fine, here: { rooms: 1, present: 2, isPrivate: true } }),
  'diagnosis on the web': diagnosisScreen({
    ...fine,
    here: null,
    lacks: undefined,
    workspace: { faults: [], lacking: [], chimes: [], givenUp: 0 },
  }),
  'diagnosis of the operator': diagnosisScreen({
    ...fine,
    workspace: {
      faults: (['permission', 'gone', 'absent', 'archived'] as const).map(fault),
      lacking: [{ channel: '556', lacks: permissions }],
      chimes,
      givenUp: 3,
    },
    health,
  }),
  'diagnosis of a healthy installation': diagnosisScreen({
    ...fine,
    workspace: { faults: [], lacking: [], chimes: [], givenUp: 0 },
    health: { ...health, connections: 12, waiting: 0, oldestSeconds: 0, givenUp: 0, skewSeconds: 0.1, outages: [] },
  }),
  'fault notice': faultNotice(fault('permission')),
  'fault notice on Slack': faultNotice({ ...fault('permission'), platform: 'slack', channel: 'C1' }),
  'help asked': helpAsked('The Library', '555', '*x* <!channel>'),
  'moderator told': done(message('diagnosis.told')),
  'setup, untouched': setupScreen(untouched, sampleNow, { lacks: [] }),
  'setup, saved, everything missing': setupScreen(decided, sampleNow, { lacks: permissions, said: 'saved' }),
  'setup on Slack': setupScreen(
    { ...decided, platform: 'slack', announcement_channel: 'C1', room_creators: 'moderators', room_channels: [] },
    sampleNow,
    {},
  ),
  'setup on the web': setupScreen({ ...untouched, platform: 'web', name: 'Home' }, sampleNow, { onPage: true }),
  'setup of Discord on a page': setupScreen(decided, sampleNow, { onPage: true }),
  'trial over': trialOver('The Library'),
}
