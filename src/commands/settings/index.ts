import { jobsOf } from '../../deliveries/queues.ts'
import { calendarOf, zoneOf } from '../../domain/people/calendar.queries.ts'
import { dayStartFault, zoneFault } from '../../domain/people/calendar.ts'
import { zonesLike } from '../../domain/people/cities.ts'
import { changeSettings } from '../../domain/people/person.actions.ts'
import { actingPerson, settingsOf } from '../../domain/people/person.queries.ts'
import { drawCardsAround } from '../../domain/reservations/card.actions.ts'
import { plannedElsewhere } from '../../domain/reservations/reservation.queries.ts'
import { hideOwnName } from '../../domain/reservations/seen.actions.ts'
import { roomView } from '../../domain/rooms/room.queries.ts'
import { canSee } from '../../domain/rooms/room.ts'
import { beSeenBy } from '../../domain/rooms/seen.actions.ts'
import { recordCalled } from '../../domain/sessions/record.queries.ts'
import { mySolo } from '../../domain/sessions/solo.queries.ts'
import { wishNotes } from '../../domain/stats/note.actions.ts'
import { slackConnection } from '../../domain/statuses/status.queries.ts'
import type { Ctx, Tx } from '../../kernel/context.ts'
import { isUuid, type OccurrenceId, type RoomId } from '../../kernel/ids.ts'
import { done, withSaid } from '../../screens/answers.ts'
import { message } from '../../screens/room.ts'
import type { Screen } from '../../screens/screen.ts'
import { settingsScreen } from '../../screens/settings.ts'
import { soloCard } from '../../screens/solo.ts'
import { keptRecord, keptReservation, zoneSaved, zoneTold } from '../../screens/zone.ts'
import { type Command, command, type Suggest } from '../command.ts'
import { myGoals } from '../goal/index.ts'
import { moreOf } from '../room/more.ts'
import { carriedRoom } from '../room/options.ts'
import { myStats } from '../stats.ts'

/** Zones of the IANA list, by their names and by those of cities. */
const zones: Suggest = async (_ctx, typed) => {
  return zonesLike(typed)
    .slice(0, 25)
    .map((zone) => ({ label: zone.replaceAll('_', ' '), value: zone }))
}

/** Where somebody is, or a workspace. */
export const zoneOption = { type: 'string', max: 64, suggest: zones, wrong: zoneFault } as const

async function shown(ctx: Ctx, said?: 'saved'): Promise<Screen> {
  const person = actingPerson(ctx)
  const connection = await slackConnection(ctx, person)
  const slack = connection === null ? null : { isConnected: connection === 'connected', web: ctx.web }
  return settingsScreen(await settingsOf(ctx, person), await calendarOf(ctx, person), said, slack)
}

/** What Slack shows of me is what I want now, also of a focus that runs already. Without an account there nobody would work the job. */
async function showNow(tx: Tx): Promise<void> {
  const person = actingPerson(tx)
  if ((await slackConnection(tx, person)) !== 'connected') return
  await tx.queue.insert(tx.db, jobsOf([{ platform: 'slack', delivery: { kind: 'status', person } }]))
}

const show = command({
  name: 'settings show',
  summary: 'command.settings.show.summary',
  reply: 'private',
  options: {},
  async look(ctx) {
    return shown(ctx)
  },
})

const set = command({
  name: 'settings set',
  summary: 'command.settings.set.summary',
  reply: 'form',
  options: {
    timezone: { ...zoneOption, about: 'option.timezone.about' },
    locale: { type: 'choice', choices: ['platform', 'en', 'ko'], about: 'option.locale.about' },
    day_start: { type: 'string', max: 10, wrong: dayStartFault, about: 'option.day_start.about' },
    visibility: { type: 'choice', choices: ['everyone', 'friends', 'me'], about: 'option.visibility.about' },
    voice_time: { type: 'choice', choices: ['everywhere', 'rooms', 'never'], about: 'option.voice_time.about' },
    weekly_note: { type: 'boolean', about: 'option.weekly_note.about' },
    slack_status: { type: 'boolean', about: 'option.slack_status.about' },
    slack_snooze: { type: 'boolean', about: 'option.slack_snooze.about' },
  },
  /** Slack can be told by those alone who have an account there. */
  async omit(ctx) {
    return (await slackConnection(ctx, actingPerson(ctx))) === null ? ['slack_status', 'slack_snooze'] : []
  },
  async fill(ctx) {
    const { timezone, locale, day_start, visibility, voice_time, ...more } = await settingsOf(ctx, actingPerson(ctx))
    const slack = { slack_status: more.slack_status ? 'yes' : 'no', slack_snooze: more.slack_snooze ? 'yes' : 'no' }
    return {
      timezone: timezone ?? '',
      locale: locale ?? 'platform',
      day_start: day_start.slice(0, 5),
      visibility,
      voice_time,
      weekly_note: more.weekly_note ? 'yes' : 'no',
      ...slack,
    }
  },
  async run(tx, args) {
    const { weekly_note: notes, visibility, locale, ...chosen } = args
    const wanted = { ...chosen, locale: locale === 'platform' ? null : locale }
    const change = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
    if (visibility !== undefined && visibility !== 'everyone') await hideOwnName(tx)
    if (visibility !== undefined) await beSeenBy(tx, visibility)
    if (visibility !== undefined) await drawCardsAround(tx)
    await changeSettings(tx, change)
    if (notes !== undefined) await wishNotes(tx, notes)
    if (args.slack_status !== undefined || args.slack_snooze !== undefined) await showNow(tx)
    return { ...(await shown(tx, 'saved')), changesReader: true }
  },
})

/** Chosen under More of a panel: whom a phase line calls. It is the person's own, so it is saved also where the room is not there any more. */
const ping = command({
  name: 'settings ping',
  summary: 'command.settings.ping.summary',
  reply: 'private',
  listed: false,
  options: {
    ping: { type: 'choice', choices: ['never', 'break', 'focus', 'both'], required: true, about: 'option.ping.about' },
    room: carriedRoom,
  },
  async run(tx, { ping, room }) {
    await changeSettings(tx, { ping })
    const said = message('settings.saved')
    const view = room !== undefined && isUuid(room) ? await roomView(tx, room as RoomId) : null
    return view?.room.is_active && canSee(view.standing, view.room) ? moreOf(tx, view, said) : done(said)
  },
})

/** The answer to the question about the zone, asked once. */
const zone = command({
  name: 'settings zone',
  summary: 'command.settings.zone.summary',
  reply: 'form',
  listed: false,
  options: {
    timezone: { ...zoneOption, required: true, about: 'option.timezone.about' },
    under: { type: 'choice', choices: ['goal', 'stats', 'time'], hidden: true, about: 'option.under.about' },
    record: { type: 'string', max: 36, hidden: true, about: 'option.record.about' },
    reservation: { type: 'string', max: 36, hidden: true, about: 'option.reservation.about' },
  },
  async run(tx, { timezone, under, record, reservation }) {
    await changeSettings(tx, { timezone })
    const person = actingPerson(tx)
    const { timezone: known } = await zoneOf(tx, person)
    const calendar = await calendarOf(tx, person)
    const solo = await mySolo(tx)
    const told = zoneTold(known, calendar)
    // What the question stands under comes again, with its answer above it.
    if (under === 'goal') return myGoals(tx, ...told)
    if (under === 'stats') return withSaid(await myStats(tx), ...told)
    if (under === undefined && solo?.state === 'running') return soloCard(solo, tx.now, ...told)
    const made = reservation !== undefined && isUuid(reservation) ? (reservation as OccurrenceId) : null
    const added = record === undefined ? null : await recordCalled(tx, record)
    return zoneSaved(
      known,
      calendar,
      ...(await plannedElsewhere(tx, known, made)).map(keptReservation),
      ...(added?.user_id === person ? [keptRecord(added, known)] : []),
    )
  },
})

export const settings: readonly Command[] = [show, set, zone, ping]
