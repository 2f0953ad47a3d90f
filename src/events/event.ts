import type { GoalKind, PhaseType, TimerStatus, VoteDeed } from '../db/schema.ts'
import type {
  BindingId,
  FaultId,
  GapId,
  OccurrenceId,
  OutageId,
  PersonId,
  PhaseId,
  PresenceId,
  ReservationId,
  RoomId,
  SessionId,
  SoloId,
  WorkspaceId,
} from '../kernel/ids.ts'
import type { Message } from '../locales/text.ts'

/** Everything that can happen. `by` is null where the clock did it, `room` where it happened in none. */
type Happenings = RoomHappenings & PersonHappenings & WorkspaceHappenings

type RoomHappenings = {
  'room.opened': { readonly room: RoomId; readonly by: PersonId }
  'room.edited': { readonly room: RoomId; readonly by: PersonId }
  'room.closed': { readonly room: RoomId; readonly by: PersonId | null; readonly why: 'asked' | 'empty' }
  'room.bound': { readonly room: RoomId; readonly by: PersonId; readonly binding: BindingId }
  'room.unbound': { readonly room: RoomId; readonly by: PersonId; readonly place: TakenDown }
  'room.transferred': { readonly room: RoomId; readonly by: PersonId; readonly to: PersonId }
  'room.invited': { readonly room: RoomId; readonly by: PersonId; readonly person: PersonId }
  'room.joined': { readonly room: RoomId; readonly by: PersonId; readonly person: PersonId }
  'room.left': {
    readonly room: RoomId
    readonly by: PersonId | null
    readonly person: PersonId
    readonly how: 'left' | 'moved' | 'kicked' | 'banned' | 'silent' | 'voice'
  }
  /** People who were there before a long outage are seen again: what it cost them may be counted for all. */
  'room.gaps': { readonly room: RoomId; readonly by: null; readonly outage: OutageId }
  /** A moderator counted an outage for all of the room; the channel in which they said so has read it. */
  'room.credited': { readonly room: RoomId; readonly by: PersonId; readonly sessions: readonly SessionId[]; readonly said: string | null }
  /** The platform of a running room could not be seen for a while; its panel says so. */
  'room.outage': { readonly room: RoomId; readonly by: null; readonly minutes: number }
  /** The room of a reservation has opened, or its timer has started, at its time. `by` is its host. */
  'reservation.opened': { readonly room: RoomId; readonly by: PersonId; readonly occurrence: OccurrenceId }
  'timer.moved': TimerMoved
  'timer.voted': { readonly room: RoomId; readonly by: PersonId; readonly deed: VoteDeed; readonly phase: PhaseId }
  'timer.warned': { readonly room: RoomId; readonly by: null; readonly at: string }
}

/** What concerns one person and no room: `person` is told, or sees it on their pages. */
type PersonHappenings = {
  'reservation.invited': { readonly room: null; readonly by: PersonId; readonly person: PersonId; readonly occurrence: OccurrenceId }
  /** The reminder before a reservation. */
  'reservation.soon': { readonly room: null; readonly by: null; readonly person: PersonId; readonly occurrence: OccurrenceId }
  'reservation.moved': ReservationChanged
  'reservation.cancelled': ReservationChanged
  /** A reservation of theirs did not open: we were away too long (null), or something was in the way. */
  'reservation.missed': {
    readonly room: null
    readonly by: null
    readonly person: PersonId
    readonly occurrence: OccurrenceId
    readonly why: Message | null
  }
  /** `period`: the own day, or the Monday of the week; `amount`: minutes of the day, or sessions of the week. */
  'goal.reached': {
    readonly room: null
    readonly by: null
    readonly person: PersonId
    readonly kind: GoalKind
    readonly period: string
    readonly amount: number
  }
  /** Freezes saved a streak, now of `days`, over the own days `frozen`. */
  'streak.kept': {
    readonly room: null
    readonly by: null
    readonly person: PersonId
    readonly days: number
    readonly frozen: readonly string[]
  }
  'achievement.unlocked': { readonly room: null; readonly by: null; readonly person: PersonId; readonly achievement: string }
  /** Seen before and after a long outage in the room `in`: they are asked about the time between. */
  'outage.gap': { readonly room: null; readonly by: null; readonly person: PersonId; readonly gap: GapId; readonly in: RoomId }
  /** Two breaks passed without a sign: their presence in the room `in` ended at the last one. */
  'presence.lapsed': {
    readonly room: null
    readonly by: null
    readonly person: PersonId
    readonly presence: PresenceId
    readonly in: RoomId
  }
  'solo.started': {
    readonly room: null
    readonly by: PersonId
    readonly person: PersonId
    readonly solo: SoloId
    readonly endsAt: string | null
  }
  'solo.ended': { readonly room: null; readonly by: PersonId | null; readonly person: PersonId; readonly solo: SoloId }
  /** The week from the Monday `week` is over, and the person wanted to be told. */
  'week.over': { readonly room: null; readonly by: null; readonly person: PersonId; readonly week: string }
  'trial.ended': { readonly room: null; readonly by: null; readonly person: PersonId; readonly workspace: WorkspaceId }
  'help.asked': {
    readonly room: null
    readonly by: PersonId
    readonly person: PersonId
    readonly workspace: WorkspaceId
    readonly channel: string
  }
  'fault.stands': { readonly room: null; readonly by: null; readonly person: PersonId; readonly fault: FaultId }
  'session.corrected': { readonly room: null; readonly by: PersonId; readonly person: PersonId; readonly correction: string }
  'session.restored': { readonly room: null; readonly by: PersonId; readonly person: PersonId; readonly correction: string }
  /** Somebody shows their own day, as `2026-03-02`, to a moderator of the workspace: to `person`. */
  'day.shown': {
    readonly room: null
    readonly by: PersonId
    readonly person: PersonId
    readonly workspace: WorkspaceId
    readonly day: string
  }
  'solo.asked': { readonly room: null; readonly by: null; readonly person: PersonId; readonly solo: SoloId }
}

/** What concerns everyone of a workspace. */
type WorkspaceHappenings = {
  /** Dates of a reservation were written down, changed, opened or cancelled. */
  'reservation.changed': {
    readonly room: null
    readonly by: PersonId | null
    readonly workspace: WorkspaceId
    readonly occurrences: readonly OccurrenceId[]
  }
  /** Somebody joined a reservation or does not come, on one date or on all. */
  'reservation.answered': {
    readonly room: null
    readonly by: PersonId
    readonly workspace: WorkspaceId
    readonly reservation: ReservationId
    readonly coming: boolean
  }
  'workspace.changed': { readonly room: null; readonly by: PersonId; readonly workspace: WorkspaceId }
}

/** One step of a room's timer. `at` and `endsAt` are ISO times: the step may be told later than it happened. */
export type TimerMoved = {
  readonly room: RoomId
  readonly by: PersonId | null
  readonly verb: 'start' | 'pause' | 'resume' | 'skip' | 'stop' | 'end'
  readonly at: string
  readonly from: PhaseType | null
  readonly to: PhaseType
  readonly status: TimerStatus
  readonly phase: PhaseId | null
  readonly endsAt: string | null
}

/** `following`: all dates that follow too. */
type ReservationChanged = {
  readonly room: null
  readonly by: PersonId | null
  readonly person: PersonId
  readonly occurrence: OccurrenceId
  readonly following: boolean
}

/** A panel whose binding is gone, so that it can still be taken down. */
export type TakenDown = {
  readonly platform: 'discord' | 'slack' | 'web'
  readonly workspace: WorkspaceId
  readonly channel: string | null
  readonly message: string | null
}

export type EventType = keyof Happenings
export type RoomEventType = keyof RoomHappenings
export type PersonEventType = keyof PersonHappenings
export type Event<T extends EventType = EventType> = { [K in T]: { readonly type: K } & Happenings[K] }[T]
/** An event as it was written down: `id` sorts by time. */
export type Told<T extends EventType = EventType> = Event<T> & { readonly id: string }
