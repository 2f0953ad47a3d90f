import { commands } from './ko/commands.ts'
import { debrief } from './ko/debrief.ts'
import { discord } from './ko/discord.ts'
import { focus } from './ko/focus.ts'
import { goals } from './ko/goals.ts'
import { imports } from './ko/import.ts'
import { presence } from './ko/presence.ts'
import { reservations } from './ko/reservations.ts'
import { rooms } from './ko/rooms.ts'
import { setup } from './ko/setup.ts'
import { slack } from './ko/slack.ts'
import { stats } from './ko/stats.ts'
import { web } from './ko/web.ts'
import type { MessageKey } from './text.ts'

export const ko: Readonly<Record<MessageKey, string>> = {
  ...commands,
  ...debrief,
  ...discord,
  ...focus,
  ...goals,
  ...presence,
  ...reservations,
  ...imports,
  ...rooms,
  ...setup,
  ...slack,
  ...stats,
  ...web,
}
