import type { ReservationView } from '../../domain/reservations/reservation.ts'
import { after, days, hours, minutes } from '../../kernel/clock.ts'
import type { OccurrenceId, PersonId, ReservationId } from '../../kernel/ids.ts'
import { Refusal, type RefusalKind } from '../../kernel/refusal.ts'
import type { MessageKey, Words } from '../../locales/text.ts'
import { refused } from '../answers.ts'
import { nextScreen } from '../next.ts'
import { cancelQuestion, joinButton, notComing, ownReservation, reservationCard, reservationNotice, whenWords } from '../reservation.ts'
import { openedScreen, openedText } from '../reservation-notices.ts'
import { calendarScreen, reservationList } from '../reservations.ts'
import { button, message } from '../room.ts'
import type { Screen } from '../screen.ts'
import { askingReadZone } from '../zone.ts'
import { hostileNames, names, person, roomId, sampleNow, workspaceId } from './cast.ts'
import { sampleView } from './views.ts'

const id = (number: number): string => `019500aa-0000-7000-8000-eeee${number.toString(16).padStart(8, '0')}`
const people = names.map((name, n) => ({ id: person(n + 1), name }))

const standing = { person: person(1), isHost: true, isComing: false, isInvited: false, isNeighbour: true }
const asMember = { ...standing, isHost: false, isComing: true, isInvited: true }
const asOther = { ...asMember, isComing: false }

const plan = (number: number, more: Partial<ReservationView> = {}): ReservationView => ({
  id: id(number) as OccurrenceId,
  reservation: id(100) as ReservationId,
  workspace: workspaceId,
  day: '2026-03-03',
  startsAt: after(sampleNow, days(1)),
  state: 'planned',
  openedAt: null,
  name: 'Morning',
  note: null,
  workMinutes: 50,
  breakMinutes: 10,
  remindMinutes: 10,
  host: people[0] ?? null,
  room: null,
  voiceChannel: null,
  coming: [],
  comingCount: 0,
  starts_on: '2026-03-03',
  starts_time: '09:13:00',
  timezone: 'UTC',
  recurrence: 'none',
  weekdays: [],
  until_date: null,
  times: null,
  standing,
  ...more,
})

const daily = plan(1, { recurrence: 'daily', until_date: '2026-06-30', coming: people.slice(1, 4), comingCount: 3, note: 'Bring tea.' })
const chosen = plan(2, {
  name: '새벽반',
  recurrence: 'days',
  weekdays: [1, 3, 5],
  times: 12,
  coming: people,
  comingCount: 14,
  room: { id: roomId(1), name: 'Deep work', isPrivate: false },
  remindMinutes: 0,
})
const hostile = plan(3, {
  name: hostileNames.join(' ').slice(0, 100),
  note: hostileNames.join(' ').slice(0, 200),
  host: null,
  recurrence: 'monthly',
  coming: hostileNames.map((name, n) => ({ id: person(n + 12) as PersonId, name })),
  comingCount: hostileNames.length,
})
const words = (view: ReservationView) => ({ reservation: view.name, ...whenWords(view) })
const hosts = '채'

const no = (kind: RefusalKind, key: MessageKey, more: Words = {}): Screen => refused(new Refusal(kind, key, more))

const coming = nextScreen(plan(9, { startsAt: after(sampleNow, hours(3)) }), { exam: '2026-03-14', date: '2026-03-02' }, sampleNow)

/** Reservations: the card, the list, what is told and what is refused. */
export const reservationSamples: Readonly<Record<string, Screen>> = {
  ...(coming === null ? {} : { 'coming up': coming }),
  'reservation card': { ...reservationCard(daily), audience: 'channel' },
  'reservation card, once': reservationCard(plan(4)),
  'reservation card, chosen days': reservationCard(chosen),
  'reservation card, of people who are not named': reservationCard(plan(5, { host: { id: person(1), name: null }, comingCount: 2 })),
  'reservation card, hostile': reservationCard(hostile),
  'reservation card, skipped': reservationCard({ ...daily, state: 'skipped' }),
  'reservation of the host': ownReservation(daily, message('reserve.made')),
  'reservation of the host, weekly': ownReservation(plan(5, { recurrence: 'weekly' })),
  'reservation of the host, working days': ownReservation(plan(6, { recurrence: 'weekdays' }), message('reserve.saved')),
  'reservation made in a guessed zone': askingReadZone(ownReservation(plan(7), message('reserve.made')), 'Asia/Seoul', sampleNow),
  'reservation made in a guessed zone, beside its card': askingReadZone(
    reservationNotice(plan(7).name, [message('reserve.made-at', whenWords(plan(7)))]),
    'Asia/Seoul',
    sampleNow,
    { reservation: plan(7).id },
  ),
  'reservation that takes place in a room of the host': ownReservation(
    plan(9),
    message('reserve.made'),
    message('reserve.own-room', { room: 'Deep work', max: 1 }),
  ),
  'reservation behind a private room': ownReservation(plan(9), message('reserve.own-room.private', { room: 'Deep work', max: 2 })),
  'reservation that its host can’t skip alone': ownReservation(daily, message('reserve.skip.host')),
  'reservation card, did not open': reservationCard({ ...daily, state: 'missed' }),
  'reservation card, with a date before': reservationCard(daily, { ...plan(3), state: 'opened' }),
  'reservation joined': ownReservation({ ...daily, standing: asMember }, message('reserve.joined-all')),
  'reservation joined once': ownReservation({ ...plan(8), standing: asMember }, message('reserve.joined')),
  'reservation left': ownReservation({ ...daily, standing: asOther }, message('reserve.left')),
  'reservation left for good': ownReservation({ ...daily, standing: asOther }, message('reserve.left-all')),
  'reservation that opened': ownReservation({ ...daily, state: 'opened', openedAt: daily.startsAt }),
  'reservation that was missed': ownReservation({ ...plan(9), state: 'missed' }),
  'reservation cancelled': ownReservation({ ...plan(10), state: 'cancelled' }),
  'reservation, one or all': cancelQuestion(daily),
  'reservation date cancelled': reservationNotice(
    daily.name,
    [message('reserve.cancelled', { name: daily.name, ...whenWords(daily) })],
    button('reserve.show-list', { command: 'reserve list', args: {} }),
  ),
  'reservation series cancelled': reservationNotice(
    daily.name,
    [message('reserve.cancelled-all', { name: daily.name, ...whenWords(daily) })],
    button('reserve.show-list', { command: 'reserve list', args: {} }),
  ),
  'reservations, none': reservationList([], 0, []),
  'reservations, one': reservationList([daily], 1, []),
  'reservations, more than a page': reservationList(
    Array.from({ length: 11 }, (_, n) => plan(20 + n)),
    13,
    [],
  ),
  'reservations planned': reservationList([daily, { ...chosen, standing: asMember }, { ...hostile, standing: asOther }], 3, [
    { name: 'Morning', startsAt: after(sampleNow, -days(1)), isHost: true, came: true, absent: ['Ben', hosts] },
    { name: '새벽반', startsAt: after(sampleNow, -days(2)), isHost: false, came: false, absent: [] },
  ]),
  'calendar address': calendarScreen({ address: `https://focus.example/calendar/${'A'.repeat(43)}.ics` }),
  'calendar address known': calendarScreen({ since: after(sampleNow, -days(20)) }),
  'calendar unreachable': calendarScreen('unreachable'),
  'reservation invited': reservationNotice(
    daily.name,
    [message('reserve.notice.invited', { name: 'Ada', ...words(daily) })],
    joinButton(daily),
  ),
  'reservation soon': reservationNotice(
    daily.name,
    [
      message('reserve.notice.soon', {
        reservation: daily.name,
        clock: { time: after(sampleNow, minutes(10)), as: 'clock' },
        countdown: { time: after(sampleNow, minutes(10)), as: 'countdown' },
      }),
    ],
    notComing(daily),
  ),
  'reservation moved': reservationNotice(daily.name, [message('reserve.notice.moved', words(daily))], notComing(daily)),
  'reservation moved for good': reservationNotice(daily.name, [message('reserve.notice.moved-all', words(daily))], notComing(daily)),
  'reservation called off': reservationNotice(daily.name, [message('reserve.notice.cancelled', words(daily))]),
  'reservation called off for good': reservationNotice(hostile.name, [message('reserve.notice.cancelled-all', words(hostile))]),
  'reservation missed': reservationNotice(
    daily.name,
    [message('reserve.notice.missed', words(daily))],
    button('room.show-list', { command: 'room list', args: {} }),
  ),
  'reservation blocked': reservationNotice(
    daily.name,
    [message('reserve.notice.blocked', { ...words(daily), why: message('room.create.too-many', { max: 1 }) })],
    button('room.show-list', { command: 'room list', args: {} }),
  ),
  'reservation opens': openedScreen(daily, sampleView(), [person(2), person(4)]),
  'reservation opens late': openedScreen({ ...daily, openedAt: after(daily.startsAt, minutes(20)) }, sampleView(), []),
  'reservation opens elsewhere': reservationNotice(
    'Deep work',
    [openedText({ ...daily, openedAt: daily.startsAt })],
    button('room.join', { command: 'room join', args: { room: roomId(1) } }, 'primary'),
  ),
  'no reservation': refused(
    new Refusal('missing', 'reserve.missing', {}, { label: 'reserve.show-list', press: { command: 'reserve list', args: {} } }),
  ),
  'reservation over': no('conflict', 'reserve.over'),
  'reservation of others': no('forbidden', 'reserve.only-host', { host: 'Ada', named: true }),
  'reservation of somebody who is not named': no('forbidden', 'reserve.only-host', { host: '', named: false }),
  'reservation of one’s own joined': no('conflict', 'reserve.join.host'),
  'reservation for a room of others': no('forbidden', 'reserve.room-of-others', { room: 'Deep work' }),
  'reservation clash': no('conflict', 'reserve.clash', { name: 'Morning', ...whenWords(daily) }),
  'reservation ends before it begins': no('invalid', 'reserve.until-before'),
  'reservation without a day': no('invalid', 'reserve.no-date'),
  'reservation too far ahead': no('invalid', 'reserve.too-far'),
  'too many reservations': no('conflict', 'reserve.too-many', { max: 50 }),
  'reservation on no days': no('invalid', 'reserve.days.invalid', { typed: 'someday' }),
  'reservation with an end that comes once': no('invalid', 'reserve.no-repeat'),
  'reservation with two ends': no('invalid', 'reserve.both-ends'),
  'time to come': no('invalid', 'commands.invalid.time.past', {
    zone: 'Asia/Seoul',
    option: message('option.at'),
    typed: 'yesterday 9am',
    time: { time: after(sampleNow, -hours(24)), as: 'date' },
    clock: { time: after(sampleNow, -hours(24)), as: 'clock' },
  }),
  'time that is over': no('invalid', 'commands.invalid.time.future', {
    zone: 'Asia/Seoul',
    option: message('option.at'),
    typed: '내일 9시',
    time: { time: after(sampleNow, hours(24)), as: 'date' },
    clock: { time: after(sampleNow, hours(24)), as: 'clock' },
  }),
}
