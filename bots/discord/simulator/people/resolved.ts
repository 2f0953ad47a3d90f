/** The people, channels, roles and messages that an interaction names, as its `resolved` data. */

import type { Message } from '../messages.ts'
import { channelPayload, memberPayload, rolePayload, userPayload } from '../payloads/guild.ts'
import { messagePayload } from '../payloads/message.ts'
import { permissionsIn } from '../permissions.ts'
import { type Channel, channelById, guildOfChannel, userById, type World } from '../world.ts'

export type Named = {
  readonly users?: readonly string[]
  readonly channels?: readonly string[]
  readonly roles?: readonly string[]
  readonly messages?: readonly Message[]
}

const table = <T>(ids: readonly string[], read: (id: string) => T): Record<string, T> => Object.fromEntries(ids.map((id) => [id, read(id)]))

export const resolved = (world: World, channel: Channel, { users = [], channels = [], roles = [], messages = [] }: Named): object => {
  const guild = guildOfChannel(world, channel)
  const members = users.flatMap((id) => {
    const member = guild?.members.get(id)
    return member ? [[id, { ...memberPayload(member), permissions: permissionsIn(world, channel, id).toString() }] as const] : []
  })
  return {
    ...(users.length ? { users: table(users, (id) => userPayload(userById(world, id))) } : {}),
    ...(members.length ? { members: Object.fromEntries(members) } : {}),
    ...(channels.length
      ? {
          channels: table(channels, (id) => ({
            ...channelPayload(world, channelById(world, id)),
            permissions: permissionsIn(world, channelById(world, id), world.bot.id).toString(),
          })),
        }
      : {}),
    ...(roles.length
      ? {
          roles: table(roles, (id) => {
            const role = guild?.roles.get(id)
            if (!role) throw new Error(`There is no role ${id} here`)
            return rolePayload(role)
          }),
        }
      : {}),
    ...(messages.length
      ? { messages: Object.fromEntries(messages.map((message) => [message.id, messagePayload(world, message, 'rest')])) }
      : {}),
  }
}
