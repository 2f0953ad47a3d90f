import { isJson, type Json } from '../json.ts'
import { changeOwnState, ownState } from '../own-state.ts'
import { ApiError, flagArg, stringArg, structureArg, type UserCall, type UserMethod } from './method.ts'

/** https://docs.slack.dev/reference/methods/users.profile.set */
const LONGEST_STATUS = 100
const EMOJI = /^:[a-z0-9_+'-]+(?:::skin-tone-[2-6])?:$/
/** What Slack shows where a text came without an emoji. */
const USUAL_EMOJI = ':speech_balloon:'

const profilePart = ({ sim, team, user }: UserCall): Json => {
  const state = ownState(team, user.id, sim.now())
  return {
    real_name: user.realName,
    display_name: user.name,
    status_text: state.statusText,
    status_emoji: state.statusEmoji,
    status_expiration: state.statusExpiration,
  }
}

const snoozePart = ({ sim, team, user }: UserCall): Json => {
  const { snoozedUntil } = ownState(team, user.id, sim.now())
  if (snoozedUntil === 0) return { snooze_enabled: false }
  return {
    snooze_enabled: true,
    snooze_endtime: snoozedUntil,
    snooze_remaining: snoozedUntil - Math.floor(sim.now() / 1000),
    snooze_is_indefinite: false,
  }
}

const noQuietHours = { dnd_enabled: false, next_dnd_start_ts: 1, next_dnd_end_ts: 1 }

function setStatus(call: UserCall): void {
  const profile = structureArg(call.args, 'profile')
  if (!isJson(profile)) throw new ApiError('invalid_profile')
  const now = ownState(call.team, call.user.id, call.sim.now())
  const { status_text: text = now.statusText, status_emoji: emoji = now.statusEmoji, status_expiration: until = 0 } = profile
  if (typeof text !== 'string' || typeof emoji !== 'string' || !Number.isSafeInteger(until)) throw new ApiError('invalid_profile')
  if (text.length > LONGEST_STATUS) throw new ApiError('profile_status_set_failed_too_long')
  if (emoji !== '' && !EMOJI.test(emoji)) throw new ApiError('profile_status_set_failed_not_valid_emoji')
  const isEmpty = text === '' && emoji === ''
  changeOwnState(call.team, call.user.id, {
    statusText: text,
    statusEmoji: text !== '' && emoji === '' ? USUAL_EMOJI : emoji,
    statusExpiration: isEmpty ? 0 : Number(until),
  })
}

/** What a person's own token may do. */
export const own: Readonly<Record<string, UserMethod>> = {
  'users.profile.get': {
    token: 'user',
    tier: 4,
    scopes: ['users.profile:read'],
    run: (call) => ({ profile: profilePart(call) }),
  },
  'users.profile.set': {
    token: 'user',
    tier: 3,
    scopes: ['users.profile:write'],
    run: (call) => {
      setStatus(call)
      return { username: call.user.name, profile: profilePart(call) }
    },
  },
  'dnd.info': {
    token: 'user',
    tier: 3,
    scopes: ['dnd:read'],
    run: (call) => ({ ...noQuietHours, ...snoozePart(call) }),
  },
  'dnd.setSnooze': {
    token: 'user',
    tier: 2,
    scopes: ['dnd:write'],
    run: (call) => {
      const minutes = Number(stringArg(call.args, 'num_minutes') ?? Number.NaN)
      if (!Number.isSafeInteger(minutes) || minutes <= 0) throw new ApiError('missing_duration')
      changeOwnState(call.team, call.user.id, { snoozedUntil: Math.floor(call.sim.now() / 1000) + minutes * 60 })
      return snoozePart(call)
    },
  },
  'dnd.endSnooze': {
    token: 'user',
    tier: 2,
    scopes: ['dnd:write'],
    run: (call) => {
      if (ownState(call.team, call.user.id, call.sim.now()).snoozedUntil === 0) throw new ApiError('snooze_not_active')
      changeOwnState(call.team, call.user.id, { snoozedUntil: 0 })
      return { ...noQuietHours, snooze_enabled: false }
    },
  },
  'auth.revoke': {
    token: 'user',
    tier: 3,
    scopes: [],
    run: (call) => {
      if (flagArg(call.args, 'test')) return { revoked: false }
      call.sim.world.deadTokens.set(call.held, 'token_revoked')
      return { revoked: true }
    },
  },
}
