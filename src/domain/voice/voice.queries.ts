import { type RawBuilder, sql } from 'kysely'
import { rows as rowsOf } from '../../db/rows.ts'
import type { Evidence, SoloKind } from '../../db/schema.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { PersonId, PresenceId, RoomId, SoloId, WorkspaceId } from '../../kernel/ids.ts'
import type { Source } from '../presence/source.ts'
import type { VoiceRules } from './voice.ts'

export type VoiceServer = VoiceRules & { readonly id: WorkspaceId; readonly external: string; readonly isGone: boolean }

/** Servers by their id on Discord; one that is gone is no longer recorded. */
export async function voiceServers(ctx: Ctx, external: readonly string[]): Promise<ReadonlyMap<string, VoiceServer>> {
  const { rows } = await sql<VoiceServer>`
    select id, external_id as external, voice_time, voice_allow, voice_deny, uninstalled_at is not null as "isGone" from workspace
    where platform = 'discord' and external_id = any(${external as string[]}::text[])`.execute(ctx.db)
  return new Map(rows.map((row) => [row.external, row]))
}

export type VoiceRoom = { readonly id: RoomId; readonly workspace: WorkspaceId; readonly channel: string }

/** Open rooms bound to these voice channels: a running one first, then in the order in which they came there. */
export async function roomsInChannels(ctx: Ctx, channels: readonly string[]): Promise<readonly VoiceRoom[]> {
  if (channels.length === 0) return []
  const { rows } = await sql<VoiceRoom>`
    select r.id, b.workspace_id as workspace, b.voice_channel as channel
    from room_binding b join room r on r.id = b.room_id join timer t on t.room_id = r.id
    where b.platform = 'discord' and b.voice_channel = any(${channels as string[]}::text[]) and r.is_active
    order by t.status = 'running' desc, b.created_at, b.id`.execute(ctx.db)
  return rows
}

export type VoicePerson = { readonly id: PersonId; readonly account: string; readonly wish: 'everywhere' | 'rooms' | 'never' }

/** Whom the accounts belong to. Nothing is recorded of an account that is being deleted. */
export async function voicePeople(ctx: Ctx, accounts: readonly string[]): Promise<ReadonlyMap<string, VoicePerson>> {
  const { rows } = await sql<VoicePerson>`
    select i.user_id as id, i.external_id as account, case when u.is_active then s.voice_time else 'never' end as wish
    from identity i join user_settings s on s.user_id = i.user_id join "user" u on u.id = i.user_id
    where i.platform = 'discord' and i.external_id = any(${accounts as string[]}::text[])`.execute(ctx.db)
  return new Map(rows.map((row) => [row.account, row]))
}

/** An open presence of somebody who may sit in voice. */
export type OpenPresence = {
  readonly id: PresenceId
  readonly person: PersonId
  readonly workspace: WorkspaceId | null
  readonly room: RoomId | null
  readonly solo: SoloId | null
  readonly kind: SoloKind | null
  readonly evidence: Evidence
  readonly channel: string | null
  readonly away: Date | null
}

/** Their open presences, but those of what they started by themselves. */
export async function openPresences(ctx: Ctx, people: readonly PersonId[]): Promise<readonly OpenPresence[]> {
  const { rows } = await sql<OpenPresence>`
    select i.id, i.user_id as person, i.workspace_id as workspace, i.room_id as room, i.solo_id as solo, o.kind, i.evidence, i.channel,
      i.away_since as away
    from presence_interval i left join solo_session o on o.id = i.solo_id
    where i.user_id = any(${people as PersonId[]}::uuid[]) and i.ended_at is null and (o.id is null or o.kind in ('voice', 'afk'))
    order by i.started_at`.execute(ctx.db)
  return rows
}

export type Seat = { readonly person: PersonId; readonly room: RoomId }

/** In which room each of them is. */
export async function seatsOf(ctx: Ctx, people: readonly PersonId[]): Promise<readonly Seat[]> {
  const { rows } = await sql<Seat>`
    select user_id as person, room_id as room from participant
    where user_id = any(${people as PersonId[]}::uuid[]) and left_at is null`.execute(ctx.db)
  return rows
}

export const seatKey = ({ person, room }: Seat): string => `${person} ${room}`

/**
 * Who of these went out of the room by a press, or was sent out, while sitting in this channel: the last presence there ended without
 * anybody leaving the channel. As keys of seats.
 */
export async function wentOutInside(ctx: Ctx, inside: readonly (Seat & { readonly channel: string })[]): Promise<ReadonlySet<string>> {
  if (inside.length === 0) return new Set()
  const list = rowsOf(inside, 'x', { person: 'uuid', room: 'uuid', channel: 'text' })
  const { rows } = await sql<Seat>`
    select x.person, x.room from ${list}
    cross join lateral (select * from presence_interval i where i.user_id = x.person and i.room_id = x.room order by started_at desc limit 1) last
    where last.evidence = 'voice' and last.channel = x.channel and last.away_since is null and last.outage_id is null`.execute(ctx.db)
  return new Set(rows.map(seatKey))
}

export type Inside = { readonly account: string; readonly server: string }
export type Recorded = Inside & { readonly person: PersonId; readonly channel: string | null }

/** Which servers: these, or all that a connection hears but those that it could not look at yet. */
export type Scope = { readonly servers: readonly string[] } | { readonly source: Source; readonly unseen: readonly string[] }

export const scopeOf = (scope: Scope): RawBuilder<boolean> =>
  'servers' in scope
    ? sql<boolean>`(w.platform = 'discord' and w.external_id = any(${scope.servers as string[]}::text[]))`
    : sql<boolean>`(w.platform = 'discord' and mod(floor(w.external_id::numeric / 4194304), ${scope.source.shardCount}::int) = ${scope.source.shard}::int
        and w.external_id <> all(${scope.unseen as string[]}::text[]))`

/** Accounts that are recorded as sitting there, and in which channel. */
export async function recordedInside(ctx: Ctx, scope: Scope): Promise<readonly Recorded[]> {
  const { rows } = await sql<Recorded>`
    select i.external_id as account, w.external_id as server, p.user_id as person, p.channel
    from presence_interval p
    join workspace w on w.id = p.workspace_id
    join identity i on i.user_id = p.user_id and i.platform = 'discord'
    where p.ended_at is null and p.evidence = 'voice' and p.away_since is null and ${scopeOf(scope)}`.execute(ctx.db)
  return rows
}

/** Who still has a seat although an outage ended their presence there, with the account by which they were seen. */
export async function seatsAfterOutage(ctx: Ctx, outage: string): Promise<readonly (Seat & Inside)[]> {
  const { rows } = await sql<Seat & Inside>`
    select distinct p.user_id as person, p.room_id as room, i.external_id as account, w.external_id as server
    from presence_interval p
    join participant s on s.room_id = p.room_id and s.user_id = p.user_id and s.left_at is null
    join workspace w on w.id = p.workspace_id
    join identity i on i.user_id = p.user_id and i.platform = 'discord'
    where p.outage_id = ${outage}::uuid and p.evidence = 'voice'
      and not exists (select from presence_interval q where q.user_id = p.user_id and q.room_id = p.room_id and q.ended_at is null)`.execute(
    ctx.db,
  )
  return rows
}
