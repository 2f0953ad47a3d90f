import type { Person, Room, RoomView, Timer } from '../../domain/rooms/room.queries.ts'
import { defaults } from '../../domain/rooms/room.ts'
import { after, minutes } from '../../kernel/clock.ts'
import { names, person, phaseId, roomId, sampleNow, workspaceId } from './cast.ts'

const opened = after(sampleNow, -minutes(90))

const room: Room = {
  id: roomId(1),
  workspace_id: workspaceId,
  host_id: person(1),
  ...defaults,
  room_name: 'Deep work',
  named_after: null,
  is_active: true,
  empty_since: null,
  closed_at: null,
  created_at: opened,
  updated_at: opened,
}

const timer: Timer = {
  room_id: room.id,
  status: 'running',
  phase_id: phaseId,
  phase_type: 'work',
  completed_rounds: 1,
  planned_seconds: 25 * 60,
  ends_at: after(sampleNow, minutes(12)),
  remaining_seconds: null,
  paused_by: null,
  run_work_minutes: null,
  run_break_minutes: null,
  warn_at: null,
  outage_minutes: null,
  version: 7,
  updated_at: opened,
}

const noPhase = { phase_id: null, planned_seconds: null, ends_at: null } as const

/** States of a timer, as changes of the running one. */
export const timers = {
  onBreak: { phase_type: 'break', completed_rounds: 2, planned_seconds: 300, ends_at: after(sampleNow, minutes(4)) },
  onLongBreak: { phase_type: 'long_break', completed_rounds: 4, planned_seconds: 900, ends_at: after(sampleNow, minutes(15)) },
  paused: { status: 'paused', ends_at: null, remaining_seconds: 12 * 60 },
  idle: { status: 'idle', completed_rounds: 0, ...noPhase },
  breakReady: { status: 'idle', phase_type: 'break', completed_rounds: 1, ...noPhase },
  focusReady: { status: 'idle', completed_rounds: 1, ...noPhase },
} as const satisfies Readonly<Record<string, Partial<Timer>>>

export const people = (...list: readonly string[]): readonly Person[] => list.map((name, n) => ({ id: person(n + 1), name }))

type Change = Partial<Omit<RoomView, 'room' | 'timer'>> & { readonly room?: Partial<Room>; readonly timer?: Partial<Timer> }

/** Deep work: four people in the second round, seen by its owner; `change` says what is different. */
export function sampleView(change: Change = {}): RoomView {
  const here = change.here ?? people(...names.slice(0, 4))
  return {
    host: { id: person(1), name: 'Ada' },
    actingHost: here[0] ?? null,
    pausedBy: null,
    workspaceName: 'The Library',
    count: here.length,
    votes: [],
    standing: {
      person: person(1),
      role: 'member',
      isOwner: true,
      isActingHost: true,
      isPresent: true,
      isInvited: false,
      isBanned: false,
      isNeighbour: true,
    },
    ...change,
    here,
    room: { ...room, ...change.room },
    timer: { ...timer, ...change.timer },
  }
}
