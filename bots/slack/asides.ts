import { randomUUID } from 'node:crypto'
import type { types } from '@slack/bolt'
import type { Logger } from 'pino'
import { type Reader, say } from '../../src/locales/write.ts'
import type { Screen } from '../../src/screens/screen.ts'
import type { Pictured } from './pictures.ts'
import { isFailed, type Posted, type Posts } from './posts.ts'
import { codeOf } from './refusals.ts'
import { context, type Drawn, type Renderer } from './render.ts'
import { isPrivate, type Spot } from './spot.ts'

/** How long an answer waits for Slack's rate of one message a second and channel. */
export const patienceMilliseconds = 8_000

type Parts = { readonly renderer: Renderer; readonly posts: Posts; readonly log: Logger }

/** What is said to one person alone. */
export function createAsides({ renderer, posts, log }: Parts) {
  /**
   * The private message they pressed in is replaced; elsewhere a new one appears, in their own messages where nothing else can. A picture
   * can't be shown in a message that only one person sees (https://github.com/slackapi/node-slack-sdk/issues/1790), so it is sent to their
   * conversation with the app, under its title, and the answer says so.
   */
  async function whisper(spot: Spot, screen: Screen, reader: Reader, more: readonly types.KnownBlock[] = []): Promise<void> {
    const { text, blocks, pictures } = renderer.message(screen, reader)
    const alone = { text, blocks: blocks.slice(0, 1), pictures: pictures?.map((picture) => ({ ...picture, at: 1 })) ?? [] }
    const made =
      pictures === undefined ? null : await posts.pictured(spot.installed, spot.channel === null ? { text, blocks, pictures } : alone)
    if (made !== null && spot.channel === null) {
      if ((await sendDirectPicture(spot, made)) !== null) return
    } else if (made !== null) {
      const hint = context(say('slack.picture.direct', reader.locale))
      await whisperWords(spot, { text, blocks: [...blocks, hint, ...more] })
      await sendDirectPicture(spot, made)
      return
    }
    await whisperWords(spot, { text, blocks: [...blocks, ...more] })
  }

  async function whisperWords(spot: Spot, message: Drawn): Promise<void> {
    if (await responded(spot, { response_type: 'ephemeral', replace_original: isPrivate(spot), unfurl_links: false, ...message })) return
    if (spot.channel && !isFailed(await ephemeral(spot, spot.channel.id, message))) return
    await sendDirect(spot, message)
  }

  /** Takes away the private message they pressed in. */
  async function clear(spot: Spot): Promise<void> {
    if (isPrivate(spot)) await responded(spot, { delete_original: true })
  }

  /** Says it at the address that Slack gave with what they did; false where it gave none or it is spent. */
  async function responded(spot: Spot, message: Record<string, unknown>): Promise<boolean> {
    if (!spot.respond) return false
    try {
      await spot.respond(message)
      return true
    } catch (error) {
      log.warn({ why: codeOf(error) }, 'A response address of Slack took no answer')
      return false
    }
  }

  const ephemeral = (spot: Spot, channel: string, message: Drawn) =>
    posts.tried(spot.installed, () => spot.installed.client.chat.postEphemeral({ channel, user: spot.account.user, ...message }))

  async function sendDirect(spot: Spot, drawn: Drawn): Promise<Posted | null> {
    const opened = await posts.direct(spot.installed, spot.account.user)
    if (isFailed(opened)) return null
    const posted = await posts.post(spot.installed, { channel: opened.channel, key: randomUUID(), drawn, patienceMilliseconds })
    return isFailed(posted) ? null : posted
  }

  async function sendDirectPicture(spot: Spot, made: Pictured): Promise<Posted | null> {
    const opened = await posts.direct(spot.installed, spot.account.user)
    if (isFailed(opened)) return null
    const { channel } = opened
    const posted = await posts.postPictured(spot.installed, { channel, key: randomUUID(), drawn: made.drawn, patienceMilliseconds }, made)
    return isFailed(posted) ? null : posted
  }

  return { whisper, clear, sendDirect }
}

export type Asides = ReturnType<typeof createAsides>
