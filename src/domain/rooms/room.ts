import type { ChimeSound, Control, Role } from '../../db/schema.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { isAtLeast } from '../workspaces/workspace.ts'

/** What a host decides about a room; column names, so that a change is an update. */
export type RoomSettings = {
  readonly room_name: string
  readonly work_duration_minutes: number
  readonly break_duration_minutes: number
  readonly long_break_minutes: number
  readonly long_break_after: number | null
  readonly rounds: number | null
  readonly auto_start_break: boolean
  readonly auto_start_work: boolean
  readonly max_participants: number
  readonly control: Control
  readonly is_private: boolean
  readonly keep: boolean
  readonly warning: boolean
  readonly thread_lines: boolean
  readonly chime: boolean
  readonly chime_sound: ChimeSound
  /** Percent. */
  readonly chime_volume: number
  readonly mute_in_focus: boolean
  readonly start_on_join: boolean
  readonly stop_when_empty: boolean
}

export const defaults: Omit<RoomSettings, 'room_name'> = {
  work_duration_minutes: 25,
  break_duration_minutes: 5,
  long_break_minutes: 15,
  long_break_after: 4,
  rounds: null,
  auto_start_break: true,
  auto_start_work: true,
  max_participants: 50,
  control: 'host',
  is_private: false,
  keep: false,
  warning: false,
  thread_lines: false,
  chime: true,
  chime_sound: 'bell',
  chime_volume: 60,
  mute_in_focus: false,
  start_on_join: false,
  stop_when_empty: false,
}

export const longestRoomName = 100

/**
 * A room name as it is kept: one line in NFC, 1–100 characters; null where nothing readable is left. Of what can't be seen only the
 * joiners stay, which some scripts and emoji need: the rest turns text around or tells two names apart that look the same.
 */
export function roomNameFrom(typed: string): string | null {
  const name = Array.from(
    typed
      .normalize('NFC')
      .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
      .replace(/(?![\u200c\u200d])\p{Cf}/gu, '')
      .trim(),
  )
    .slice(0, longestRoomName)
    .join('')
    .trim()
  return /[\p{L}\p{N}\p{S}\p{P}]/u.test(name) ? name : null
}

/** What somebody is to a room: all that a question of permission needs. `role` is the one in the room's home workspace. */
export type Standing = {
  readonly person: PersonId
  readonly role: Role | null
  readonly isOwner: boolean
  readonly isActingHost: boolean
  readonly isPresent: boolean
  readonly isInvited: boolean
  readonly isBanned: boolean
  /** Belongs to a workspace in which the room lives. */
  readonly isNeighbour: boolean
}

const hasRole = (who: Standing, role: Role): boolean => who.role !== null && isAtLeast(who.role, role)

/**
 * A private room exists only for its owner, the invited, participants and admins; any other for all whose workspace it lives in, and
 * for its moderators wherever they act.
 */
export const canSee = (who: Standing, room: { readonly is_private: boolean }): boolean =>
  who.isOwner ||
  who.isPresent ||
  who.isInvited ||
  hasRole(who, 'admin') ||
  (!room.is_private && (who.isNeighbour || hasRole(who, 'moderator')))

/** Only owner, moderators and admins edit, close, transfer, invite, kick and ban. */
export const canHost = (who: Standing): boolean => who.isOwner || hasRole(who, 'moderator')

/** A kept room belongs to the workspace, so its moderators decide about it. */
export const canKeep = (who: Standing): boolean => hasRole(who, 'moderator')

/** Hosts always move the timer, the acting host while the owner is away, everyone present where the room lets anyone. */
export const canControl = (who: Standing, control: Control): boolean =>
  canHost(who) || who.isActingHost || (control === 'anyone' && who.isPresent)

/** In a room that votes, starting, pausing and resuming is for anyone present; skipping and stopping takes a majority. */
export const canDoWithoutVote = (who: Standing, control: Control, verb: 'start' | 'pause' | 'resume' | 'skip' | 'stop'): boolean =>
  canControl(who, control) || (control === 'vote' && who.isPresent && verb !== 'skip' && verb !== 'stop')

/** More than half of those present. */
export const votesNeeded = (present: number): number => Math.floor(present / 2) + 1
