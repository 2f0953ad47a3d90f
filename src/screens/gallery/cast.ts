import type { PersonId, PhaseId, RoomId, WorkspaceId } from '../../kernel/ids.ts'
import type { Locale } from '../../locales/text.ts'
import type { Reader } from '../../locales/write.ts'

/** Samples stand still: it is always this moment. */
export const sampleNow = new Date('2026-03-02T09:13:00Z')

const uuid = (kind: string, number: number): string => `019500aa-0000-7000-8000-${kind}${number.toString(16).padStart(8, '0')}`
export const person = (number: number): PersonId => uuid('aaaa', number) as PersonId
export const roomId = (number: number): RoomId => uuid('bbbb', number) as RoomId
export const phaseId = uuid('cccc', 1) as PhaseId
export const workspaceId = uuid('dddd', 1) as WorkspaceId

/** Names that try to call everyone, to format, to forge a link, to become markup or to turn the text around. */
export const hostileNames: readonly string[] = [
  '@everyone',
  '<!channel>',
  '<@101>',
  '*x* _y_ ~z~ `w` ||v||',
  '[a](http://b.example)',
  '<http://b.example|a>',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '\u202eada',
  '# > - 1. \\',
]

export const names: readonly string[] = ['Ada', '민준', 'Ben', '채', 'Grace', '서연', 'Noor', 'Łukasz', '지민', 'Zoë', 'Mo']

const mentions = (number: number): string | null => (number === 3 ? null : `<@${100 + number}>`)

/** Who reads the samples: in English in Berlin, or in Korean in Seoul. Person 99 was deleted and is in no list of names. */
export const sampleReader = (locale: Locale): Reader => ({
  locale,
  timezone: locale === 'ko' ? 'Asia/Seoul' : 'Europe/Berlin',
  now: sampleNow,
  people: new Map([...names, ...hostileNames].map((name, n) => [person(n + 1), { name, mention: mentions(n + 1) }])),
  web: 'https://focus.example',
})
