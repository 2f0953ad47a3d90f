import type { Caller } from '../commands/perform.ts'
import type { RoomId } from '../kernel/ids.ts'
import { ben, chae, mo, root, studyHall } from './cast.ts'
import type { House } from './house.ts'

const like = (caller: Caller, externalId: string, displayName: string): Extract<Caller, { sighting: unknown }> => {
  if (!('sighting' in caller)) throw new Error('the cast comes from chat')
  return { ...caller, sighting: { ...caller.sighting, externalId, displayName } }
}

/** Two moderators who do the same: one is seen by nobody else, the other by everyone. Their names occur nowhere else. */
export const unseen = like(mo, '80801', 'Zorblatt')
export const seen = like(mo, '80802', 'Kestrel')
/** Somebody who sat in a voice channel and never used the product. */
export const bystander = { externalId: '80803', displayName: 'Wexford' }

/** A name, a username or a mention, in whatever is shown to others. */
export const traces = { unseen: /zorblatt|80801/i, seen: /kestrel|80802/i, bystander: /wexford|80803/i } as const

const lounge = { ...studyHall, company: [bystander] }

/** Where the story left what somebody did. */
export type Left = {
  readonly room: RoomId
  readonly shown: string
  readonly record: string
  readonly phase: string
  readonly code: string
  readonly reservation: string
}

/**
 * Everything there is to do, done by one person whom Chae, Mo and Root meet: votes, opens a room with company, pauses, stops, plans,
 * invites, shows a day, corrects, asks, credits a gap. After each step `look` sees how things stand; at the end they pause their room.
 */
export async function liveThrough(house: House, who: typeof unseen, look: () => Promise<void>): Promise<Left> {
  const { db } = house.app
  const me = `<@${who.sighting.externalId}>`
  const does = async (caller: Caller, command: string, args: Readonly<Record<string, string>> = {}, place: typeof studyHall = lounge) => {
    const answer = await house.does(caller, command, args, place)
    if (answer.outcome !== 'done') throw new Error(`${command}: ${JSON.stringify(answer.screen)}`)
    await house.settle()
    await look()
    return answer.screen
  }
  /** Whoever hosts or moderates needs no vote, so it is asked for as a member in the room of somebody else. */
  const votes = async (host: Caller, member: Caller) => {
    const room = (await does(host, 'room create', { control: 'vote' }, studyHall)).shows?.room as RoomId
    await does(member, 'room join', { room }, studyHall)
    await does(member, 'timer skip', { room, vote: 'yes' }, studyHall)
    await does(host, 'room close', { room, sure: 'yes' }, studyHall)
  }
  const newest = async (type: string) =>
    (await db.selectFrom('event').select('id').where('type', '=', type).orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()).id
  for (const caller of [chae, mo, root]) await does(caller, 'help')
  await does(root, 'setup', { announce: '<#555>' })
  await does(who, 'settings set', { visibility: who === unseen ? 'me' : 'everyone', timezone: 'UTC' })
  await does(who, 'settings ping', { ping: 'both' })
  await votes(chae, like(ben, who.sighting.externalId, who.sighting.displayName))
  const room = (await does(who, 'room create', { control: 'vote' })).shows?.room as RoomId
  await does(who, 'room invite', { user: '<@103>' })
  await does(chae, 'room join', { room }, studyHall)
  await does(who, 'focus aim', { aim: 'Latin', room })
  await does(who, 'timer pause', { room })
  await does(who, 'timer resume', { room })
  await does(chae, 'timer skip', { room, vote: 'yes' }, studyHall)
  await house.clock.advance('25m')
  await look()
  await does(who, 'focus result', { room, result: 'done' })
  await does(who, 'timer stop', { room, sure: 'yes' })
  const shared = JSON.stringify(await does(who, 'room share', { room }))
  await does(who, 'reserve create', { at: 'tomorrow 9am', repeat: 'daily', with: '<@103> <@80803>', remind: '30' }, studyHall)
  await does(chae, 'reserve create', { at: 'tomorrow 3pm', name: 'Greek', with: me }, studyHall)
  const reservations: string[] = []
  for (const { id, name } of await db.selectFrom('room_reservations').select(['id', 'name']).orderBy('created_at').execute()) {
    const { id: reservation } = await db
      .selectFrom('reservation_occurrence')
      .select('id')
      .where('reservation_id', '=', id)
      .orderBy('starts_at')
      .limit(1)
      .executeTakeFirstOrThrow()
    reservations.push(reservation)
    if (name === 'Greek') await does(who, 'reserve join', { reservation })
    else await does(chae, 'reserve join', { reservation })
  }
  await does(who, 'focus show')
  const shown = await newest('day.shown')
  const record = await recordOf(house, who)
  await does(mo, 'focus correct', { shown, record, minutes: '20', reason: 'was away' })
  await does(chae, 'focus show')
  const theirs = { shown: await newest('day.shown'), record: await recordOf(house, chae) }
  await does(who, 'focus correct', { ...theirs, minutes: '10', reason: 'asleep' })
  const { id: correction } = await db.selectFrom('session_correction').select('id').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()
  await does(who, 'focus undo', { correction })
  await does(who, 'focus correct', { ...theirs, minutes: '10', reason: 'asleep' })
  await does(who, 'diagnose', { tell: 'yes' })
  await does(who, 'timer start', { room })
  const { phase_id: phase } = await db.selectFrom('timer').select('phase_id').where('room_id', '=', room).executeTakeFirstOrThrow()
  await house.clock.advance('2m')
  await does(who, 'timer pause', { room })
  return {
    room,
    shown,
    record,
    phase: phase ?? '',
    reservation: reservations[0] ?? '',
    code: /\b[2-9A-HJ-NP-Z]{8}\b/.exec(shared)?.[0] ?? '',
  }
}

async function recordOf(house: House, who: Caller): Promise<string> {
  if (!('sighting' in who)) throw new Error('the cast comes from chat')
  const row = await house.app.db
    .selectFrom('session_history as h')
    .innerJoin('identity as i', 'i.user_id', 'h.user_id')
    .select('h.id')
    .where('i.external_id', '=', who.sighting.externalId)
    .orderBy('h.id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return row.id
}
