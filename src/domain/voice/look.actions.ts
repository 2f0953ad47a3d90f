import type { Tx } from '../../kernel/context.ts'
import { lockPresence } from '../people/lock.actions.ts'
import { creditSeen, sourceBack } from '../presence/outage.actions.ts'
import { lastSeenBy } from '../presence/pulse.queries.ts'
import type { Source } from '../presence/source.ts'
import { vacate } from '../rooms/seat.actions.ts'
import { askForMutesIn } from './mute.actions.ts'
import { seeVoice } from './voice.actions.ts'
import { type Inside, type Recorded, recordedInside, type Scope, seatsAfterOutage } from './voice.queries.ts'

/** Everybody who sits in a voice channel now, as `server account`. */
export type Sitting = { has(serverAndAccount: string): boolean }

export const sittingKey = ({ server, account }: Inside): string => `${server} ${account}`

/**
 * Whoever is recorded in these servers and does not sit there any more has left, at `at`.
 * @returns who is recorded there
 */
export async function missVoice(tx: Tx, scope: Scope, sitting: Sitting, at: Date): Promise<readonly Recorded[]> {
  const recorded = await recordedInside(tx, scope)
  const gone = recorded.filter((one) => !sitting.has(sittingKey(one)))
  await seeVoice(
    tx,
    gone.map((one) => ({ ...one, name: '', channel: null, details: [], at, entered: false })),
  )
  return recorded
}

/**
 * A connection is there again, and everybody it hears was looked at but in the servers that are `unseen` yet. Whoever is gone left when
 * they were last seen, and the credit that waited for this look is written. After a long outage everything ended there: a room is entered anew, and voice time begins anew.
 */
export async function voiceBack(tx: Tx, source: Source, unseen: readonly string[], sitting: Sitting): Promise<void> {
  const scope = { source, unseen }
  // People before their rooms: whoever is gone leaves below, when the rooms are locked already.
  const gone = (await recordedInside(tx, scope)).filter((one) => !sitting.has(sittingKey(one)))
  await lockPresence(tx, ...gone.map(({ person }) => person))
  const seenUntil = (await lastSeenBy(tx, source)) ?? tx.now
  const outage = await sourceBack(tx, source)
  if (outage === null || outage.bridged) {
    await missVoice(tx, scope, sitting, seenUntil)
  } else {
    const lost = (await seatsAfterOutage(tx, outage.id)).filter((seat) => !sitting.has(sittingKey(seat)))
    await vacate(
      tx,
      lost.map(({ person, room }) => ({ person, room, at: outage.lastSeen })),
      'voice',
    )
  }
  await creditSeen(tx, source)
  await askForMutesIn(tx, scope)
}
