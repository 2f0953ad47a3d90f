import { checkMessageBlocks } from '../blocks/check.ts'
import { isJson, type Json } from '../json.ts'
import { mentionsIn } from '../mrkdwn.ts'
import type { Message } from '../world.ts'
import { ApiError, flagArg, stringArg, structureArg } from './method.ts'

export type Content = Pick<Message, 'text' | 'blocks' | 'mentions' | 'metadata' | 'unfurlsLinks'>

/** Slack cuts longer texts; here they are refused, since nobody means to send them. */
const LONGEST_TEXT = 40_000

/** Reads and checks what a message says. A text is asked even beside blocks: it is what notifications and screen readers show. */
export function composeMessage(args: Json): Content {
  const text = stringArg(args, 'text') ?? ''
  if (text.trim() === '') throw new ApiError('no_text')
  if (text.length > LONGEST_TEXT) throw new ApiError('msg_too_long')
  const metadata = structureArg(args, 'metadata')
  if (metadata !== undefined && (!isJson(metadata) || typeof metadata.event_type !== 'string' || !isJson(metadata.event_payload)))
    throw new ApiError('invalid_metadata_format')
  const blocks = composeBlocks(args)
  return {
    text,
    blocks,
    mentions: mentionsIn(text, blocks),
    metadata: isJson(metadata) ? metadata : null,
    unfurlsLinks: flagArg(args, 'unfurl_links'),
  }
}

function composeBlocks(args: Json): readonly Json[] {
  const given = structureArg(args, 'blocks')
  if (given === undefined || given === null) return []
  if (!Array.isArray(given)) throw new ApiError('invalid_blocks_format')
  const checked = checkMessageBlocks(given)
  if (!checked.ok) throw new ApiError('invalid_blocks', { errors: checked.messages, response_metadata: { messages: checked.messages } })
  return checked.value
}
