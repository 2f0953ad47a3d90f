/** The first answer to an interaction, by its type. */

import { z } from 'zod'
import { text } from './fields.ts'
import { messageBody } from './messages.ts'
import { modalBody } from './modals.ts'

const choice = z.object({
  name: text(1, 100),
  name_localizations: z.record(z.string(), text(1, 100)).nullish(),
  value: z.union([text(1, 100), z.number()]),
})

export const callbackBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal(4), data: messageBody }),
  z.object({ type: z.literal(5), data: messageBody.nullish() }),
  z.object({ type: z.literal(6), data: z.unknown().optional() }),
  z.object({ type: z.literal(7), data: messageBody.nullish() }),
  z.object({ type: z.literal(8), data: z.object({ choices: z.array(choice).max(25).nullish() }) }),
  z.object({ type: z.literal(9), data: modalBody }),
])
export type CallbackBody = z.infer<typeof callbackBody>
