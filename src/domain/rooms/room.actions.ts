import { sql } from 'kysely'
import { isDuplicate } from '../../db/errors.ts'
import { emit } from '../../events/emit.ts'
import type { Ctx, Tx } from '../../kernel/context.ts'
import { newId, type PersonId, type RoomId, type WorkspaceId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { countTowards } from '../achievements/achievement.actions.ts'
import { lockPresence } from '../people/lock.actions.ts'
import type { DefaultName } from '../people/person.queries.ts'
import { lockRooms } from '../timers/lock.actions.ts'
import { settingsHere } from '../workspaces/settings.queries.ts'
import { isHereAtLeast } from '../workspaces/workspace.queries.ts'
import { bind, lockVoiceChannel, moveVoice } from './binding.actions.ts'
import { assertHost } from './host.actions.ts'
import { assertMayOpenHere } from './opening.queries.ts'
import { bringCompany, companyHere, enter, seenOnJoining } from './participant.actions.ts'
import { type RoomView, roomsOwned, roomView } from './room.queries.ts'
import { canKeep, defaults, longestRoomName, type RoomSettings, roomNameFrom } from './room.ts'
import { presentIn, seatHosts } from './seat.actions.ts'

export type Wish = Partial<Omit<RoomSettings, 'room_name'>> & { readonly room_name?: string; readonly voice?: string }

const cleanName = (typed: string): string => {
  const name = roomNameFrom(typed)
  if (name === null) throw new Refusal('invalid', 'room.name.empty')
  return name
}

/** `planned`: at the time of a reservation; whether it may be there was asked when it was made, and whoever comes walks in by themselves. */
type Opening = 'asked' | 'planned'

/** Guests and strangers of Slack may join rooms, no more; only moderators make rooms that belong to the workspace. */
async function assertMayOpen(tx: Tx, owner: PersonId, workspace: WorkspaceId, wish: Wish, how: Opening): Promise<void> {
  if (!(await isHereAtLeast(tx, 'member'))) throw new Refusal('forbidden', 'room.create.guest')
  if (how === 'asked') await assertMayOpenHere(tx, wish.voice)
  if (wish.keep === true) {
    if (!(await isHereAtLeast(tx, 'moderator'))) throw new Refusal('forbidden', 'room.keep.only-moderators')
    return
  }
  await sql`select pg_advisory_xact_lock(hashtextextended(${`owner ${owner}`}, 0))`.execute(tx.db)
  await assertOwnsFewer(tx, owner, workspace)
}

/** @throws Refusal `conflict` where a person owns as many rooms as one may here */
export async function assertOwnsFewer(ctx: Ctx, owner: PersonId, workspace: WorkspaceId): Promise<void> {
  const { rooms_per_host: max } = await ctx.db
    .selectFrom('workspace')
    .select('rooms_per_host')
    .where('id', '=', workspace)
    .executeTakeFirstOrThrow()
  if ((await roomsOwned(ctx, owner, workspace)) >= max) {
    throw new Refusal('conflict', 'room.create.too-many', { max }, { label: 'room.show-list', press: { command: 'room list', args: {} } })
  }
}

const wanted = (wish: Wish) => {
  const { voice: _voice, ...settings } = wish
  return settings
}

/**
 * Opens a room in the acting person's workspace, at the place where it was said; its maker owns it and is in.
 * @throws Refusal `forbidden` for guests and for whom or where the workspace does not want it, `conflict` when the name is taken or the person owns enough rooms
 */
export async function openRoom(tx: Tx, wish: Wish, fallback: DefaultName, how: Opening = 'asked'): Promise<RoomId> {
  if (tx.actor === 'clock') throw new Error('only a person opens a room')
  const { person, workspace } = tx.actor
  await lockVoiceChannel(tx)
  const company = await companyHere(tx)
  // Whoever is seated, before anything that others hold while they wait for people.
  if (how === 'asked') await lockPresence(tx, person, ...company)
  await assertMayOpen(tx, person, workspace, wish, how)
  const id = newId<RoomId>()
  const settings = { ...defaults, ...(await defaultsHere(tx)), ...wanted(wish) }
  const isChosen = wish.room_name !== undefined
  const name = isChosen ? cleanName(wish.room_name) : await freeName(tx, workspace, fallback.name, settings.is_private)
  const made = await tx.db
    .insertInto('room')
    .values({
      id,
      ...settings,
      room_name: name,
      named_after: isChosen ? null : fallback.after,
      workspace_id: workspace,
      host_id: settings.keep ? null : person,
      empty_since: tx.now,
      closed_at: null,
      created_at: tx.now,
      updated_at: tx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made === undefined) throw taken(name)
  await countTowards(tx, 'rooms', [person])
  await tx.db
    .insertInto('timer')
    .values({
      room_id: id,
      phase_id: null,
      planned_seconds: null,
      ends_at: null,
      remaining_seconds: null,
      paused_by: null,
      run_work_minutes: null,
      run_break_minutes: null,
      warn_at: null,
      updated_at: tx.now,
    })
    .execute()
  await bind(tx, id, workspace, wish.voice)
  await emit(tx, { type: 'room.opened', room: id, by: person })
  if (how === 'planned') return id
  await enter(tx, id, person, await seenOnJoining(tx, id))
  await bringCompany(tx, id, workspace, company)
  return id
}

/** What the workspace decided for its new rooms. */
export async function defaultsHere(ctx: Ctx): Promise<Pick<RoomSettings, 'work_duration_minutes' | 'break_duration_minutes' | 'control'>> {
  const decided = await settingsHere(ctx)
  return {
    work_duration_minutes: decided.default_work_minutes,
    break_duration_minutes: decided.default_break_minutes,
    control: decided.default_control,
  }
}

const taken = (name: string): Refusal =>
  new Refusal('conflict', 'room.name.taken', { name }, { label: 'room.show-list', press: { command: 'room list', args: {} } })

/** The default name, with a number where it is taken, also by somebody at once: nobody is refused for a name they did not choose. */
export async function freeName(tx: Tx, workspace: WorkspaceId, wish: string, isPrivate: boolean): Promise<string> {
  const base = Array.from(cleanName(wish))
    .slice(0, longestRoomName - 10)
    .join('')
  if (isPrivate) return base
  await sql`select pg_advisory_xact_lock(hashtextextended('room name ' || ${workspace}::text || lower(${base}), 0))`.execute(tx.db)
  const { rows } = await sql<{ name: string }>`
    select name from (
      select number, case number when 1 then ${base}::text else ${base}::text || ' ' || number end as name from generate_series(1, ${mostNamesakes}::int) number) x
    where not exists (
      select from room where workspace_id = ${workspace}::uuid and is_active and not is_private and lower(room_name) = lower(name))
    order by number limit 1`.execute(tx.db)
  const [free] = rows
  if (free === undefined) throw taken(base)
  return free.name
}

const mostNamesakes = 1000

/**
 * Changes a room's settings; lengths hold from the next phase.
 * @throws Refusal `forbidden` without the right, `conflict` when the name is taken, `invalid` for fewer seats than people
 */
export async function editRoom(tx: Tx, view: RoomView, wish: Wish): Promise<void> {
  assertHost(view)
  const room = view.room.id
  const [locked] = await lockRooms(tx, [room])
  if (locked === undefined || !locked.room.is_active) throw new Refusal('conflict', 'room.closed.already')
  const { keep, ...settings } = wanted(wish)
  const name = settings.room_name === undefined ? locked.room.room_name : cleanName(settings.room_name)
  const count = await presentIn(tx, room)
  if (settings.max_participants !== undefined && settings.max_participants < count) {
    throw new Refusal('invalid', 'room.capacity.below', { count })
  }
  const named_after = name === locked.room.room_name ? locked.room.named_after : null
  const change = { ...settings, room_name: name, named_after, updated_at: tx.now, ...keeping(view, keep) }
  await tx.db
    .updateTable('room')
    .set(change)
    .where('id', '=', room)
    .execute()
    .catch((error: unknown) => {
      throw isDuplicate(error) ? taken(name) : error
    })
  if (keep !== undefined) await seatHosts(tx, [room])
  else
    await tx.db
      .updateTable('timer')
      .set((e) => ({ version: e('version', '+', 1) }))
      .where('room_id', '=', room)
      .execute()
  if (wish.voice !== undefined) await moveVoice(tx, view.room, wish.voice)
  await emit(tx, { type: 'room.edited', room, by: view.standing.person })
}

/** A room that is kept loses its owner; one that is no longer kept belongs to whoever says so. */
function keeping({ room, standing }: RoomView, keep: boolean | undefined): { keep?: boolean; host_id?: PersonId | null } {
  if (keep === undefined || keep === room.keep) return {}
  if (!canKeep(standing)) throw new Refusal('forbidden', 'room.keep.only-moderators')
  return { keep, host_id: keep ? null : standing.person }
}

/** A room that was just made or found again, as its panel needs it. */
export async function freshView(tx: Tx, room: RoomId): Promise<RoomView> {
  const view = await roomView(tx, room)
  if (view === null) throw new Error('a room that was just written is there')
  return view
}
