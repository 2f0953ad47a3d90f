import { type Selectable, type SqlBool, sql } from 'kysely'
import type { DB, Role, VoteDeed } from '../../db/schema.ts'
import type { Ctx } from '../../kernel/context.ts'
import { isUuid, type PersonId, type RoomId, type WorkspaceId } from '../../kernel/ids.ts'
import { Refusal, type WayOut } from '../../kernel/refusal.ts'
import { isShown, shownName } from '../people/visibility.queries.ts'
import { trustedRole } from '../workspaces/workspace.queries.ts'
import { canSee, type Standing } from './room.ts'

export type Room = Selectable<DB['room']>
export type Timer = Selectable<DB['timer']>
export type Person = { readonly id: PersonId; readonly name: string }
/** `name` is null where it is nobody else’s to read. */
export type Someone = { readonly id: PersonId; readonly name: string | null }

/** A vote that is under way: the name of who asked first, null where it is nobody else’s to read, and whether the acting person voted too. */
export type Vote = { readonly deed: VoteDeed; readonly asker: string | null; readonly voted: number; readonly mine: boolean }

/** A room with all that its panel and every question of permission need, read in one query. */
export type RoomView = {
  readonly room: Room
  readonly timer: Timer
  readonly host: Someone | null
  readonly actingHost: Person | null
  readonly pausedBy: Someone | null
  readonly workspaceName: string
  /** Those who may be named to everyone, since a panel stands in front of all: at most eleven, hosts first, then by arrival. `count` counts all. */
  readonly here: readonly Person[]
  readonly count: number
  /** Of the phase that goes on, by those present now; in the order in which they were asked for. */
  readonly votes: readonly Vote[]
  readonly standing: Standing
}

type Row = {
  room: Room
  timer: Timer
  host_name: string | null
  paused_by_name: string | null
  workspace_name: string
  here: readonly (Person & { host: boolean })[] | null
  count: number
  votes: readonly Vote[] | null
  role: Role | null
  present: boolean
  acting: boolean
  invited: boolean
  banned: boolean
  neighbour: boolean
}

const timeColumns: ReadonlySet<string> = new Set(['empty_since', 'closed_at', 'created_at', 'updated_at', 'ends_at', 'warn_at'])

/** Rows that come as JSON hold their times as text. */
const revive = <T extends object>(row: T): T =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, timeColumns.has(name) && typeof value === 'string' ? new Date(value) : value]),
  ) as T

const nobody = '00000000-0000-0000-0000-000000000000'

function viewOf(row: Row, person: PersonId): RoomView {
  const room = revive(row.room)
  const timer = revive(row.timer)
  const here = (row.here ?? []).map(({ id, name }) => ({ id, name }))
  const acting = (row.here ?? []).find(({ host }) => host)
  return {
    room,
    timer,
    host: room.host_id === null ? null : { id: room.host_id, name: row.host_name },
    actingHost: acting === undefined ? null : { id: acting.id, name: acting.name },
    pausedBy: timer.paused_by === null ? null : { id: timer.paused_by, name: row.paused_by_name },
    workspaceName: row.workspace_name,
    here,
    count: row.count,
    votes: row.votes ?? [],
    standing: {
      person,
      role: row.role,
      isOwner: room.host_id === person,
      isActingHost: row.acting,
      isPresent: row.present,
      isInvited: row.invited,
      isBanned: row.banned,
      isNeighbour: row.neighbour,
    },
  }
}

function views(ctx: Ctx, where: ReturnType<typeof sql<SqlBool>>) {
  const person = ctx.actor === 'clock' ? nobody : ctx.actor.person
  const workspace = ctx.actor === 'clock' ? nobody : ctx.actor.workspace
  return sql<Row>`
    select to_jsonb(r) as room, to_jsonb(t) as timer, ${shownName('h')} as host_name, ${shownName('pb')} as paused_by_name, w.name as workspace_name,
      (select jsonb_agg(jsonb_build_object('id', x.user_id, 'name', x.display_name, 'host', x.is_host) order by x.is_host desc, x.joined_at, x.id)
        from (select p.id, p.user_id, u.display_name, p.is_host, p.joined_at from participant p join "user" u on u.id = p.user_id
          where p.room_id = r.id and p.left_at is null and ${isShown('p.user_id')} order by p.is_host desc, p.joined_at, p.id limit 11) x) as here,
      (select count(*)::int from participant p where p.room_id = r.id and p.left_at is null) as count,
      (select jsonb_agg(jsonb_build_object('deed', x.deed, 'asker', x.askers[1], 'voted', x.voted, 'mine', x.mine) order by x.asked_at, x.deed)
        from (select v.deed, count(*)::int as voted, bool_or(v.user_id = ${person}::uuid) as mine, min(v.created_at) as asked_at,
            array_agg(${shownName('vu')} order by v.created_at, v.user_id) as askers
          from timer_vote v join participant p on p.room_id = v.room_id and p.user_id = v.user_id and p.left_at is null
          join "user" vu on vu.id = v.user_id where v.phase_id = t.phase_id group by v.deed) x) as votes,
      (select ${trustedRole(ctx.now)} from workspace_member m where m.workspace_id = r.workspace_id and m.user_id = ${person}::uuid) as role,
      coalesce(me.left_at is null and me.id is not null, false) as present, coalesce(me.is_host, false) as acting,
      exists (select 1 from room_invitation i where i.room_id = r.id and i.user_id = ${person}::uuid) as invited,
      exists (select 1 from room_ban b where b.room_id = r.id and b.user_id = ${person}::uuid) as banned,
      exists (select 1 from room_binding b where b.room_id = r.id and b.workspace_id = ${workspace}::uuid) as neighbour
    from room r
    join timer t on t.room_id = r.id
    join workspace w on w.id = r.workspace_id
    left join "user" h on h.id = r.host_id
    left join "user" pb on pb.id = t.paused_by
    left join participant me on me.room_id = r.id and me.user_id = ${person}::uuid and me.left_at is null
    where ${where}`
    .execute(ctx.db)
    .then(({ rows }) => rows.map((row) => viewOf(row, person as PersonId)))
}

/** Any room, also a closed one, without asking who looks: for panels that show it to a whole channel. */
export async function roomView(ctx: Ctx, room: RoomId): Promise<RoomView | null> {
  const [view] = await views(ctx, sql`r.id = ${room}::uuid`)
  return view ?? null
}

const missing = (name: string): Refusal => new Refusal('missing', 'room.missing', { name }, toList)

/**
 * An open room by id, by its name or by how only its name begins, if it exists for whoever looks.
 * @throws Refusal `missing`, the same for a room that isn't there and for one that may not be seen; `conflict` where several begin so
 */
export async function findRoom(ctx: Ctx, idOrName: string): Promise<RoomView> {
  const name = idOrName.trim()
  if (isUuid(name)) {
    const view = await roomView(ctx, name as RoomId)
    if (view?.room.is_active === true && canSee(view.standing, view.room)) return view
    throw missing('')
  }
  if (ctx.actor === 'clock') throw new Error('only a person can look for a room')
  const found = await views(
    ctx,
    sql`r.is_active and lower(r.room_name) = lower(${name.normalize('NFC')}) and r.id in (
      select room_id from room_binding where workspace_id = ${ctx.actor.workspace}::uuid)`,
  )
  const seen = found.filter((view) => canSee(view.standing, view.room))
  return seen.find((view) => view.standing.isPresent) ?? seen.find((view) => !view.room.is_private) ?? seen[0] ?? roomBeginning(ctx, name)
}

async function roomBeginning(ctx: Ctx, name: string): Promise<RoomView> {
  const [one, another] = await listRooms(ctx, { typed: name, limit: 2 })
  if (another !== undefined && one !== undefined)
    throw new Refusal('conflict', 'room.several-called', { one: one.name, other: another.name }, toList)
  const view = one === undefined ? null : await roomView(ctx, one.id)
  if (view === null) throw missing(name)
  return view
}

const toList: WayOut = { label: 'room.show-list', press: { command: 'room list', args: {} } }

/** The room in which the person is, or null. */
export async function myRoom(ctx: Ctx): Promise<RoomView | null> {
  if (ctx.actor === 'clock') return null
  const [view] = await views(
    ctx,
    sql`r.id = (select room_id from participant where user_id = ${ctx.actor.person}::uuid and left_at is null) and r.is_active`,
  )
  return view ?? null
}

/** Rooms bound to the channel where it is said, which may be the chat of a voice channel. */
async function roomsHere(ctx: Ctx): Promise<readonly RoomView[]> {
  if (ctx.place === null) return []
  const { platform, channel } = ctx.place
  const found = await views(
    ctx,
    sql`r.is_active and r.id in (select room_id from room_binding where platform = ${platform} and channel = ${channel}
      union select room_id from room_binding where platform = ${platform} and voice_channel = ${channel})`,
  )
  return found.filter((view) => canSee(view.standing, view.room))
}

/**
 * The room a command is about: the named one, else mine, else that of my voice channel, else this channel's.
 * @throws Refusal `missing` that says how to choose
 */
export async function chooseRoom(ctx: Ctx, named: string | undefined): Promise<RoomView> {
  if (named !== undefined && named.trim() !== '') return findRoom(ctx, named)
  const mine = (await myRoom(ctx)) ?? (await roomOfMyVoiceChannel(ctx))
  if (mine !== null) return mine
  const here = await roomsHere(ctx)
  const [only] = here
  if (only !== undefined && here.length === 1) return only
  throw new Refusal('missing', here.length === 0 ? 'room.none' : 'room.several', {}, toList)
}

/** The room bound to the voice channel in which the person sits, a running one first; or null. */
export async function roomOfMyVoiceChannel(ctx: Ctx): Promise<RoomView | null> {
  if (ctx.place?.voice === undefined) return null
  const found = await views(
    ctx,
    sql`r.is_active and r.id in (select room_id from room_binding where platform = ${ctx.place.platform} and voice_channel = ${ctx.place.voice})`,
  )
  const seen = found.filter((view) => canSee(view.standing, view.room))
  return seen.find((view) => view.timer.status === 'running') ?? seen[0] ?? null
}

export type RoomLine = { readonly id: RoomId; readonly name: string; readonly count: number; readonly isPrivate: boolean } & Pick<
  Timer,
  'status' | 'phase_type' | 'ends_at'
> & { readonly max: number; readonly mine: boolean }

/** The keyset of a page: the last line's name and id. */
export type RoomPage = { readonly name: string; readonly id: string }

/**
 * Open rooms of the acting person's workspace that exist for them, by name; `limit` at most, after `page`.
 * `typed` narrows to names that begin with it.
 */
export async function listRooms(
  ctx: Ctx,
  { typed = '', limit = 10, page }: { typed?: string | undefined; limit?: number; page?: RoomPage | undefined } = {},
): Promise<readonly RoomLine[]> {
  if (ctx.actor === 'clock') return []
  const { person, workspace } = ctx.actor
  const { rows } = await sql<RoomLine>`
    select r.id, r.room_name as name, r.is_private as "isPrivate", r.max_participants as max, t.status, t.phase_type, t.ends_at,
      (select count(*)::int from participant p where p.room_id = r.id and p.left_at is null) as count,
      exists (select 1 from participant p where p.user_id = ${person}::uuid and p.room_id = r.id and p.left_at is null) as mine
    from (
      select r.* from room_binding b
      join room r on r.id = b.room_id
      where b.workspace_id = ${workspace}::uuid and r.is_active and strpos(lower(r.room_name), lower(${typed.normalize('NFC')})) = 1
        and (${page === undefined} or (lower(r.room_name), r.id) > (lower(${page?.name ?? ''}), ${page?.id ?? nobody}::uuid))
        and (not r.is_private or r.host_id = ${person}::uuid
          or exists (select 1 from participant p where p.user_id = ${person}::uuid and p.room_id = r.id and p.left_at is null)
          or exists (select 1 from room_invitation i where i.user_id = ${person}::uuid and i.room_id = r.id)
          or exists (select 1 from workspace_member m join workspace w on w.id = m.workspace_id
            where m.user_id = ${person}::uuid and m.workspace_id = r.workspace_id and ${trustedRole(ctx.now)} = 'admin'))
      order by lower(r.room_name), r.id
      limit ${limit}) r
    join timer t on t.room_id = r.id
    order by lower(r.room_name), r.id`.execute(ctx.db)
  return rows
}

/** Open rooms that the person owns in a workspace: their seats are counted against its limit. */
export async function roomsOwned(ctx: Ctx, owner: PersonId, workspace: WorkspaceId): Promise<number> {
  const row = await ctx.db
    .selectFrom('room')
    .select((e) => e.fn.countAll<number>().as('rooms'))
    .where('host_id', '=', owner)
    .where('workspace_id', '=', workspace)
    .where('is_active', '=', true)
    .executeTakeFirstOrThrow()
  return Number(row.rooms)
}
