import { randomUUID } from 'node:crypto'
import type { types } from '@slack/bolt'
import type { Form } from '../../src/commands/command.ts'
import type { Answer } from '../../src/commands/perform.ts'
import { packPress } from '../../src/commands/press.ts'
import type { RoomId } from '../../src/kernel/ids.ts'
import { type Reader, say } from '../../src/locales/write.ts'
import { done } from '../../src/screens/answers.ts'
import { saidAlone } from '../../src/screens/room.ts'
import type { Subject } from '../../src/screens/screen.ts'
import { type Asides, patienceMilliseconds } from './asides.ts'
import { plain } from './controls.ts'
import type { Home } from './home.ts'
import type { Modals } from './modals.ts'
import type { Panels } from './panels.ts'
import { isFailed, type Posts } from './posts.ts'
import type { Trouble } from './refusals.ts'
import type { Drawn, Renderer } from './render.ts'
import { sentences } from './sentences.ts'
import { isPrivate, type Spot } from './spot.ts'

export type Outcome = Answer | { readonly form: Form; readonly reader: Reader }

export const directId = /^direct:/

type Parts = {
  readonly renderer: Renderer
  readonly posts: Posts
  readonly panels: Panels
  readonly home: Home
  readonly asides: Asides
  readonly modals: Modals
}

/** Shows people what came of what they did, in the place where they did it. */
export function createAnswers({ renderer, posts, panels, home, asides, modals }: Parts) {
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
    if (shows) await panels.hang(spot.installed, shows, posted)
    if (screen.aside) await asides.whisper(spot, done(screen.aside), reader)
  }

  /** A panel speaks to the whole channel, not to whoever asked for it or pressed in it. */
  async function forEveryone(channel: string, { screen, reader }: Answer): Promise<{ readonly drawn: Drawn; readonly shows?: Subject }> {
    const { shows } = screen
    if (shows === undefined) return { drawn: renderer.message(screen, reader) }
    return (await panels.drawn(shows.room, channel)) ?? { drawn: renderer.message(screen, reader), shows }
  }

  async function explain(spot: Spot, { reader, screen }: Answer, trouble: Trouble): Promise<void> {
    const code = 'code' in trouble ? trouble.code : trouble.kind
    const waysIn = (again: boolean) => (screen.shows ? [waysTo(screen.shows.room, again, reader)] : [])
    if (trouble.kind === 'uninstalled') return
    if (trouble.kind === 'absent') return asides.whisper(spot, sentences.absent(spot.channel?.name ?? ''), reader, waysIn(true))
    if (code === 'is_archived') return asides.whisper(spot, sentences.archived(), reader, waysIn(false))
    await asides.whisper(spot, sentences.failed(code), reader)
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
  async function openDirect(spot: Spot, { screen, reader }: Answer): Promise<void> {
    const posted = await asides.sendDirect(spot, renderer.message(screen, reader))
    if (posted === null) return asides.whisper(spot, screen, reader)
    if (screen.shows) await panels.hang(spot.installed, screen.shows, posted)
    if (spot.direct !== posted.channel) await asides.whisper(spot, sentences.direct(), reader)
  }

  return { show, openDirect }
}

export type Answers = ReturnType<typeof createAnswers>

/** [Try again] and [Open it in my DM]: the room is open already, so both only show it. */
function waysTo(room: RoomId, again: boolean, reader: Reader): types.ActionsBlock {
  const value = packPress({ command: 'room info', args: { room } })
  const label = (key: 'slack.absent.again' | 'slack.absent.direct') => plain(say(key, reader.locale), 75)
  const tryAgain: types.Button = { type: 'button', action_id: 'press:again', text: label('slack.absent.again'), value, style: 'primary' }
  const direct: types.Button = { type: 'button', action_id: 'direct:0', text: label('slack.absent.direct'), value }
  return { type: 'actions', elements: again ? [tryAgain, direct] : [direct] }
}
