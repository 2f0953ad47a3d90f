import type { types } from '@slack/bolt'
import type { Logger } from 'pino'
import { pngOf } from '../../src/screens/charts/png.ts'
import type { Installed } from './installed.ts'
import { codeOf } from './refusals.ts'
import type { Drawing, Drawn } from './render.ts'

/** A message whose pictures Slack has by now. `plain` is the same without them. */
export type Pictured = { readonly drawn: Drawn; readonly plain: Drawn }

/** How long one upload may take, in milliseconds. */
const uploadMilliseconds = 10_000

/**
 * Gives Slack the pictures of a message, https://docs.slack.dev/messaging/working-with-files: a file shared nowhere yet, which the message
 * shares with those who see it. Null where there is none, where the right `files:write` is missing, or where Slack does not take it: the
 * words say the same.
 */
export async function pictured(installed: Installed, drawn: Drawn, log: Logger): Promise<Pictured | null> {
  const { pictures = [], ...plain } = drawn
  if (pictures.length === 0) return null
  try {
    const images = await Promise.all(pictures.map((one) => uploaded(installed, one)))
    return { plain, drawn: { ...plain, blocks: withImages(plain.blocks, images) } }
  } catch (error) {
    log.info({ why: codeOf(error), team: installed.team }, 'Slack took no picture')
    return null
  }
}

type Placed = { readonly at: number; readonly image: types.ImageBlock }

async function uploaded({ client }: Installed, { at, name, svg, alt }: Drawing): Promise<Placed> {
  const png = await pngOf(svg)
  const { upload_url: address, file_id: id } = await client.files.getUploadURLExternal({
    filename: name,
    length: png.length,
    alt_text: alt,
  })
  if (address === undefined || id === undefined) throw new Error('Slack gave no place for a file')
  const sent = await fetch(address, { method: 'POST', body: new Uint8Array(png), signal: AbortSignal.timeout(uploadMilliseconds) })
  if (!sent.ok) throw new Error(`the upload was answered with ${sent.status}`)
  await client.files.completeUploadExternal({ files: [{ id, title: alt }] })
  return { at, image: { type: 'image', slack_file: { id }, alt_text: alt } }
}

const withImages = (blocks: readonly types.KnownBlock[], images: readonly Placed[]): types.KnownBlock[] =>
  images.toReversed().reduce<types.KnownBlock[]>((all, { at, image }) => all.toSpliced(at, 0, image), [...blocks])
