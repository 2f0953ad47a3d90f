/** Who is connected in which voice channel, and so who hears whom. */

import type { Guild, World } from '../world.ts'
import { createGroup, type Group } from './group.ts'
import { createEars, type Ears, isSilence } from './heard.ts'
import type { Line } from './line.ts'
import { closeCodes, opcodes } from './opcodes.ts'

type Call = { readonly group: Group; readonly people: Set<string>; readonly lines: Set<Line> }

export type Calls = Pick<Ears, 'heardBy'> & {
  open(line: Line): void
  close(line: Line): void
  seal(line: Line, keyPackage: Buffer): void
  /** Somebody came, moved or left. */
  follow(guild: Guild): void
  hear(line: Line, frame: Buffer): void
}

export const createCalls = (world: World): Calls => {
  const calls = new Map<string, Call>()
  const ears = createEars()

  const peopleIn = (guildId: string, channelId: string): string[] =>
    [...(world.guilds.get(guildId)?.voiceStates.values() ?? [])]
      .filter((state) => state.channelId === channelId && state.userId !== world.bot.id)
      .map(({ userId }) => userId)

  const callOf = (channelId: string): Call => {
    const call = calls.get(channelId) ?? { group: createGroup(channelId), people: new Set(), lines: new Set() }
    calls.set(channelId, call)
    return call
  }

  const come = (call: Call, userIds: readonly string[]): void => {
    if (userIds.length === 0) return
    for (const line of call.lines) line.say(opcodes.clientsConnect, { user_ids: userIds })
    for (const userId of userIds) {
      call.people.add(userId)
      call.group.addPerson(userId)
    }
  }
  const go = (call: Call, userId: string): void => {
    call.people.delete(userId)
    call.group.remove(userId)
    for (const line of call.lines) line.say(opcodes.clientDisconnect, { user_id: userId })
  }

  const close = (line: Line): void => {
    const call = calls.get(line.ticket.channelId)
    if (!call?.lines.delete(line)) return
    call.group.remove(line.ticket.userId)
    if (call.lines.size === 0) calls.delete(line.ticket.channelId)
  }

  return {
    heardBy: ears.heardBy,
    open: (line) => {
      const { guildId, channelId } = line.ticket
      const call = callOf(channelId)
      if (call.people.size > 0) line.say(opcodes.clientsConnect, { user_ids: [...call.people] })
      call.lines.add(line)
      come(
        call,
        peopleIn(guildId, channelId).filter((userId) => !call.people.has(userId)),
      )
    },
    close,
    seal: (line, keyPackage) => callOf(line.ticket.channelId).group.addBot(line.ticket.userId, keyPackage, line.remote),
    follow: (guild) => {
      for (const [channelId, call] of calls) {
        if (!guild.channels.has(channelId)) continue
        const now = peopleIn(guild.id, channelId)
        come(
          call,
          now.filter((userId) => !call.people.has(userId)),
        )
        for (const userId of call.people) if (!now.includes(userId)) go(call, userId)
        for (const line of call.lines) {
          if (guild.voiceStates.get(line.ticket.userId)?.channelId === channelId) continue
          close(line)
          line.close(closeCodes.disconnected)
        }
      }
    },
    hear: (line, frame) => {
      const { channelId, userId } = line.ticket
      const call = calls.get(channelId)
      for (const listener of call?.people ?? []) {
        const opened = line.isSealed && !isSilence(frame) ? call?.group.hears(listener, userId, frame) : frame
        ears.hear(listener, channelId, opened ?? null)
      }
    },
  }
}
