import { defaults, type RoomSettings } from '../domain/rooms/room.ts'
import { after, hours, minutes } from '../kernel/clock.ts'
import { newId, type RoomId } from '../kernel/ids.ts'
import type { Dice } from './dice.ts'
import type { Built, Quarter } from './rooms.ts'

/** A stretch in which people meet: in a kept room, or in a room that somebody opens for it and closes after. */
export type Slot = { readonly from: Date; readonly to: Date } & (
  | { readonly kept: Built }
  | { readonly kept: null; readonly id: RoomId; readonly name: string; readonly quarter: Quarter; readonly settings: Partial<RoomSettings> }
)

/** When the kept rooms are used, in hours of the day, for less than four hours each. */
const keptHours: readonly (readonly number[])[] = [
  [7, 12, 18],
  [5, 20],
  [11, 17],
  [8, 14],
  [3, 20],
]

const names = ['Exam week', '새벽반', 'Paper sprint', '수학 문제 풀기', 'Inbox zero', '영어 단어', 'Side project', '독서 모임', 'Code kata']

const settings: readonly Partial<RoomSettings>[] = [
  {},
  { work_duration_minutes: 50, break_duration_minutes: 10, long_break_after: null },
  { work_duration_minutes: 45, break_duration_minutes: 15, max_participants: 6 },
  { work_duration_minutes: 15, break_duration_minutes: 3, rounds: 6, control: 'vote' },
  { auto_start_break: false, warning: true },
  { auto_start_work: false, is_private: true },
]

/** What a day holds, in the order in which it begins; half as much at weekends. */
export function slotsOf(day: Date, dice: Dice, kept: readonly Built[], quarters: readonly Quarter[]): readonly Slot[] {
  const isWeekend = day.getUTCDay() % 6 === 0
  const stretch = (hour: number) => {
    const from = after(day, hours(hour) + dice.between(0, minutes(15)))
    return { from, to: after(from, dice.between(minutes(100), minutes(220))) }
  }
  const usual = kept.flatMap((room, n) => (keptHours[n] ?? []).map((hour): Slot => ({ ...stretch(hour), kept: room })))
  const first = dice.between(0, names.length - 1)
  const own = quarters.flatMap((quarter, n) =>
    [0, 1].map(
      (m): Slot => ({
        ...stretch(dice.between(6, 19)),
        kept: null,
        id: newId(),
        name: names[(first + n * 2 + m) % names.length] ?? '',
        quarter,
        settings: dice.pick(settings) ?? defaults,
      }),
    ),
  )
  return [...usual, ...own].filter(() => !isWeekend || dice.chance(50)).toSorted((a, b) => a.from.getTime() - b.from.getTime())
}
