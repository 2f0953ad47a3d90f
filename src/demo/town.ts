import { newId } from '../kernel/ids.ts'
import type { Resident } from './people.ts'
import type { Now } from './present.ts'
import type { Plot, Quarter } from './rooms.ts'

type Quarters = { readonly discord: Quarter; readonly slack: Quarter; readonly home: Quarter }

/** Rooms that belong to a workspace and have been there from the beginning. */
export function keptPlots({ discord, slack, home }: Quarters, opened: Date): readonly Plot[] {
  const plot = (name: string, places: Plot['places'], settings: Plot['settings'] = {}): Plot => ({
    id: newId(),
    name,
    places,
    owner: null,
    voice: places.some(({ platform }) => platform === 'discord') ? `voice of ${name}` : null,
    settings: { control: 'anyone', ...settings },
    opened,
    closed: null,
  })
  return [
    plot('Quiet library', [discord, home]),
    plot('새벽 공부방', [discord, home], { work_duration_minutes: 50, break_duration_minutes: 10 }),
    plot('Evening hall', [discord]),
    plot('Deep work', [slack, discord, home], { max_participants: 200 }),
    plot('집중 오전반', [slack], { work_duration_minutes: 45, break_duration_minutes: 15, long_break_after: null }),
  ]
}

/** The rooms that are open now: every state of a timer, and every kind of room. */
export const openNow = ({ discord, slack, home }: Quarters, owner: Resident): readonly Now[] => [
  { name: 'Quiet library', places: [discord, home], people: 23, running: 72, guest: owner },
  { name: '새벽 공부방', places: [discord, home], people: 12, running: 54 },
  { name: 'Evening hall', places: [discord], people: 0, running: null },
  { name: 'Deep work', places: [slack, discord, home], people: 17, running: 103 },
  { name: '집중 오전반', places: [slack], people: 9, running: 50 },
  {
    name: 'Thesis writing',
    places: [discord, home],
    people: 6,
    running: 41,
    settings: { work_duration_minutes: 50, break_duration_minutes: 10 },
  },
  { name: '수학 스터디', places: [discord, home], people: 4, running: 47, paused: 6 },
  { name: 'Pomodoro for two', places: [discord, home], people: 2, running: 12, settings: { max_participants: 2 } },
  { name: '면접 준비', places: [discord, home], people: 3, running: 33, settings: { is_private: true }, invited: owner },
  { name: 'Language exchange', places: [discord, home], people: 5, running: 118, settings: { control: 'vote' } },
  { name: 'Coffee and code', places: [discord, home], people: 3, running: null },
  { name: 'Docs sprint', places: [slack], people: 4, running: 31, settings: { auto_start_break: false } },
  { name: 'Meeting-free zone', places: [slack, discord, home], people: 7, running: 66, settings: { rounds: 8, warning: true } },
  { name: '한빛 스터디', places: [slack], people: 3, running: 20, settings: { is_private: true } },
  { name: 'Friday wrap-up', places: [slack, home], people: 2, running: 31, settings: { auto_start_work: false, control: 'anyone' } },
]
