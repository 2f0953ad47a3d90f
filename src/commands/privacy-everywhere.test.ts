import { afterEach, describe, expect, it } from 'vitest'
import { readerOf } from '../domain/people/reader.queries.ts'
import type { PersonId, WorkspaceId } from '../kernel/ids.ts'
import { phaseLine } from '../screens/lines.ts'
import { newsOf } from '../screens/news.ts'
import { noticeOf } from '../screens/notices.ts'
import { peopleIn } from '../screens/people.ts'
import type { Screen } from '../screens/screen.ts'
import { chae, mo, root, studyHall } from '../testing/cast.ts'
import { type House, openHouse } from '../testing/house.ts'
import { plainText } from '../testing/plain.ts'
import { type Left, liveThrough, seen, traces, unseen } from '../testing/unseen.ts'
import { commands } from './index.ts'
import { type Caller, formFor, suggest } from './perform.ts'

let house: House
afterEach(() => house.close())

/** All that others were shown: where, and what. */
type Shown = { readonly where: string; readonly said: string }

/** Deeds after which there is less to look at come last. */
const last = ['timer stop', 'room leave', 'room kick', 'room ban', 'room unbind', 'reserve cancel', 'room close']
const inOrder = [...commands].sort((a, b) => last.indexOf(a.name) - last.indexOf(b.name))

/** Something for every option that a command may ask for, about the person and what they left. */
const about = (person: string, left: Left): Readonly<Record<string, string>> => ({
  ...left,
  user: person,
  with: person,
  at: 'tomorrow 6pm',
  minutes: '10',
  reason: 'why not',
  result: 'done',
  aim: 'Latin',
  text: 'Read #latin',
  line: '1',
  weekday: 'none',
  ping: 'never',
  timezone: 'UTC',
})

const drawn = async (screen: Screen): Promise<string> => {
  const reader = await house.app.read((ctx) => readerOf(ctx, { platform: 'discord', locale: 'en', timezone: 'UTC' }, peopleIn(screen)))
  return [JSON.stringify(screen), plainText(screen, reader), ...[...reader.people.values()].map((one) => JSON.stringify(one))].join('\n')
}

/** Every command as somebody else: with what it needs, with all it takes, its form, and every list it offers. */
async function everyCommand(as: Caller, person: string, left: Left): Promise<readonly Shown[]> {
  const shown: Shown[] = []
  for (const { name, options, fill } of inOrder) {
    const known = Object.entries(about(person, left)).filter(([option]) => Object.hasOwn(options, option))
    const least = known.filter(([option]) => 'required' in (options[option] ?? {}))
    for (const args of [known, least]) {
      const answer = await house.does(as, name, Object.fromEntries(args), studyHall)
      expect(answer.outcome, `${name} ${JSON.stringify(answer.screen)}`).not.toBe('failed')
      shown.push({ where: name, said: `${await drawn(answer.screen)}\n${plainText(answer.screen, answer.reader)}` })
    }
    if (fill !== undefined) {
      // Whom they name themselves stands in the form as they typed it.
      const typed = known.filter(([option]) => option !== 'with' && option !== 'user')
      const form = await formFor(house.app, as, { command: name, args: Object.fromEntries(typed) }, studyHall)
      shown.push({ where: `form of ${name}`, said: JSON.stringify(form) })
    }
    for (const option of Object.keys(options)) {
      for (const typed of ['', 'z', 'k', 'w']) {
        const list = await suggest(house.app, as, { command: name, option, typed, place: studyHall })
        shown.push({ where: `list of ${name}`, said: JSON.stringify(list) })
      }
    }
  }
  return shown
}

/** What each event says now: to every other person, to the channel, to the news. */
function listener(): { look(): Promise<void>; readonly shown: readonly Shown[] } {
  const shown: Shown[] = []
  const look = async (): Promise<void> => {
    const events = await house.app.db.selectFrom('event').select(['id', 'type']).orderBy('id', 'desc').limit(12).execute()
    const people = await house.app.db
      .selectFrom('identity')
      .select(['user_id as id', 'external_id'])
      .where('external_id', 'in', ['103', '104', '105'])
      .execute()
    const workspace = (await house.app.db.selectFrom('workspace').select('id').where('external_id', '=', '900').executeTakeFirst())?.id
    for (const { id, type } of events) {
      const screens = await house.app.read(async (ctx) => [
        ...(await Promise.all(people.map((person) => noticeOf(ctx, id, person.id as PersonId)))),
        await phaseLine(ctx, id, 'discord'),
        workspace === undefined ? null : ((await newsOf(ctx, workspace as WorkspaceId, id))?.screen ?? null),
      ])
      for (const screen of screens) if (screen !== null) shown.push({ where: type, said: await drawn(screen) })
    }
  }
  return { look, shown }
}

const found = (shown: readonly Shown[], trace: RegExp): readonly string[] => [
  ...new Set(shown.filter(({ said }) => trace.test(said)).map(({ where }) => where)),
]

/** The whole story of one person, and all that Chae, a member, Mo, a moderator, and Root, an admin, are shown of it. */
async function allOf(who: typeof unseen): Promise<readonly Shown[]> {
  house = await openHouse()
  const { look, shown } = listener()
  const left = await liveThrough(house, who, look)
  const all: Shown[] = [...shown]
  for (const as of [chae, mo, root]) all.push(...(await everyCommand(as, `<@${who.sighting.externalId}>`, left)))
  return all
}

describe('in every answer, form, list, notice, line and piece of news', { timeout: 300_000 }, () => {
  it('somebody who is seen by nobody else is not named, nor is who never used the product', async () => {
    const shown = await allOf(unseen)
    expect(found(shown, traces.unseen)).toEqual([])
    expect(found(shown, traces.bystander)).toEqual([])
  })

  it('somebody whom everyone may see is found by the same search', async () => {
    const shown = await allOf(seen)
    expect(found(shown, traces.bystander)).toEqual([])
    expect(found(shown, traces.seen)).toEqual(
      expect.arrayContaining([
        'room.invited',
        'reservation.invited',
        'timer.moved',
        'timer.voted',
        'session.corrected',
        'session.restored',
        'day.shown',
        'help.asked',
        'stats',
        'achievements',
        'room info',
        'room list',
        'room join',
        'room more',
        'timer status',
        'timer pause',
        'list of room invite',
        'reserve list',
        'focus review',
        'focus why',
      ]),
    )
  })
})
