import type { Json } from './json.ts'
import { ownState } from './own-state.ts'
import type { Simulation } from './simulation.ts'
import type { Channel, Message, Team, User, View } from './world.ts'

/** How long Slack itself believes in a huddle of which it heard nothing more. */
const HUDDLE_SECONDS = 24 * 3600

/** How Slack writes its nouns in answers and in what it sends to the app. */

export const userPart = (sim: Simulation, team: Team, user: User, withLocale: boolean): Json => ({
  id: user.id,
  team_id: user.team,
  name: user.name,
  deleted: false,
  real_name: user.realName,
  tz: user.tz,
  tz_label: user.tz,
  profile: {
    real_name: user.realName,
    display_name: user.name,
    display_name_normalized: user.name,
    real_name_normalized: user.realName,
    ...huddlePart(sim, team, user),
  },
  is_admin: user.isAdmin,
  is_owner: user.isOwner,
  is_primary_owner: false,
  is_restricted: user.isRestricted,
  is_ultra_restricted: false,
  is_bot: user.isBot,
  is_app_user: false,
  ...(withLocale ? { locale: user.locale } : {}),
})

/** Which huddle it is Slack does not say: https://docs.slack.dev/reference/events/user_huddle_changed */
export const huddlePart = (sim: Simulation, team: Team, user: User): Json =>
  ownState(team, user.id, sim.now()).inHuddle
    ? { huddle_state: 'in_a_huddle', huddle_state_expiration_ts: Math.floor(sim.now() / 1000) + HUDDLE_SECONDS }
    : { huddle_state: 'default_unset', huddle_state_expiration_ts: 0 }

export const channelPart = (sim: Simulation, channel: Channel, bot: string): Json => ({
  id: channel.id,
  ...(channel.kind === 'im'
    ? { user: [...channel.members].find((id) => id !== bot) ?? bot }
    : { name: channel.name, name_normalized: channel.name }),
  is_channel: channel.kind === 'public',
  is_group: channel.kind === 'private',
  is_im: channel.kind === 'im',
  is_mpim: false,
  is_private: channel.kind !== 'public',
  is_archived: channel.archived,
  is_member: channel.members.has(bot),
  is_open: channel.kind === 'im',
  context_team_id: channel.team,
  created: Math.floor(sim.now() / 1000),
})

export const messagePart = (sim: Simulation, team: Team, message: Message): Json => ({
  type: 'message',
  user: message.author,
  team: team.id,
  ts: message.ts,
  text: message.text,
  ...(team.installation?.bot.id === message.author ? { bot_id: team.installation.botId, app_id: sim.app.id } : {}),
  ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
  ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
  ...(message.edited ? { edited: { user: message.author, ts: message.ts } } : {}),
})

export const viewPart = (sim: Simulation, team: Team, view: View): Json => ({
  title: null,
  submit: null,
  close: null,
  private_metadata: '',
  callback_id: '',
  external_id: '',
  clear_on_close: false,
  notify_on_close: false,
  ...view.spec,
  id: view.id,
  team_id: team.id,
  state: { values: view.values },
  hash: view.hash,
  previous_view_id: view.previousId,
  root_view_id: view.rootId,
  app_id: sim.app.id,
  app_installed_team_id: team.id,
  bot_id: team.installation?.botId ?? null,
})

/** What every interaction says of who acted, where. */
export const actorPart = (sim: Simulation, team: Team, user: User): Json => ({
  user: { id: user.id, username: user.name, name: user.name, team_id: team.id },
  team: { id: team.id, domain: team.domain },
  enterprise: null,
  is_enterprise_install: false,
  api_app_id: sim.app.id,
  token: 'verification',
})
