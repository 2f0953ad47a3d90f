import { called } from '../domain/people/visibility.ts'
import { ownRoomInstead } from '../domain/reservations/own-room.queries.ts'
import { type ReservationView, repeats } from '../domain/reservations/reservation.ts'
import type { Ctx } from '../kernel/context.ts'
import type { Press } from '../kernel/press.ts'
import type { Message, Text } from '../locales/text.ts'
import { button, buttons, lines, message, namesText } from './room.ts'
import type { Block, Button, Screen } from './screen.ts'

const date = (time: Date): Text => ({ time, as: 'date' })
const clock = (time: Date): Text => ({ time, as: 'clock' })
const countdown = (time: Date): Text => ({ time, as: 'countdown' })

/** The moment of a reservation as the words of a sentence take it. */
export const whenWords = ({ startsAt }: Pick<ReservationView, 'startsAt'>) => ({ date: date(startsAt), clock: clock(startsAt) })

const pressOf =
  ({ id }: Pick<ReservationView, 'id'>) =>
  (command: string, args: Press['args'] = {}): Press => ({ command, args: { reservation: id, ...args } })

/** How it comes again, with its end where it has one. */
function repeatText({ recurrence, weekdays, until_date: until, times }: ReservationView): Message {
  const repeat =
    recurrence === 'days'
      ? message('reserve.repeat.days', {
          days: weekdays
            .map((day): Text => message('reserve.weekday', { day }))
            .reduce((head, tail) => message('commands.list', { head, tail })),
        })
      : message(`reserve.repeat.${recurrence}`)
  if (until !== null) return message('reserve.repeat.until', { repeat, day: { day: until, as: 'date' } })
  return times === null ? repeat : message('reserve.repeat.times', { repeat, times })
}

/** Where it takes place because its host has as many rooms as one person may; nothing where a room of its own opens. */
export async function ownRoomText(ctx: Ctx, { host, room, workspace }: ReservationView): Promise<readonly Text[]> {
  if (host === null || room !== null) return []
  const own = await ownRoomInstead(ctx, host.id, workspace, null)
  if (own === null) return []
  return [message(own.isPrivate ? 'reserve.own-room.private' : 'reserve.own-room', { room: own.name, max: own.max })]
}

function comingText({ coming, comingCount }: ReservationView): Message {
  if (comingCount === 0) return message('reserve.coming.none')
  const named = coming.slice(0, 10).map(({ name }) => name)
  const more = comingCount - named.length
  if (named.length === 0) return message('reserve.coming.unnamed', { count: comingCount })
  const names = namesText(named)
  return more === 0 ? message('reserve.coming.names', { names }) : message('reserve.coming.more', { names, more })
}

/** Who may not be named to everyone is somebody, also on the card in front of themselves, which others may read. */
const hostText = ({ host }: ReservationView): Text => (host === null ? message('commands.person.gone') : called(host.name))

function facts(view: ReservationView): Block {
  const when = message('reserve.when.value', { ...whenWords(view), countdown: countdown(view.startsAt) })
  const lengths = message('reserve.lengths.value', { focus: view.workMinutes, break: view.breakMinutes })
  return {
    kind: 'facts',
    facts: [
      { label: message('reserve.when'), value: when },
      { label: message('reserve.lengths'), value: lengths },
      ...(repeats(view) ? [{ label: message('reserve.repeat'), value: repeatText(view) }] : []),
      ...(view.room === null ? [] : [{ label: message('reserve.room'), value: view.room.name }]),
      { label: message('reserve.host'), value: hostText(view) },
      { label: message('reserve.coming'), value: comingText(view) },
      ...(view.note === null ? [] : [{ label: message('reserve.note'), value: view.note }]),
    ],
  }
}

/** Means the same to everybody: not for me, this time. */
const skipButton = (view: ReservationView): Button =>
  button(repeats(view) ? 'reserve.skip' : 'reserve.not-coming', pressOf(view)('reserve skip'), 'plain')

/**
 * What a channel sees: whoever is there may join. It names nobody's own part in it, since everybody reads the same. `before` is the last
 * date that is over, where another comes.
 */
export function reservationCard(view: ReservationView, before: ReservationView | null = null): Screen {
  const isOver = view.state !== 'planned'
  const said = [
    ...(view.state === 'missed' ? [message('reserve.card.missed')] : []),
    ...(before === null ? [] : [message('reserve.card.before', { date: date(before.startsAt), state: before.state })]),
  ]
  return {
    tone: 'calm',
    title: view.name,
    ...(isOver ? { state: message('reserve.state', { state: view.state }) } : {}),
    blocks: [
      facts(view),
      ...(said.length === 0 ? [] : [lines(...said)]),
      ...(isOver ? [] : [buttons(button('reserve.join', pressOf(view)('reserve join'), 'primary'), skipButton(view))]),
    ],
    card: view.id,
  }
}

/** The same for one person alone, with what they can do, below what is said to them. */
export function ownReservation(view: ReservationView, ...said: readonly Text[]): Screen {
  const remind = { label: message('reserve.remind'), value: message('reserve.remind.value', { minutes: view.remindMinutes }) }
  const shown = facts(view)
  return {
    tone: 'calm',
    title: view.name,
    state: message('reserve.state', { state: view.state }),
    blocks: [
      ...(said.length === 0 ? [] : [lines(...said)]),
      shown.kind === 'facts' ? { ...shown, facts: [...shown.facts, remind] } : shown,
      buttons(...(view.state === 'planned' ? mine(view) : []), button('reserve.show-list', { command: 'reserve list', args: {} })),
    ],
  }
}

function mine(view: ReservationView): readonly Button[] {
  const press = pressOf(view)
  const { isHost, isComing } = view.standing
  if (isHost) {
    return [button('reserve.edit', { ...press('reserve edit'), ask: true }), button('reserve.cancel', press('reserve cancel'), 'danger')]
  }
  if (isComing) return [skipButton(view), ...(repeats(view) ? [button('reserve.leave', press('reserve cancel'))] : [])]
  return [
    button('reserve.join', press('reserve join'), 'primary'),
    ...(repeats(view) ? [button('reserve.only-this', press('reserve join', { following: 'no' }))] : []),
  ]
}

/** Whoever cancels for everybody is asked; of a series, whether one date is meant or all that follow too. */
export function cancelQuestion(view: ReservationView): Screen {
  const sure = (following: 'yes' | 'no'): Press => pressOf(view)('reserve cancel', { following, sure: 'yes' })
  return {
    tone: 'warning',
    title: view.name,
    blocks: repeats(view)
      ? [
          lines(message('reserve.cancel.ask', whenWords(view))),
          buttons(button('reserve.cancel.one', sure('no'), 'danger'), button('reserve.cancel.all', sure('yes'), 'danger')),
        ]
      : [lines(message('reserve.cancel.ask-once', whenWords(view))), buttons(button('reserve.cancel.sure', sure('no'), 'danger'))],
  }
}

/** One sentence about a reservation, and what may follow. */
export const reservationNotice = (name: string, said: readonly Text[], ...next: readonly Button[]): Screen => ({
  tone: 'calm',
  title: name,
  blocks: [lines(...said), ...(next.length === 0 ? [] : [buttons(...next)])],
})

/** The buttons of an invitation and of a reminder. */
export const joinButton = (view: ReservationView): Button => button('reserve.join', pressOf(view)('reserve join'), 'primary')
export const notComing = (view: ReservationView): Button => skipButton(view)
