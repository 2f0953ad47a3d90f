import { createHash } from 'node:crypto'
import { type APIDMChannel, type APIMessage, type RawFile, type REST, Routes } from 'discord.js'
import { filesOf } from './pictures.ts'
import type { Payload } from './render.ts'

/** The messages of a bot, over REST: they need no cached channel. All throw what discord.js throws. */
export type Messages = {
  /** Posts once: `cause` names the reason, so that the same post asked for again within some minutes is not a second one. */
  post(channel: string, payload: Payload, cause: string): Promise<string>
  edit(channel: string, message: string, payload: Payload): Promise<void>
  remove(channel: string, message: string): Promise<void>
  /** How many messages of others stand below `message`, counted up to 100; 0 where the history may not be read. */
  countBelow(channel: string, message: string): Promise<number>
  /** The channel of the person's direct messages. */
  directChannel(user: string): Promise<string>
}

/** Discord holds a nonce of 25 characters. */
const nonceOf = (cause: string): string => createHash('sha256').update(cause).digest('base64url').slice(0, 25)

/** The payload with its pictures as files beside it. */
async function sendable({ pictures = [], ...body }: Payload): Promise<{ readonly body: object; readonly files: RawFile[] }> {
  const files = await filesOf(pictures)
  const attachments = files.map(({ name, alt }, id) => ({ id: `${id}`, filename: name, description: alt }))
  return {
    body: files.length === 0 ? body : { ...body, attachments },
    files: files.map(({ name, data }) => ({ name, data, contentType: 'image/png' })),
  }
}

/** Opening the same direct channel again costs a request; a bounded list of known ones saves most of them. */
const mostDirectChannels = 1000

export function messagesOver(rest: REST, self: () => string): Messages {
  const directChannels = new Map<string, string>()
  return {
    async post(channel, payload, cause) {
      const { body, files } = await sendable(payload)
      const once = { ...body, nonce: nonceOf(cause), enforce_nonce: true }
      const posted = (await rest.post(Routes.channelMessages(channel), { body: once, files })) as APIMessage
      return posted.id
    },
    async edit(channel, message, payload) {
      await rest.patch(Routes.channelMessage(channel, message), await sendable(payload))
    },
    async remove(channel, message) {
      await rest.delete(Routes.channelMessage(channel, message))
    },
    async countBelow(channel, message) {
      const query = new URLSearchParams({ after: message, limit: '100' })
      const below = (await rest.get(Routes.channelMessages(channel), { query })) as APIMessage[]
      return below.filter(({ author }) => author.id !== self()).length
    },
    async directChannel(user) {
      const known = directChannels.get(user)
      if (known !== undefined) return known
      const { id } = (await rest.post(Routes.userChannels(), { body: { recipient_id: user } })) as APIDMChannel
      for (const oldest of directChannels.keys()) {
        if (directChannels.size < mostDirectChannels) break
        directChannels.delete(oldest)
      }
      directChannels.set(user, id)
      return id
    },
  }
}
