import type { Wish } from '../../domain/rooms/room.actions.ts'
import type { RoomSettings } from '../../domain/rooms/room.ts'
import type { Args, Filled, Options } from '../command.ts'

/** What a room is, as options described once: create and edit take them, and the settings form is made from them. */
export const settingOptions = {
  name: { type: 'string', max: 100, about: 'option.name.about' },
  focus: { type: 'integer', min: 1, max: 180, unit: 'minutes', about: 'option.focus.about' },
  break: { type: 'integer', min: 1, max: 60, unit: 'minutes', about: 'option.break.about' },
  long_break: { type: 'integer', min: 1, max: 120, unit: 'minutes', about: 'option.long_break.about' },
  long_break_after: { type: 'integer', min: 0, max: 12, about: 'option.long_break_after.about' },
  rounds: { type: 'integer', min: 0, max: 100, about: 'option.rounds.about' },
  capacity: { type: 'integer', min: 2, max: 500, about: 'option.capacity.about' },
  private: { type: 'boolean', about: 'option.private.about' },
  control: { type: 'choice', choices: ['host', 'anyone', 'vote'], about: 'option.control.about' },
  voice: { type: 'channel', of: 'voice', about: 'option.voice.about' },
  keep: { type: 'boolean', about: 'option.keep.about' },
} as const satisfies Options

/** Habits that nobody decides on while opening a room: only its settings have them. */
export const habitOptions = {
  auto_break: { type: 'boolean', about: 'option.auto_break.about' },
  auto_focus: { type: 'boolean', about: 'option.auto_focus.about' },
  warning: { type: 'boolean', about: 'option.warning.about' },
  thread_lines: { type: 'boolean', about: 'option.thread_lines.about' },
  start_on_join: { type: 'boolean', about: 'option.start_on_join.about' },
  stop_when_empty: { type: 'boolean', about: 'option.stop_when_empty.about' },
  chime: { type: 'boolean', about: 'option.chime.about' },
  chime_sound: { type: 'choice', choices: ['bell', 'bowl', 'wood'], about: 'option.chime_sound.about' },
  chime_volume: { type: 'integer', min: 0, max: 100, about: 'option.chime_volume.about' },
  mute_in_focus: { type: 'boolean', about: 'option.mute_in_focus.about' },
} as const satisfies Options

type SettingArgs = Args<typeof settingOptions> & Partial<Args<typeof habitOptions>>

/** 0 means endless rounds and no long break; one round before a long break would leave no short ones. */
const orNone = (n: number): number | null => (n === 0 ? null : n)

/** What is asked for, and nothing else: absent options change nothing. */
export function wishOf(args: SettingArgs): Wish {
  const wish: Record<string, unknown> = {
    room_name: args.name,
    work_duration_minutes: args.focus,
    break_duration_minutes: args.break,
    long_break_minutes: args.long_break,
    long_break_after:
      args.long_break_after === undefined ? undefined : orNone(Math.max(args.long_break_after, args.long_break_after === 0 ? 0 : 2)),
    rounds: args.rounds === undefined ? undefined : orNone(args.rounds),
    max_participants: args.capacity,
    is_private: args.private,
    control: args.control,
    voice: args.voice,
    keep: args.keep,
    auto_start_break: args.auto_break,
    auto_start_work: args.auto_focus,
    warning: args.warning,
    thread_lines: args.thread_lines,
    start_on_join: args.start_on_join,
    stop_when_empty: args.stop_when_empty,
    chime: args.chime,
    chime_sound: args.chime_sound,
    chime_volume: args.chime_volume,
    mute_in_focus: args.mute_in_focus,
  }
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined))
}

const yesNo = (value: boolean): string => (value ? 'yes' : 'no')

/** A room's settings as its form shows them. */
export function filledFrom({ room }: { readonly room: RoomSettings }): Filled {
  return {
    name: room.room_name,
    focus: String(room.work_duration_minutes),
    break: String(room.break_duration_minutes),
    long_break: String(room.long_break_minutes),
    long_break_after: String(room.long_break_after ?? 0),
    rounds: String(room.rounds ?? 0),
    capacity: String(room.max_participants),
    private: yesNo(room.is_private),
    control: room.control,
    keep: yesNo(room.keep),
    auto_break: yesNo(room.auto_start_break),
    auto_focus: yesNo(room.auto_start_work),
    warning: yesNo(room.warning),
    thread_lines: yesNo(room.thread_lines),
    start_on_join: yesNo(room.start_on_join),
    stop_when_empty: yesNo(room.stop_when_empty),
    chime: yesNo(room.chime),
    chime_sound: room.chime_sound,
    chime_volume: String(room.chime_volume),
    mute_in_focus: yesNo(room.mute_in_focus),
  }
}
