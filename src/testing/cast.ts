import type { Caller } from '../commands/perform.ts'
import type { Role } from '../db/schema.ts'
import type { Locale } from '../locales/text.ts'

const person = (
  platform: 'discord' | 'slack',
  externalId: string,
  displayName: string,
  workspace: readonly [id: string, name: string],
  role: Role = 'member',
  locale: Locale = 'en',
  timezone: string | null = null,
): Caller => ({
  sighting: { platform, externalId, displayName, locale, timezone },
  workspace: { platform, externalId: workspace[0], name: workspace[1], role },
})

const library = ['900', 'The Library'] as const
const office = ['T1', 'The Office'] as const

/** The fixed cast: Ada hosts, Ben joins, Chae speaks Korean and lives in Seoul, Dev belongs to another workspace, Mo moderates. */
export const ada = person('discord', '101', 'Ada', library)
export const ben = person('discord', '102', 'Ben', library)
export const chae = person('discord', '103', '채', library, 'member', 'ko', 'Asia/Seoul')
export const mo = person('discord', '104', 'Mo', library, 'moderator')
export const root = person('discord', '105', 'Root', library, 'admin')
export const dev = person('slack', 'T1:U1', 'Dev', office)
export const guest = person('slack', 'T1:U2', 'Gil', office, 'guest')

export const studyHall = { platform: 'discord', channel: '555' } as const
export const deepWork = { platform: 'slack', channel: 'C1' } as const

/** More members of the library, each seen for the first time. */
export const strangers = (count: number): readonly Caller[] =>
  Array.from({ length: count }, (_, n) => person('discord', `20${n}`, `Stranger ${n}`, library))
