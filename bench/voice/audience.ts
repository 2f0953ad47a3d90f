import { type Kysely, sql } from 'kysely'
import { type Channel, type Discord, type GuildHandle, type Person, startDiscord } from '../../bots/discord/simulator/index.ts'
import { rows } from '../../src/db/rows.ts'
import type { DB } from '../../src/db/schema.ts'
import { minutes } from '../../src/kernel/clock.ts'
import { fill } from '../../src/testing/fill.ts'

const servers = 200
/** In each server, every one with a voice channel; as many channels have no room, and time in them counts by itself. */
const rooms = 4
const peopleInRoom = 10

/** Somebody who may sit in any voice channel of a server. */
export type Listener = { readonly guild: GuildHandle; readonly person: Person; readonly channels: readonly Channel[] }

type Server = {
  readonly guild: GuildHandle
  readonly bound: readonly Channel[]
  readonly free: readonly Channel[]
  readonly people: readonly Person[]
}

export type Audience = { readonly discord: Discord; readonly servers: readonly Server[]; readonly listeners: readonly Listener[] }

/** A Discord of many servers; nobody sits in voice yet. */
export async function gather(): Promise<Audience> {
  const discord = await startDiscord({ limits: false })
  const all = Array.from({ length: servers }, (_, n): Server => {
    const guild = discord.addGuild({ name: `Server ${n}`, bot: [] })
    const channels = (name: string) =>
      Array.from({ length: rooms }, (_, nth) => guild.addChannel({ name: `${name} ${nth}`, type: 'voice' }))
    const people = Array.from({ length: rooms * peopleInRoom }, (_, nth) => discord.addUser({ name: `Person ${n} ${nth}` }))
    for (const person of people) guild.addMember(person)
    return { guild, bound: channels('Room'), free: channels('Desk'), people }
  })
  const listeners = all.flatMap(({ guild, bound, free, people }) =>
    people.map((person) => ({ guild, person, channels: [...bound, ...free] })),
  )
  return { discord, servers: all, listeners }
}

/**
 * The product knows these servers, and rooms whose timers run in their channels; nobody is in one. `fill` gives Slack every other workspace:
 * what it numbers with even numbers becomes ours.
 */
export async function fillWith(db: Kysely<DB>, { servers: all }: Audience): Promise<void> {
  const endsAt = new Date(Date.now() + minutes(20))
  await fill(db, { workspaces: 2 * servers, rooms: 2 * servers * rooms, people: peopleInRoom, past: 1, endsAt, overSeconds: 1 })
  await sql`truncate participant, presence_interval cascade`.execute(db)
  const room = (server: number, nth: number) => 2 * (nth * servers + server)
  const guilds = all.map(({ guild }, n) => ({ n: `${2 * n}`, id: guild.id }))
  const channels = all.flatMap(({ bound }, n) => bound.map(({ id }, nth) => ({ n: `channel ${room(n, nth)}`, id })))
  const accounts = all.flatMap(({ people }, n) =>
    people.map(({ id }, nth) => ({ n: `${room(n, Math.floor(nth / peopleInRoom))}0${(nth % peopleInRoom) + 1}`, id })),
  )
  const named = (list: readonly object[]) => rows(list, 'x', { n: 'text', id: 'text' })
  await sql`update workspace set external_id = x.id from ${named(guilds)} where platform = 'discord' and external_id = x.n`.execute(db)
  await sql`update room_binding set voice_channel = x.id from ${named(channels)} where platform = 'discord' and channel = x.n`.execute(db)
  await sql`update identity set external_id = x.id from ${named(accounts)} where platform = 'discord' and external_id = x.n`.execute(db)
  await sql`analyze`.execute(db)
}
