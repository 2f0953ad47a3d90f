import type { Addressed } from '../deliveries/delivery.ts'
import type { EventType, Told } from '../events/event.ts'
import type { Tx } from '../kernel/context.ts'
import { drawAnswered, drawCards, drawCardsIn } from './cards.ts'
import { ring } from './chimes.ts'
import { askAlone } from './debriefs.ts'
import { followMutes, followMutesIn } from './mutes.ts'
import { publish } from './news.ts'
import { drawHome, tellThem, tellThemWhen } from './people.ts'
import { callThoseWhoCome, followEvents, followEventsIn } from './reservations.ts'
import { drawAgain, drawAgainIn, leaveVoiceStatus, say, takeDown, tellPerson, voiceStatusIn } from './rooms.ts'
import { followStatus } from './statuses.ts'

/** What follows from events: who must be told, by which delivery. A batch holds events of one type. */
export type Reaction<T extends EventType> = (tx: Tx, events: readonly Told<T>[]) => Promise<readonly Addressed[]>

/** Total: a new event without a line does not compile. */
export const reactions: { readonly [T in EventType]: readonly Reaction<T>[] } = {
  'room.opened': [drawAgain()],
  'room.edited': [drawAgain(), leaveVoiceStatus, followMutes],
  'room.closed': [
    drawAgain(),
    leaveVoiceStatus,
    followMutes,
    tellPerson('room.closed', ({ why }, { owner }) => (why === 'empty' ? owner : null)),
  ],
  'room.bound': [drawAgain()],
  'room.unbound': [takeDown, followMutes],
  'room.transferred': [drawAgain(), tellPerson('room.transferred', ({ to, by }) => (to === by ? null : to))],
  'room.invited': [tellPerson('room.invited', ({ person }) => person)],
  'room.joined': [drawAgain(), followStatus, followMutes],
  'room.left': [
    drawAgain(),
    followStatus,
    followMutes,
    tellPerson('room.left', ({ person, by, how }) => ((how === 'kicked' || how === 'banned') && person !== by ? person : null)),
  ],
  'reservation.opened': [callThoseWhoCome],
  'timer.moved': [
    drawAgain(({ verb }) => verb === 'end' || verb === 'skip'),
    leaveVoiceStatus,
    followStatus,
    followMutes,
    say,
    askAlone,
    ring,
  ],
  'timer.voted': [drawAgain(), say],
  'timer.warned': [say, ring],
  'room.outage': [drawAgain()],
  'room.credited': [publish],
  'room.gaps': [say],
  'outage.gap': [tellThem],
  'presence.lapsed': [tellThem],
  'goal.reached': [tellThem],
  'streak.kept': [tellThem],
  'achievement.unlocked': [tellThem],
  'solo.started': [drawHome, followStatus],
  'solo.ended': [drawHome, followStatus, tellThemWhen(({ by }) => by === null)],
  'session.corrected': [tellThem],
  'session.restored': [tellThem],
  'day.shown': [tellThem],
  'solo.asked': [drawHome, followStatus, tellThem],
  'week.over': [tellThem],
  'reservation.invited': [tellThem],
  'reservation.soon': [tellThem],
  'reservation.moved': [tellThem],
  'reservation.cancelled': [tellThem],
  'reservation.missed': [tellThem],
  'reservation.changed': [followEvents, drawCards],
  'reservation.answered': [drawAnswered],
  'trial.ended': [tellThem],
  'fault.stands': [tellThem],
  'help.asked': [tellThem],
  'workspace.changed': [drawAgainIn, voiceStatusIn, followEventsIn, followMutesIn, drawCardsIn],
}
