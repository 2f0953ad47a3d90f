import { commands } from './en/commands.ts'
import { debrief } from './en/debrief.ts'
import { discord } from './en/discord.ts'
import { focus } from './en/focus.ts'
import { goals } from './en/goals.ts'
import { imports } from './en/import.ts'
import { presence } from './en/presence.ts'
import { reservations } from './en/reservations.ts'
import { rooms } from './en/rooms.ts'
import { setup } from './en/setup.ts'
import { slack } from './en/slack.ts'
import { stats } from './en/stats.ts'
import { web } from './en/web.ts'

/** The source of truth: every message there is. ICU syntax; its keys type every use. */
export const en = {
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
} as const
