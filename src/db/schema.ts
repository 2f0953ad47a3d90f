import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { Platform } from '../kernel/context.ts'
import type { BindingId, PersonId, PhaseId, RoomId, SessionId, WorkspaceId } from '../kernel/ids.ts'
import type { Locale } from '../locales/text.ts'

/** jsonb: pass the object itself; a stringified one would be stored as a JSON string. */
export type Json<T> = ColumnType<T, T, T>

export type PhaseType = 'work' | 'break' | 'long_break'
export type Outcome = 'running' | 'ended' | 'skipped' | 'stopped'
export type TimerStatus = 'idle' | 'running' | 'paused'
export type Control = 'host' | 'anyone' | 'vote'
export type Role = 'guest' | 'member' | 'moderator' | 'admin'
export type VoteDeed = 'pause' | 'resume' | 'skip' | 'stop'
export type Evidence = 'joined' | 'voice' | 'huddle' | 'check-in' | 'web' | 'self-run'

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
    updated_at: Date
  }
  workspace: {
    id: Generated<WorkspaceId>
    platform: Platform
    external_id: string
    name: string
    locale: Locale | null
    rooms_per_host: Generated<number>
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
    created_at: Date
  }
  workspace_member: { workspace_id: WorkspaceId; user_id: PersonId; role: Role; role_seen_at: Date; joined_at: Date }
  room: {
    id: Generated<RoomId>
    workspace_id: WorkspaceId
    room_name: string
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
  }
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
    version: Generated<number>
    updated_at: Date
  }
  timer_vote: { room_id: RoomId; phase_id: PhaseId; deed: VoteDeed; user_id: PersonId; created_at: Date }
  presence_interval: {
    id: Generated<string>
    user_id: PersonId
    room_id: RoomId
    evidence: Evidence
    started_at: Date
    ended_at: Date | null
  }
  session_history: {
    id: Generated<SessionId>
    user_id: PersonId
    room_id: RoomId | null
    phase_id: PhaseId | null
    session_type: 'work' | 'break'
    seconds: number
    duration_minutes: GeneratedAlways<number>
    source: 'room' | 'voice' | 'solo' | 'manual' | 'import' | 'self-reported'
    room_name: string | null
    started_at: Date
    completed_at: Date
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
  registration: { platform: 'discord' | 'slack'; application_id: string; fingerprint: string; registered_at: Date }
}
