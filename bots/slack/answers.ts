import { randomUUID } from 'node:crypto'
import type { types } from '@slack/bolt'
import type { Logger } from 'pino'
import type { Form } from '../../src/commands/command.ts'
import type { Answer } from '../../src/commands/perform.ts'
import { packPress } from '../../src/commands/press.ts'
import type { RoomId } from '../../src/kernel/ids.ts'
import type { Press } from '../../src/kernel/press.ts'
import { type Reader, say } from '../../src/locales/write.ts'
import type { Screen } from '../../src/screens/screen.ts'
import { plain } from './controls.ts'
import { formView } from './forms.ts'
import type { Home } from './home.ts'
import type { Panels } from './panels.ts'
import { isFailed, type Posted, type Posts } from './posts.ts'
import { codeOf } from './refusals.ts'
import type { Drawn, Renderer } from './render.ts'
import { sentences } from './sentences.ts'
import type { Spot } from './spot.ts'

export type Outcome = Answer | { readonly form: Form; readonly reader: Reader }

/** How long a public answer waits for Slack's rate of one message a second and channel. */
const patienceMilliseconds = 8_000

export const directId = /^direct:/

type Parts = { readonly renderer: Renderer; readonly posts: Posts; readonly panels: Panels; readonly home: Home; readonly log: Logger }

/** Shows people what came of what they did, in the place where they did it. */
export function createAnswers({ renderer, posts, panels, home, log }: Parts) {
  async function show(spot: Spot, outcome: Outcome): Promise<void> {
    if ('form' in outcome) return openForm(spot, outcome.form, outcome.reader)
    const { screen, reader } = outcome
    const { on } = spot
    switch (on.kind) {
      case 'command':
      case 'form':
        return outcome.audience === 'channel' ? publish(spot, outcome) : whisper(spot, screen, reader, false)
      case 'message':
        if (outcome.audience !== 'channel') return beside(spot, on.ts, on.isPrivate, outcome)
        return on.isPrivate ? publish(spot, outcome) : redraw(spot, on.ts, outcome)
      case 'home': {
        const isPanel = screen.shows !== undefined && outcome.outcome === 'done'
        if (!isPanel) await openModal(spot, renderer.modal(screen, reader))
        return void (await home.draw(spot.installed, spot.account))
      }
      case 'modal':
        return void (await posts.tried(spot.installed, () =>
          spot.installed.client.views.update({ view_id: on.view, view: renderer.modal(screen, reader) }),
        ))
      case 'shortcut':
        return openModal(spot, renderer.modal(screen, reader))
    }
    return on satisfies never
  }

  /** A private answer to a press. Beside the live panel it needs no second panel: only what is said to the person remains. */
  async function beside(spot: Spot, ts: string, isPrivate: boolean, { screen, reader }: Answer): Promise<void> {
    const { shows } = screen
    const channel = spot.channel?.id ?? spot.direct ?? ''
    if (!shows || isPrivate || !(await panels.isLive(shows.room, { channel, ts }))) return whisper(spot, screen, reader, isPrivate)
    if (shows.said) await whisper(spot, { ...screen, blocks: screen.blocks.slice(0, 1) }, reader, false)
  }

  /** Says it to the person alone. `replacing` the private message they pressed in. */
  async function whisper(
    spot: Spot,
    screen: Screen,
    reader: Reader,
    replacing: boolean,
    more: readonly types.KnownBlock[] = [],
  ): Promise<void> {
    const { text, blocks } = renderer.message(screen, reader)
    const message = { text, blocks: [...blocks, ...more] }
    if (spot.respond) {
      try {
        await spot.respond({ response_type: 'ephemeral', replace_original: replacing, unfurl_links: false, ...message })
        return
      } catch (error) {
        log.warn({ why: codeOf(error) }, 'A response address of Slack took no answer')
      }
    }
    if (spot.channel && !isFailed(await ephemeral(spot, spot.channel.id, message))) return
    await sendDirect(spot, message)
  }

  const ephemeral = (spot: Spot, channel: string, message: Drawn) =>
    posts.tried(spot.installed, () => spot.installed.client.chat.postEphemeral({ channel, user: spot.account.user, ...message }))

  async function sendDirect(spot: Spot, drawn: Drawn): Promise<Posted | null> {
    const opened = await posts.direct(spot.installed, spot.account.user)
    if (isFailed(opened)) return null
    const posted = await posts.post(spot.installed, { channel: opened.channel, key: randomUUID(), drawn, patienceMilliseconds })
    return isFailed(posted) ? null : posted
  }

  /** News for the channel. Where the app may not write, the person alone is told what to do. */
  async function publish(spot: Spot, answer: Answer): Promise<void> {
    const channel = spot.channel?.id ?? spot.direct
    if (channel === null) return openDirect(spot, answer)
    const { shows } = answer.screen
    if (shows && spot.channel && !(await panels.livesIn(shows.room, channel)))
      return whisper(spot, answer.screen, answer.reader, isPrivate(spot))
    const drawn = renderer.message(answer.screen, answer.reader)
    const posted = await posts.post(spot.installed, { channel, key: randomUUID(), drawn, patienceMilliseconds })
    if (isFailed(posted))
      return spot.direct === null ? explain(spot, answer, posted.trouble) : whisper(spot, answer.screen, answer.reader, false)
    if (isPrivate(spot)) await spot.respond?.({ delete_original: true }).catch(ignoreSpent)
    if (answer.screen.shows) await panels.hang(spot.installed, answer.screen.shows, posted)
  }

  const ignoreSpent = (error: unknown) => log.info({ why: codeOf(error) }, 'A private message stays, since its address is spent')

  async function explain(spot: Spot, answer: Answer, trouble: { readonly kind: string; readonly code?: string }): Promise<void> {
    const { reader, screen } = answer
    const replacing = isPrivate(spot)
    if (trouble.kind === 'absent') {
      return whisper(
        spot,
        sentences.absent(spot.channel?.name ?? ''),
        reader,
        replacing,
        screen.shows ? [waysIn(screen.shows.room, true, reader)] : [],
      )
    }
    if (trouble.code === 'is_archived') {
      return whisper(spot, sentences.archived(), reader, replacing, screen.shows ? [waysIn(screen.shows.room, false, reader)] : [])
    }
    if (trouble.kind !== 'uninstalled') await whisper(spot, sentences.failed(trouble.code ?? trouble.kind), reader, replacing)
  }

  /** The message pressed in shows the new state; a live panel is redrawn by its own delivery. */
  async function redraw(spot: Spot, ts: string, answer: Answer): Promise<void> {
    const channel = spot.channel?.id ?? spot.direct
    if (channel === null) return
    const at = { channel, ts }
    if (answer.screen.shows && (await panels.isLive(answer.screen.shows.room, at))) return
    const updated = await posts.update(spot.installed, at, renderer.message(answer.screen, answer.reader))
    if (isFailed(updated)) return explain(spot, answer, updated.trouble)
    if (answer.screen.shows) await panels.hang(spot.installed, answer.screen.shows, at)
  }

  /** The answer as a message of its own in the person's conversation with the app. */
  async function openDirect(spot: Spot, answer: Answer): Promise<void> {
    const posted = await sendDirect(spot, renderer.message(answer.screen, answer.reader))
    if (posted === null) return whisper(spot, answer.screen, answer.reader, false)
    if (answer.screen.shows) await panels.hang(spot.installed, answer.screen.shows, posted)
    if (spot.direct !== posted.channel) await whisper(spot, sentences.direct(), answer.reader, true)
  }

  async function openForm(spot: Spot, form: Form, reader: Reader): Promise<void> {
    const view = formView(renderer, form, reader, spot.channel?.id ?? null)
    const { client } = spot.installed
    const opened = await posts.tried(spot.installed, () =>
      spot.on.kind === 'modal'
        ? client.views.push({ trigger_id: spot.trigger ?? '', view })
        : client.views.open({ trigger_id: spot.trigger ?? '', view }),
    )
    if (!isFailed(opened)) return
    log.info({ trouble: opened.trouble.kind }, 'A form did not open')
    const again: Press = { command: form.command, args: form.carried, ask: true }
    await whisper(spot, sentences.late(again), reader, false)
  }

  async function openModal(spot: Spot, view: types.ModalView): Promise<void> {
    const opened = await posts.tried(spot.installed, () => spot.installed.client.views.open({ trigger_id: spot.trigger ?? '', view }))
    if (isFailed(opened)) log.info({ trouble: opened.trouble.kind }, 'An answer did not open')
  }

  return { show, whisper, openDirect }
}

export type Answers = ReturnType<typeof createAnswers>

/** Whether they pressed in a message that only they see, which the answer may replace. */
const isPrivate = ({ on }: Spot): boolean => on.kind === 'message' && on.isPrivate

/** [Try again] and [Open it in my DM]: the room is open already, so both only show it. */
function waysIn(room: RoomId, again: boolean, reader: Reader): types.ActionsBlock {
  const value = packPress({ command: 'room info', args: { room } })
  const label = (key: 'slack.absent.again' | 'slack.absent.direct') => plain(say(key, reader.locale), 75)
  const tryAgain: types.Button = { type: 'button', action_id: 'press:again', text: label('slack.absent.again'), value, style: 'primary' }
  const direct: types.Button = { type: 'button', action_id: 'direct:0', text: label('slack.absent.direct'), value }
  return { type: 'actions', elements: again ? [tryAgain, direct] : [direct] }
}
