import type { Delivery, Outcome, Surface } from '../../src/deliveries/delivery.ts'
import { meet } from '../../src/domain/people/person.actions.ts'
import { readerOf, tongueOf, tongueOfPerson } from '../../src/domain/people/reader.queries.ts'
import { lineSaid } from '../../src/domain/rooms/panel.actions.ts'
import { panelPlace, panelTongue } from '../../src/domain/rooms/panel.queries.ts'
import { roomView } from '../../src/domain/rooms/room.queries.ts'
import type { App, Ctx } from '../../src/kernel/context.ts'
import type { PersonId } from '../../src/kernel/ids.ts'
import { phaseLine } from '../../src/screens/lines.ts'
import { newsOf } from '../../src/screens/news.ts'
import { noticeOf } from '../../src/screens/notices.ts'
import { peopleIn } from '../../src/screens/people.ts'
import type { Screen } from '../../src/screens/screen.ts'
import { refreshCard } from './cards.ts'
import type { Home } from './home.ts'
import type { Installations, Installed } from './installed.ts'
import { outcomeOf } from './outcome.ts'
import type { Panels } from './panels.ts'
import { type Account, accountFrom, type People } from './people.ts'
import { isFailed, type Posts } from './posts.ts'
import type { Renderer } from './render.ts'
import type { Statuses } from './statuses.ts'

type Parts = {
  readonly app: App
  readonly installations: Installations
  readonly posts: Posts
  readonly panels: Panels
  readonly people: People
  readonly home: Home
  readonly renderer: Renderer
  readonly statuses: Statuses
}
type Of<Kind extends Delivery['kind']> = Extract<Delivery, { readonly kind: Kind }>

const takenOut = { gone: 'the app was taken out' } as const

/** Sends what must reach Slack. */
export function createSurface({ app, installations, people, posts, panels, home, renderer, statuses }: Parts): Surface {
  /**
   * A line goes into the thread of the panel, where it disturbs nobody who does not follow it; a question for a vote goes when it is
   * over. A room that became private says none, also while its panel still hangs.
   */
  async function say({ binding, event, opens }: Of<'line'>, again: boolean): Promise<Outcome> {
    if (opens) {
      const place = await app.read((ctx) => panelPlace(ctx, binding))
      const hung = place && place.panel_message === null ? await panels.refresh(binding, false) : 'sent'
      if (hung !== 'sent') return hung
    }
    const found = await app.read(async (ctx) => {
      const place = await panelPlace(ctx, binding)
      const view = place && (await roomView(ctx, place.room_id))
      if (!place || !view) return null
      const screen = view.room.is_private ? null : await phaseLine(ctx, event, 'slack')
      if (!screen || !isWanted(screen, view.room.thread_lines)) return { place, line: null }
      const reader = await readerOf(ctx, await panelTongue(ctx, place, view.room.host_id), peopleIn(screen))
      return { place, line: { drawn: renderer.message(screen, reader), isQuestion: asks(screen) } }
    })
    if (found === null) return 'sent'
    const { place, line } = found
    const { panel_channel: channel, panel_message: thread, external } = place
    if (channel === null || thread === null) return 'sent'
    const installed = await installations.of(external)
    if (!installed) return takenOut
    const posted = line && (await posts.post(installed, { channel, thread, drawn: line.drawn, key: `line ${binding} ${event}`, again }))
    if (posted && isFailed(posted)) return outcomeOf(posted)
    const question = posted && line?.isQuestion ? posted.ts : null
    const last = await app.write('clock', null, (tx) => lineSaid(tx, binding, question))
    if (last !== null) await posts.remove(installed, { channel, ts: last })
    return 'sent'
  }

  /** Whoever is told may never have used the app: their name and language are asked for first. */
  async function tell({ person, event }: Of<'notice'>, again: boolean): Promise<Outcome> {
    const reached = await firstInstalled(await app.read((ctx) => accountsOf(ctx, person)))
    if (!reached) return takenOut
    const { installed, account } = reached
    const { sighting } = await people.caller(installed, account)
    await app.write('clock', null, (tx) => meet(tx, sighting))
    const drawn = await app.read(async (ctx) => {
      const screen = await noticeOf(ctx, event, person)
      return screen && renderer.message(screen, await readerOf(ctx, await tongueOfPerson(ctx, person, 'slack'), peopleIn(screen)))
    })
    if (drawn === null) return 'sent'
    const opened = await posts.direct(installed, account.user)
    if (isFailed(opened)) return outcomeOf(opened)
    const posted = await posts.post(installed, { channel: opened.channel, drawn, key: `notice ${person} ${event}`, again })
    return isFailed(posted) ? outcomeOf(posted) : 'sent'
  }

  async function sayNews({ workspace, event }: Of<'news'>, again: boolean): Promise<Outcome> {
    const installed = await installations.at(workspace)
    if (!installed) return takenOut
    const news = await app.read(async (ctx) => {
      const found = await newsOf(ctx, workspace, event)
      if (found === null) return null
      const reader = await readerOf(ctx, await tongueOf(ctx, workspace), peopleIn(found.screen))
      return { channel: found.channel, drawn: renderer.message(found.screen, reader) }
    })
    if (news === null) return 'sent'
    const posted = await posts.post(installed, { channel: news.channel, drawn: news.drawn, key: `news ${workspace} ${event}`, again })
    return isFailed(posted) ? outcomeOf(posted) : 'sent'
  }

  async function firstInstalled(
    accounts: readonly Account[],
  ): Promise<{ readonly installed: Installed; readonly account: Account } | null> {
    for (const account of accounts) {
      const installed = await installations.of(account.team)
      if (installed) return { installed, account }
    }
    return null
  }

  async function takeDown({ workspace, channel, message }: Of<'takedown'>): Promise<Outcome> {
    const installed = await installations.at(workspace)
    if (!installed) return takenOut
    const removed = await posts.remove(installed, { channel, ts: message })
    return isFailed(removed) ? outcomeOf(removed) : 'sent'
  }

  async function drawHome({ person }: Of<'home'>): Promise<Outcome> {
    const failed = (await home.drawAll(person)).find((drawn) => drawn !== 'drawn')
    return failed ? outcomeOf(failed) : 'sent'
  }

  return {
    platform: 'slack',
    deliver: async (delivery, again) => {
      switch (delivery.kind) {
        case 'panel':
          return panels.refresh(delivery.binding, delivery.moved === true)
        case 'card':
          return refreshCard({ app, installations, posts, renderer }, delivery.card)
        case 'line':
          return say(delivery, again)
        case 'notice':
          return tell(delivery, again)
        case 'news':
          return sayNews(delivery, again)
        case 'home':
          return drawHome(delivery)
        case 'status':
          return statuses.show(delivery.person)
        case 'takedown':
          return takeDown(delivery)
        case 'scheduled-event':
        case 'voice-status':
        case 'chime':
        case 'mute':
          return { gone: 'Slack has no voice channels' }
      }
      return delivery satisfies never
    },
  }
}

/** A room that wants no lines still passes on what people asked for: to be called, or to be voted on. */
const isWanted = (screen: Screen, threadLines: boolean): boolean =>
  threadLines ||
  asks(screen) ||
  screen.blocks.some(
    (block) => block.kind === 'lines' && block.lines.some((line) => typeof line === 'object' && 'person' in line && line.call === true),
  )

/** A line with a button asks for something: a vote. */
const asks = (screen: Screen): boolean => screen.blocks.some(({ kind }) => kind === 'buttons')

/** The person's accounts in Slack workspaces, the oldest first. */
async function accountsOf(ctx: Ctx, person: PersonId): Promise<readonly Account[]> {
  const rows = await ctx.db
    .selectFrom('identity')
    .select(['external_id', 'display_name'])
    .where('user_id', '=', person)
    .where('platform', '=', 'slack')
    .orderBy('created_at')
    .execute()
  return rows.map((row) => accountFrom(row.external_id, row.display_name))
}
