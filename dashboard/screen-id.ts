import { randomBytes } from 'node:crypto'
import { shortId } from '../src/kernel/ids.ts'
import type { Screen } from '../src/screens/screen.ts'
import type { Spot } from './desk.ts'

/** Where home shows what somebody without a room may do now. */
export const frontId = 'front'

/** What the element of a screen is called. A room's panel keeps its name, so that it can be swapped; the log may hold it many times. */
export function screenId(screen: Screen, spot: Spot): string {
  if (spot === 'log') return `log-${randomBytes(6).toString('hex')}`
  if (spot === 'answer') return 'answer'
  return screen.shows ? `room-${shortId(screen.shows.room)}` : frontId
}
