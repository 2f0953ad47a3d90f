import { randomUUID } from 'node:crypto'
import type { types } from '@slack/bolt'
import type { Form } from '../../src/commands/command.ts'
import type { Answer } from '../../src/commands/perform.ts'
import { packPress } from '../../src/commands/press.ts'
import { hangCard } from '../../src/domain/reservations/card.actions.ts'
import type { App } from '../../src/kernel/context.ts'
import type { Press } from '../../src/kernel/press.ts'
import { type Reader, say } from '../../src/locales/write.ts'
import { digestOf } from '../../src/screens/cards.ts'
import { saidAlone } from '../../src/screens/room.ts'
import type { Screen, Subject } from '../../src/screens/screen.ts'
import { type Asides, patienceMilliseconds } from './asides.ts'
import { plain } from './controls.ts'
import type { Home } from './home.ts'
import type { Modals } from './modals.ts'
import type { Panels } from './panels.ts'
import { isFailed, type Posted, type Posts } from './posts.ts'
import type { Trouble } from './refusals.ts'
import type { Drawn, Renderer } from './render.ts'
import { sentences } from './sentences.ts'
import { isPrivate, type Spot } from './spot.ts'

export type Outcome = Answer | { readonly form: Form; readonly reader: Reader }

export const directId = /^direct:/

type Parts = {
  readonly app: App
  readonly renderer: Renderer
  readonly posts: Posts
  readonly panels: Panels
  readonly home: Home
  readonly asides: Asides
  readonly modals: Modals
}

/** Shows people what came of what they did, in the place where they did it. */
export function createAnswers({ app, renderer, posts, panels, home, asides, modals }: Parts) {
  async function show(spot: Spot, outcome: Outcome): Promise<void> {
    if ('form' in outcome) return modals.ask(spot, outcome.form, outcome.reader)
    const { screen, reader } = outcome
    const { on } = spot
    switch (on.kind) {
      case 'command':
      case 'form':
        return outcome.audience === 'channel' ? publish(spot, outcome) : asides.whisper(spot, screen, reader)
      case 'message':
        if (outcome.audience !== 'channel') return beside(spot, on.ts, outcome)
        return on.isPrivate ? publish(spot, outcome) : redraw(spot, on.ts, outcome)
      case 'home': {
        const isPanel = screen.shows !== undefined && outcome.outcome === 'done'
        if (!isPanel) await modals.open(spot, screen, reader)
        return void (await home.draw(spot.installed, spot.account))
      }
      case 'modal':
        return modals.redraw(spot, on.view, renderer.modal(screen, reader))
      case 'shortcut':
        return modals.open(spot, screen, reader)
    }
    return on satisfies never
  }

  /** A private answer to a press. Beside the live panel it needs no second panel: only what is said to the person remains. */
  async function beside(spot: Spot, ts: string, { screen, reader }: Answer): Promise<void> {
    const { shows } = screen
    const channel = spot.channel?.id ?? spot.direct ?? ''
    const isLive = shows && !isPrivate(spot) && (await panels.isLive(shows.room, { channel, ts }))
    if (!isLive) return asides.whisper(spot, screen, reader)
    if (shows.said) await asides.whisper(spot, saidAlone(screen), reader)
  }

  /** News for the channel. Where the app may not write, the person alone is told what to do. */
  async function publish(spot: Spot, answer: Answer): Promise<void> {
    const { screen, reader } = answer
    const channel = spot.channel?.id ?? spot.direct
    if (channel === null) return openDirect(spot, answer)
    const isAtHome = !screen.shows || !spot.channel || (await panels.livesIn(screen.shows.room, channel))
    if (!isAtHome) return asides.whisper(spot, screen, reader)
    const { drawn, shows } = await forEveryone(channel, answer)
    const posted = await posts.post(spot.installed, { channel, key: randomUUID(), drawn, patienceMilliseconds })
    if (isFailed(posted)) return spot.direct === null ? explain(spot, answer, posted.trouble) : asides.whisper(spot, screen, reader)
    await asides.clear(spot)
    await hang(spot, answer, shows, posted)
    if (screen.aside) await asides.whisper(spot, screen.aside, reader)
  }

  /** A panel speaks to the whole channel, not to whoever asked for it or pressed in it. */
  async function forEveryone(channel: string, { screen, reader }: Answer): Promise<{ readonly drawn: Drawn; readonly shows?: Subject }> {
    const { shows } = screen
    if (shows === undefined) return { drawn: renderer.message(screen, reader) }
    return (await panels.drawn(shows.room, channel)) ?? { drawn: renderer.message(screen, reader), shows }
  }

  /** What was just posted keeps showing its room or its reservation. */
  async function hang(spot: Spot, { screen, reader }: Answer, shows: Subject | undefined, { channel, ts: message }: Posted): Promise<void> {
    if (shows) await panels.hang(spot.installed, shows, { channel, ts: message })
    if (screen.card === undefined) return
    const hung = { occurrence: screen.card, channel, message, drawn: digestOf(screen, reader.locale) }
    await app.write('clock', null, (tx) => hangCard(tx, 'slack', hung))
  }

  /** What was asked for is done; only the channel has not heard of it. */
  async function explain(spot: Spot, { reader, screen }: Answer, trouble: Trouble): Promise<void> {
    const code = 'code' in trouble ? trouble.code : trouble.kind
    const show = showsAgain(screen)
    // What is for the person alone stands below: a second answer would take the place of the first.
    const aside = screen.aside === undefined ? [] : renderer.message(screen.aside, reader).blocks
    const waysIn = (again: boolean) => (show === null ? aside : [waysTo(show, again, reader), ...aside])
    if (trouble.kind === 'uninstalled') return
    if (trouble.kind === 'absent') {
      const absent = screen.card === undefined ? sentences.absent : sentences.absentButReserved
      return asides.whisper(spot, absent(spot.channel?.name ?? ''), reader, waysIn(true))
    }
    if (code === 'is_archived') return asides.whisper(spot, sentences.archived(), reader, waysIn(false))
    await asides.whisper(spot, sentences.failed(code), reader, aside)
  }

  /** The message pressed in shows the new state; a live panel is redrawn by its own delivery. */
  async function redraw(spot: Spot, ts: string, answer: Answer): Promise<void> {
    const { shows } = answer.screen
    const channel = spot.channel?.id ?? spot.direct
    if (channel === null) return
    const at = { channel, ts }
    if (shows && (await panels.isLive(shows.room, at))) return
    const everyone = await forEveryone(channel, answer)
    const updated = await posts.update(spot.installed, at, everyone.drawn)
    if (isFailed(updated)) return explain(spot, answer, updated.trouble)
    if (everyone.shows) await panels.hang(spot.installed, everyone.shows, at)
  }

  /** The answer as a message of its own in the person's conversation with the app. */
  async function openDirect(spot: Spot, answer: Answer): Promise<void> {
    const { screen, reader } = answer
    const posted = await asides.sendDirect(spot, renderer.message(screen, reader))
    if (posted === null) return asides.whisper(spot, screen, reader)
    await hang(spot, answer, screen.shows, posted)
    if (spot.direct !== posted.channel) await asides.whisper(spot, sentences.direct(), reader)
  }

  return { show, openDirect }
}

export type Answers = ReturnType<typeof createAnswers>

/** How the room or the reservation of a screen is shown once more; it is there already, so nothing happens twice. */
function showsAgain({ shows, card }: Screen): Press | null {
  if (shows) return { command: 'room info', args: { room: shows.room } }
  return card === undefined ? null : { command: 'reserve show', args: { reservation: card } }
}

/** [Try again] and [Open it in my DM]. */
function waysTo(show: Press, again: boolean, reader: Reader): types.ActionsBlock {
  const value = packPress(show)
  const label = (key: 'slack.absent.again' | 'slack.absent.direct') => plain(say(key, reader.locale), 75)
  const tryAgain: types.Button = { type: 'button', action_id: 'press:again', text: label('slack.absent.again'), value, style: 'primary' }
  const direct: types.Button = { type: 'button', action_id: 'direct:0', text: label('slack.absent.direct'), value }
  return { type: 'actions', elements: again ? [tryAgain, direct] : [direct] }
}
