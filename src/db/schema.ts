import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { Platform } from '../kernel/context.ts'
import type {
  BindingId,
  CardId,
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
  TodoId,
  WorkspaceId,
} from '../kernel/ids.ts'
import type { Locale } from '../locales/text.ts'

/** jsonb: pass the object itself; a stringified one would be stored as a JSON string. */
export type Json<T> = ColumnType<T, T, T>

export type PhaseType = 'work' | 'break' | 'long_break'
export type Outcome = 'running' | 'ended' | 'skipped' | 'stopped'
export type TimerStatus = 'idle' | 'running' | 'paused'
export type Control = 'host' | 'anyone' | 'vote'
export type Role = 'guest' | 'member' | 'moderator' | 'admin'
export type VoteDeed = 'pause' | 'resume' | 'skip' | 'stop'
export type SoloKind = 'self-run' | 'voice' | 'afk'
export type SoloState = 'running' | 'asking' | 'ended' | 'lapsed'
export type SessionSource = 'room' | 'voice' | 'solo' | 'manual' | 'import' | 'self-reported'
export type Result = 'done' | 'partly' | 'no'
export type Topic = 'room' | 'subject' | 'aim'
/** A tstzrange or tstzmultirange as PostgreSQL writes it: taken apart in SQL, never in Node. */
export type Ranges = string
export type RoomCreators = 'everyone' | 'roles' | 'moderators'
export type FaultKind = 'permission' | 'gone' | 'absent' | 'archived'
export type ImportFormat = 'lionbot' | 'csv' | 'hours'
export type Evidence = 'joined' | 'voice' | 'huddle' | 'check-in' | 'web' | 'self-run'

export type Recurrence = 'none' | 'daily' | 'weekdays' | 'days' | 'weekly' | 'monthly'
export type OccurrenceState = 'planned' | 'skipped' | 'opened' | 'cancelled' | 'missed'
export type ChimeFailure = 'gone' | 'permission' | 'stage' | 'full' | 'muted' | 'busy' | 'unreachable'
export type ChimeSound = 'bell' | 'bowl' | 'wood'
export type VoiceDetail = 'camera' | 'screen' | 'server-muted' | 'deafened'

export type GoalKind = 'day' | 'week'
/** Why a streak went on over a day without ten counted minutes. */
export type Shelter = 'rest' | 'freeze' | 'outage' | 'travel'
export type AchievementCategory = 'sessions' | 'time' | 'streak' | 'social' | 'team' | 'community'

/** The typed schema; what each table and column means is said in the database itself (docs/schema.md). */
export type DB = {
  user: {
    id: Generated<PersonId>
    email: string | null
    username: string
    display_name: string
    hashed_password: string | null
    bio: string | null
    total_focus_time: Generated<number>
    total_sessions: Generated<number>
    is_active: Generated<boolean>
    is_verified: Generated<boolean>
    is_admin: Generated<boolean>
    first_used_at: Generated<Date | null>
    created_at: Date
    updated_at: Date
  }
  user_settings: {
    user_id: PersonId
    timezone: string | null
    locale: Locale | null
    theme: Generated<'system' | 'light' | 'dark'>
    day_start: Generated<string>
    ping: Generated<'never' | 'break' | 'focus' | 'both'>
    visibility: Generated<'everyone' | 'friends' | 'me'>
    rank_visibility: Generated<'shown' | 'hidden'>
    voice_time: Generated<'everywhere' | 'rooms' | 'never'>
    slack_status: Generated<boolean>
    slack_snooze: Generated<boolean>
    timezone_asked_at: Generated<Date | null>
    weekly_note: Generated<boolean>
    weekly_note_at: Date | null
    weekly_note_week: string | null
    updated_at: Date
  }
  workspace: {
    id: Generated<WorkspaceId>
    platform: Platform
    external_id: string
    name: string
    locale: Locale | null
    rooms_per_host: Generated<number>
    timezone: Generated<string>
    announcement_channel: Generated<string | null>
    room_creators: Generated<RoomCreators>
    creator_roles: Generated<string[]>
    room_channels: Generated<string[]>
    default_work_minutes: Generated<number>
    default_break_minutes: Generated<number>
    default_control: Generated<Control>
    scheduled_events: Generated<boolean>
    others_stats: Generated<boolean>
    trial_until: Generated<Date | null>
    set_up_by: Generated<PersonId | null>
    set_up_at: Generated<Date | null>
    voice_time: Generated<boolean>
    /** Ids of channels or categories, as the platform gives them. */
    voice_allow: Generated<string[]>
    voice_deny: Generated<string[]>
    installed_at: Date
    uninstalled_at: Date | null
  }
  identity: {
    id: Generated<string>
    user_id: PersonId
    platform: 'discord' | 'slack'
    external_id: string
    display_name: string
    locale: Locale | null
    timezone: string | null
    home_opened_at: Date | null
    huddle_since: Date | null
    huddle_told_at: Date | null
    created_at: Date
  }
  slack_person_token: {
    identity_id: string
    sealed: Buffer
    connected_at: Date
    revoked_at: Date | null
    status_text: string | null
    status_emoji: string | null
    status_until: Date | null
    snoozed_until: Date | null
  }
  workspace_member: { workspace_id: WorkspaceId; user_id: PersonId; role: Role; role_seen_at: Date; joined_at: Date }
  room: {
    id: Generated<RoomId>
    workspace_id: WorkspaceId
    room_name: string
    named_after: PersonId | null
    host_id: PersonId | null
    work_duration_minutes: Generated<number>
    break_duration_minutes: Generated<number>
    long_break_minutes: Generated<number>
    long_break_after: number | null
    rounds: number | null
    auto_start_break: Generated<boolean>
    auto_start_work: Generated<boolean>
    max_participants: Generated<number>
    control: Generated<Control>
    is_private: Generated<boolean>
    keep: Generated<boolean>
    warning: Generated<boolean>
    thread_lines: Generated<boolean>
    chime: Generated<boolean>
    chime_sound: Generated<ChimeSound>
    /** Percent. */
    chime_volume: Generated<number>
    mute_in_focus: Generated<boolean>
    start_on_join: Generated<boolean>
    stop_when_empty: Generated<boolean>
    is_active: Generated<boolean>
    empty_since: Date | null
    closed_at: Date | null
    created_at: Date
    updated_at: Date
  }
  room_binding: {
    id: Generated<BindingId>
    room_id: RoomId
    workspace_id: WorkspaceId
    platform: Platform
    channel: string | null
    voice_channel: string | null
    panel_channel: string | null
    panel_message: string | null
    panel_version: Generated<number>
    line_message: string | null
    created_at: Date
  }
  room_share: {
    code: string
    room_id: RoomId
    created_by: PersonId | null
    uses_left: number
    created_at: Date
    expires_at: Date
  }
  room_invitation: { room_id: RoomId; user_id: PersonId; invited_by: PersonId | null; created_at: Date }
  room_ban: { room_id: RoomId; user_id: PersonId; banned_by: PersonId | null; created_at: Date }
  participant: {
    id: Generated<string>
    room_id: RoomId
    user_id: PersonId
    is_host: Generated<boolean>
    joined_at: Date
    left_at: Date | null
    aim: string | null
    subject: string | null
    todo_id: TodoId | null
  }
  phase: {
    id: Generated<PhaseId>
    room_id: RoomId
    type: PhaseType
    round: number
    planned_seconds: number
    outcome: Generated<Outcome>
    started_at: Date
    ended_at: Date | null
    credited_at: Date | null
  }
  phase_aim: { phase_id: PhaseId; user_id: PersonId; aim: string | null; subject: string | null; result: Result | null }
  phase_span: { phase_id: PhaseId; started_at: Date; ended_at: Date | null }
  timer: {
    room_id: RoomId
    status: Generated<TimerStatus>
    phase_id: PhaseId | null
    phase_type: Generated<PhaseType>
    completed_rounds: Generated<number>
    planned_seconds: number | null
    ends_at: Date | null
    remaining_seconds: number | null
    paused_by: PersonId | null
    run_work_minutes: number | null
    run_break_minutes: number | null
    warn_at: Date | null
    outage_minutes: number | null
    version: Generated<number>
    updated_at: Date
  }
  timer_vote: { room_id: RoomId; phase_id: PhaseId; deed: VoteDeed; user_id: PersonId; created_at: Date }
  presence_interval: {
    id: Generated<PresenceId>
    user_id: PersonId
    room_id: RoomId | null
    solo_id: SoloId | null
    workspace_id: WorkspaceId | null
    channel: string | null
    evidence: Evidence
    started_at: Date
    ended_at: Date | null
    away_since: Date | null
    last_sign_at: Date | null
    silent_breaks: Generated<number>
    outage_id: OutageId | null
  }
  presence_detail: { id: Generated<string>; presence_id: PresenceId; kind: VoiceDetail; started_at: Date; ended_at: Date | null }
  voice_mute: {
    id: Generated<string>
    workspace_id: WorkspaceId
    user_id: PersonId
    room_id: RoomId | null
    account: string
    muted_at: Date
    applied_at: Date | null
    restored_at: Date | null
  }
  session_history: {
    id: Generated<SessionId>
    user_id: PersonId
    room_id: RoomId | null
    phase_id: PhaseId | null
    session_type: 'work' | 'break'
    seconds: number
    duration_minutes: GeneratedAlways<number>
    source: SessionSource
    room_name: string | null
    started_at: Date
    completed_at: Date
    earned: Ranges
    solo_id: SoloId | null
    manual_id: string | null
    import_id: string | null
    gap_id: GapId | null
    presence_id: PresenceId | null
    workspace_id: WorkspaceId | null
    aim: string | null
    subject: string | null
    result: Result | null
  }
  user_calendar: { user_id: PersonId; effective_from: Date; timezone: string; day_start: string }
  todo: { id: Generated<TodoId>; user_id: PersonId; text: string; subject: string | null; created_at: Date; done_at: Date | null }
  solo_session: {
    id: Generated<SoloId>
    user_id: PersonId
    workspace_id: WorkspaceId | null
    kind: SoloKind
    channel: string | null
    channel_name: string | null
    aim: string | null
    todo_id: TodoId | null
    subject: string | null
    planned_minutes: number | null
    state: Generated<SoloState>
    ends_at: Date | null
    started_at: Date
    ended_at: Date | null
    credited_at: Generated<Date | null>
    is_reported: Generated<boolean>
    result: Generated<Result | null>
  }
  outage: {
    id: Generated<OutageId>
    platform: Platform
    shard: Generated<number>
    shard_count: Generated<number>
    started_at: Date
    ended_at: Date | null
  }
  pulse: { platform: Platform; shard: Generated<number>; shard_count: Generated<number>; process: Generated<string>; seen_at: Date }
  outage_gap: {
    id: Generated<GapId>
    outage_id: OutageId
    user_id: PersonId
    room_id: RoomId
    missed: Ranges
    answered_by: PersonId | null
    answered_at: Date | null
  }
  manual_sessions: {
    id: Generated<string>
    user_id: PersonId
    session_type: 'work' | 'break'
    minutes: number
    note: string | null
    started_at: Date
    ended_at: Date
    created_at: Date
    updated_at: Date
  }
  history_import: {
    id: Generated<string>
    user_id: PersonId
    workspace_id: WorkspaceId | null
    imported_by: PersonId | null
    format: 'lionbot' | 'csv' | 'hours'
    created_at: Date
  }
  session_correction: {
    id: Generated<string>
    session_id: SessionId
    corrected_by: PersonId | null
    workspace_id: WorkspaceId | null
    reason: string | null
    earned_before: Ranges
    earned_after: Ranges
    created_at: Date
    undone_at: Date | null
  }
  user_day: {
    user_id: PersonId
    /** As `2026-03-02`. */
    day: string
    room_seconds: Generated<number>
    voice_seconds: Generated<number>
    solo_seconds: Generated<number>
    reported_seconds: Generated<number>
    imported_seconds: Generated<number>
    focus_seconds: GeneratedAlways<number>
    sessions: Generated<number>
    hours: number[]
  }
  user_topic_day: { user_id: PersonId; day: string; kind: Topic; topic: string; seconds: number; sessions: number }
  workspace_day: { workspace_id: WorkspaceId; day: string; seconds: string; sessions: number }
  chime_log: {
    workspace_id: WorkspaceId
    voice_channel: string
    room_id: RoomId | null
    played_at: Date | null
    failure: ChimeFailure | null
    failed_at: Date | null
  }
  event: {
    id: string
    type: string
    room_id: RoomId | null
    user_id: PersonId | null
    data: Json<object>
    created_at: Date
  }
  web_session: {
    id_hash: Buffer
    user_id: PersonId
    workspace_id: WorkspaceId
    created_at: Date
    seen_at: Date
    expires_at: Date
  }
  sign_in_link: {
    token_hash: Buffer
    user_id: PersonId
    workspace_id: WorkspaceId
    created_at: Date
    expires_at: Date
    spent_at: Date | null
  }
  slack_installation: {
    team_id: string
    enterprise_id: string | null
    workspace_id: WorkspaceId
    bot_user_id: string
    sealed: Buffer
    installed_by: string | null
    installed_at: Date
    revoked_at: Date | null
  }
  standing_fault: {
    id: Generated<FaultId>
    workspace_id: WorkspaceId
    kind: FaultKind
    deed: 'panel' | 'line'
    channel: string
    since: Date
    seen_at: Date
    told_at: Date | null
    resolved_at: Date | null
  }
  help_request: { workspace_id: WorkspaceId; channel: string; asked_by: PersonId | null; asked_at: Date }
  import_draft: { user_id: PersonId; workspace_id: WorkspaceId; format: ImportFormat; content: Buffer; created_at: Date }
  imported_hours: {
    workspace_id: WorkspaceId
    external_id: string
    seconds: number
    imported_by: PersonId | null
    created_at: Date
    import_id: string | null
    refused_at: Date | null
    changed_at: Date | null
  }
  room_reservations: {
    id: Generated<ReservationId>
    workspace_id: WorkspaceId
    host_id: PersonId | null
    room_id: RoomId | null
    platform: Platform
    channel: string | null
    voice_channel: string | null
    name: string
    named_after: PersonId | null
    note: string | null
    work_duration_minutes: number
    break_duration_minutes: number
    remind_minutes: number
    starts_on: string
    starts_time: string
    timezone: string
    recurrence: Recurrence
    weekdays: Generated<number[]>
    until_date: string | null
    times: number | null
    continues: ReservationId | null
    created_at: Date
    updated_at: Date
    cancelled_at: Date | null
  }
  reservation_occurrence: {
    id: Generated<OccurrenceId>
    reservation_id: ReservationId
    day: string
    starts_at: Date
    state: Generated<OccurrenceState>
    remind_at: Date | null
    reminded_at: Date | null
    room_id: RoomId | null
    opened_at: Date | null
    late: Generated<boolean>
    name: string | null
    note: string | null
    work_duration_minutes: number | null
    break_duration_minutes: number | null
    moved: Generated<boolean>
    scheduled_event: string | null
    opened_room: Generated<boolean>
  }
  reservation_member: {
    reservation_id: ReservationId
    user_id: PersonId
    day: string | null
    coming: boolean
    invited_by: PersonId | null
    created_at: Date
  }
  reservation_card: {
    id: Generated<CardId>
    reservation_id: ReservationId
    workspace_id: WorkspaceId
    channel: string
    message: string
    drawn: string
    posted_at: Date
  }
  calendar_feed: { user_id: PersonId; secret_hash: Buffer; created_at: Date }
  registration: { platform: 'discord' | 'slack'; application_id: string; fingerprint: string; registered_at: Date }
  user_goals: {
    user_id: PersonId
    effective_day: string
    daily_focus_minutes: Generated<number>
    weekly_sessions: Generated<number>
    exam_on: string | null
    created_at: Date
    updated_at: Date
  }
  goal_reached: { user_id: PersonId; kind: GoalKind; period_start: string; amount: number; reached_at: Date }
  rest_days: { user_id: PersonId; effective_day: string; weekdays: number[]; created_at: Date }
  user_progress: {
    user_id: PersonId
    focus_seconds: Generated<number>
    sessions: Generated<number>
    streak_days: Generated<number>
    best_streak_days: Generated<number>
    streak_from: string | null
    last_day: string | null
  }
  streak_day: { user_id: PersonId; day: string; kind: Shelter }
  achievement: { id: string; category: AchievementCategory; cause: string; amount: number }
  user_achievement: { user_id: PersonId; achievement_id: string; unlocked_at: Date }
  achievement_count: { user_id: PersonId; cause: string; count: number }
}
