import { setTimeout as wait } from 'node:timers/promises'
import { type Caller, perform } from '../../commands/perform.ts'
import type { App } from '../../kernel/context.ts'
import { mo, strangers, studyHall } from '../cast.ts'
import type { Lot } from './lot.ts'

const rooms = ['Attic', 'Balcony', 'Cellar', 'Den', 'Ferry', 'Garden'] as const
const people: readonly Caller[] = strangers(18)

type Deed = { readonly command: string; readonly args: Readonly<Record<string, string>> }

/** Short phases of every kind, that anyone present may move, with a warning before focus begins. */
export async function openRooms(app: App): Promise<void> {
  for (const [n, name] of rooms.entries()) {
    const host = people[n]
    if (host === undefined) continue
    await act(app, host, open(name, n))
    await act(app, host, { command: 'room edit', args: { warning: 'yes' } })
  }
}

const open = (name: string, n: number): Deed => ({
  command: 'room create',
  args: {
    name,
    focus: `${2 + (n % 3)}`,
    break: `${1 + (n % 2)}`,
    long_break: '2',
    long_break_after: `${2 + (n % 2)}`,
    rounds: n % 3 === 0 ? '5' : '0',
    control: 'anyone',
    capacity: '6',
  },
})

/** Everyone goes home: all rooms close, by the hand of a moderator. */
export async function closeRooms(app: App): Promise<void> {
  for (const room of rooms) await act(app, mo, { command: 'room close', args: { room, sure: 'yes' } })
}

/** People join, leave, start, pause, resume, skip, stop, open and close rooms, several at the same moment, until `signal` aborts. */
export async function liveHere(app: App, lot: Lot, signal: AbortSignal): Promise<void> {
  const one = async (): Promise<void> => {
    while (!signal.aborted) {
      await act(app, lot.pick(people), wish(lot))
      await wait(lot.between(20, 250), undefined, { signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error
      })
    }
  }
  await Promise.all(Array.from({ length: 3 }, one))
}

/** What somebody may want next; much of it is refused, as in life. */
function wish(lot: Lot): Deed {
  const room = lot.pick(rooms)
  const luck = lot.draw()
  if (luck < 0.4) return { command: 'room join', args: { room } }
  if (luck < 0.52) return { command: 'room leave', args: {} }
  if (luck < 0.55) return open(room, lot.between(0, 5))
  if (luck < 0.57) return { command: 'room close', args: { sure: 'yes' } }
  if (luck < 0.6) return { command: 'timer stop', args: { sure: 'yes' } }
  return { command: `timer ${lot.pick(['start', 'start', 'pause', 'resume', 'resume', 'skip'])}`, args: {} }
}

const act = (app: App, caller: Caller, { command, args }: Deed) => perform(app, { caller, command, args, place: studyHall })
