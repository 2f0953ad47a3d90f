import { checkMessageBlocks } from '../blocks/check.ts'
import { isJson, type Json } from '../json.ts'
import { mentionsIn } from '../mrkdwn.ts'
import type { Message } from '../world.ts'
import { fileFaults, shareFiles } from './files.ts'
import { ApiError, type BotCall, flagArg, stringArg, structureArg } from './method.ts'

export type Content = Pick<Message, 'text' | 'blocks' | 'mentions' | 'metadata' | 'unfurlsLinks'>

/** Slack cuts longer texts; here they are refused, since nobody means to send them. */
const LONGEST_TEXT = 40_000

/** Reads and checks what a message says in a channel; null: to one person, who can't be shown a file there (slackapi/node-slack-sdk#1790). A text is asked even beside blocks: it is what notifications and screen readers show. */
export function composeMessage(at: Pick<BotCall, 'sim' | 'team'>, args: Json, channel: string | null): Content {
  const text = stringArg(args, 'text') ?? ''
  if (text.trim() === '') throw new ApiError('no_text')
  if (text.length > LONGEST_TEXT) throw new ApiError('msg_too_long')
  const metadata = structureArg(args, 'metadata')
  if (metadata !== undefined && (!isJson(metadata) || typeof metadata.event_type !== 'string' || !isJson(metadata.event_payload)))
    throw new ApiError('invalid_metadata_format')
  const blocks = composeBlocks(at, args, channel)
  return {
    text,
    blocks,
    mentions: mentionsIn(text, blocks),
    metadata: isJson(metadata) ? metadata : null,
    unfurlsLinks: flagArg(args, 'unfurl_links'),
  }
}

function composeBlocks(at: Pick<BotCall, 'sim' | 'team'>, args: Json, channel: string | null): readonly Json[] {
  const given = structureArg(args, 'blocks')
  if (given === undefined || given === null) return []
  if (!Array.isArray(given)) throw new ApiError('invalid_blocks_format')
  const checked = checkMessageBlocks(given)
  if (!checked.ok) throw new ApiError('invalid_blocks', { errors: checked.messages, response_metadata: { messages: checked.messages } })
  const faults = channel === null ? filesIn(checked.value) : fileFaults(at, checked.value)
  if (faults.length > 0) throw new ApiError('invalid_blocks', { errors: faults, response_metadata: { messages: faults } })
  if (channel !== null) shareFiles(at, checked.value, channel)
  return checked.value
}

const filesIn = (blocks: readonly Json[]): readonly string[] =>
  blocks.flatMap((block, place) =>
    block.slack_file === undefined ? [] : [`[ERROR] nobody would see this file [json-pointer:/blocks/${place}/slack_file]`],
  )
