import type { Payload } from '../render.ts'
import { checked } from '../simulator/rules/fields.ts'
import { checkDraft, checkMentions, messageBody } from '../simulator/rules/messages.ts'

/** Holds the message to Discord's limits, as the simulator knows them. */
export function accepted(payload: Payload): Payload {
  const body = checked(messageBody, payload)
  const fileNames = (payload.pictures ?? []).map(({ name }) => name)
  checkDraft({ content: '', embeds: [], components: body.components ?? [], flags: body.flags ?? 0, fileNames })
  checkMentions(body.allowed_mentions)
  return payload
}

/** The texts in which Discord reads markdown. */
export const displayed = ({ components }: Payload): string[] =>
  components.flatMap((outer) =>
    'components' in outer ? outer.components.flatMap((part) => ('content' in part ? [part.content] : [])) : [],
  )

/** What must never stand in a text that a person could have typed a part of. */
export const forged = /@(everyone|here)|(?<!\\)<(?!#\d+>|@&\d+>)[@#!/]|(?<!\\)\]\(|https?:\/\/|\u202e/
