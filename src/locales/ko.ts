import { commands } from './ko/commands.ts'
import { discord } from './ko/discord.ts'
import { rooms } from './ko/rooms.ts'
import { slack } from './ko/slack.ts'
import { web } from './ko/web.ts'
import type { MessageKey } from './text.ts'

export const ko: Readonly<Record<MessageKey, string>> = { ...commands, ...discord, ...rooms, ...slack, ...web }
