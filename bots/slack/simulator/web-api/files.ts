import { isJson, type Json } from '../json.ts'
import { newId, type SlackFile } from '../world.ts'
import { ApiError, type BotCall, type BotMethod, findChannel, stringArg, structureArg } from './method.ts'

const write = { token: 'bot', scopes: ['files:write'], tier: 4 } as const

function missing(field: string): ApiError {
  return new ApiError('invalid_arguments', { response_metadata: { messages: [`[ERROR] missing required field: ${field}`] } })
}

/** The three steps of https://docs.slack.dev/messaging/working-with-files#upload: a place, the bytes, the end. */
export const files: Readonly<Record<string, BotMethod>> = {
  'files.getUploadURLExternal': {
    ...write,
    run: ({ sim, args, team }) => {
      const name = stringArg(args, 'filename')
      const length = Number(stringArg(args, 'length') ?? 0)
      if (name === null) throw missing('filename')
      if (!Number.isInteger(length) || length <= 0) throw missing('length')
      const file: SlackFile = {
        id: newId('F'),
        team: team.id,
        name,
        alt: stringArg(args, 'alt_txt') ?? '',
        bytes: null,
        readyAt: null,
        channels: new Set(),
      }
      sim.world.files.set(file.id, file)
      return { upload_url: `${sim.baseUrl}/upload/${file.id}`, file_id: file.id }
    },
  },
  'files.completeUploadExternal': {
    ...write,
    run: (call) => {
      const named = structureArg(call.args, 'files')
      if (!Array.isArray(named) || named.length === 0) throw missing('files')
      const channel = stringArg(call.args, 'channel_id')
      const completed = named.map((one) => complete(call, isJson(one) ? stringArg(one, 'id') : null))
      if (channel !== null) for (const file of completed) file.channels.add(findChannel(call, channel).id)
      return { files: completed.map(({ id, name }): Json => ({ id, title: name })) }
    },
  },
}

function complete({ sim, team }: BotCall, id: string | null): SlackFile {
  const file = id === null ? undefined : sim.world.files.get(id)
  if (!file || file.team !== team.id || file.bytes === null) throw new ApiError('file_not_found')
  const done = { ...file, readyAt: Date.now() + sim.fileMilliseconds }
  sim.world.files.set(file.id, done)
  return done
}

/** What the pictures of some blocks ask of files that were handed over; one line per fault, as in response_metadata.messages. */
export function fileFaults({ sim, team }: Pick<BotCall, 'sim' | 'team'>, blocks: readonly Json[]): readonly string[] {
  return blocks.flatMap((block, place) => {
    const file = fileOf({ sim, team }, block)
    return file === undefined || (file !== null && file.readyAt !== null && file.readyAt <= Date.now())
      ? []
      : [`[ERROR] invalid slack file [json-pointer:/blocks/${place}/slack_file]`]
  })
}

/** A message that others see shares its pictures with them. One to a single person does not: they would see a broken picture. */
export function shareFiles({ sim, team }: Pick<BotCall, 'sim' | 'team'>, blocks: readonly Json[], channel: string): void {
  for (const block of blocks) fileOf({ sim, team }, block)?.channels.add(channel)
}

/** Undefined where the block names no file, null where there is no such file. */
function fileOf({ sim, team }: Pick<BotCall, 'sim' | 'team'>, block: Json): SlackFile | null | undefined {
  if (!isJson(block.slack_file)) return undefined
  const file = sim.world.files.get(stringArg(block.slack_file, 'id') ?? '')
  return file?.team === team.id ? file : null
}
