/** Files that come with messages, kept to be fetched again by their address. */

import type { Message } from './messages.ts'
import type { MessageBody } from './rules/messages.ts'
import type { Channel, World } from './world.ts'

export type Attachment = {
  readonly id: string
  readonly filename: string
  readonly size: number
  readonly type: string
  readonly url: string
  readonly description: string | null
}
export type Upload = { readonly name: string; readonly type: string; readonly bytes: Uint8Array }

/** Keeps what was uploaded, described as the body says. */
export const store = (world: World, channel: Channel, messageId: string, uploads: readonly Upload[], body: MessageBody): Attachment[] =>
  uploads.map((upload, at) => {
    const id = world.nextId()
    const path = `${channel.id}/${messageId}/${id}/${upload.name}`
    world.files.set(path, { type: upload.type, bytes: upload.bytes })
    const described = body.attachments?.find((attachment) => String(attachment.id) === String(at))
    return {
      id,
      filename: upload.name,
      size: upload.bytes.length,
      type: upload.type,
      url: `${world.origin}/attachments/${channel.id}/${messageId}/${id}/${encodeURIComponent(upload.name)}`,
      description: described?.description ?? null,
    }
  })

export const dropFiles = (world: World, message: Message, attachments: readonly Attachment[]): void => {
  for (const { id, filename } of attachments) world.files.delete(`${message.channelId}/${message.id}/${id}/${filename}`)
}

/** The files that an edit leaves: all of them, or those that its list names. */
export const keptAttachments = (message: Message, body: MessageBody): readonly Attachment[] => {
  if (body.attachments == null) return message.attachments
  const named = new Set(body.attachments.map((attachment) => String(attachment.id)))
  return message.attachments.filter((attachment) => named.has(attachment.id))
}
