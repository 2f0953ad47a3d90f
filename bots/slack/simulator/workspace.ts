import { installApp, revokeToken, uninstallApp } from './installing.ts'
import { createPerson, moveIn, moveOut, type Person } from './people/person.ts'
import type { Simulation } from './simulation.ts'
import { type Channel, type Message, newId, type Team, type User } from './world.ts'

type NewPerson = {
  readonly name: string
  readonly realName?: string
  readonly locale?: string
  readonly tz?: string
  readonly isAdmin?: boolean
  readonly isOwner?: boolean
  readonly isRestricted?: boolean
}

/** A channel as its owner handles it. */
export type ChannelHandle = {
  readonly id: string
  readonly name: string
  readonly messages: readonly Message[]
  /** Brings somebody in, the bot included (`team.bot`). */
  invite(who: { readonly id: string }): Promise<void>
  remove(who: { readonly id: string }): Promise<void>
  archive(): void
}

/** A Slack workspace. */
export type Workspace = {
  readonly id: string
  readonly name: string
  /** The token of the installed bot. Throws before the app is installed. */
  readonly botToken: string
  readonly bot: User
  /** The name of a person or channel; the id itself when there is none. */
  nameOf(id: string): string
  install(options?: { readonly scopes?: readonly string[]; readonly installer?: { readonly id: string } }): Workspace
  uninstall(): Promise<void>
  revokeToken(): Promise<void>
  addUser(person: NewPerson): Person
  addChannel(channel: {
    readonly name: string
    readonly private?: boolean
    readonly members?: readonly { readonly id: string }[]
  }): ChannelHandle
}

export function addWorkspace(sim: Simulation, name: string): Workspace {
  const team: Team = {
    id: newId('T'),
    name,
    domain: name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
    users: new Map(),
    channels: new Map(),
    installation: null,
    modals: new Map(),
    homes: new Map(),
    states: new Map(),
  }
  sim.world.teams.set(team.id, team)
  const installed = () => {
    if (!team.installation) throw new Error(`the app is not installed in ${name}`)
    return team.installation
  }
  const workspace: Workspace = {
    id: team.id,
    name,
    get botToken() {
      return installed().token
    },
    get bot() {
      return installed().bot
    },
    nameOf: (id) => team.users.get(id)?.name ?? team.channels.get(id)?.name ?? id,
    install: ({ scopes = ['commands', 'chat:write'], installer } = {}) => {
      installApp(sim, team, scopes, installer?.id ?? [...team.users.keys()][0] ?? '')
      return workspace
    },
    uninstall: () => uninstallApp(sim, team),
    revokeToken: () => revokeToken(sim, team),
    addUser: (person) => {
      const user: User = {
        id: newId('U'),
        team: team.id,
        name: person.name,
        realName: person.realName ?? person.name,
        locale: person.locale ?? 'en-US',
        tz: person.tz ?? 'UTC',
        isAdmin: person.isAdmin ?? person.isOwner ?? false,
        isOwner: person.isOwner ?? false,
        isRestricted: person.isRestricted ?? false,
        isBot: false,
      }
      team.users.set(user.id, user)
      return createPerson(sim, team, user)
    },
    addChannel: ({ name: channelName, private: isPrivate = false, members = [] }) => {
      const channel: Channel = {
        id: newId('C'),
        team: team.id,
        name: channelName,
        kind: isPrivate ? 'private' : 'public',
        members: new Set(members.map((one) => one.id)),
        archived: false,
        messages: [],
      }
      team.channels.set(channel.id, channel)
      return channelHandle(sim, team, channel)
    },
  }
  return workspace
}

function channelHandle(sim: Simulation, team: Team, channel: Channel): ChannelHandle {
  const someone = (id: string): User => {
    const user = team.users.get(id)
    if (!user) throw new Error(`${id} is nobody in ${team.name}`)
    return user
  }
  return {
    id: channel.id,
    name: channel.name,
    messages: channel.messages,
    invite: ({ id }) => moveIn(sim, team, channel, someone(id)),
    remove: ({ id }) => moveOut(sim, team, channel, someone(id)),
    archive: () => {
      channel.archived = true
    },
  }
}
