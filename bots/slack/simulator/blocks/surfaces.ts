import { z } from 'zod'
import { accessory, actionElement, anyText, imageElement, imageFields, inputElement, plainText } from './elements.ts'

/** Limits of https://docs.slack.dev/reference/block-kit/blocks and of views, as schemas that know no other field. */

const named = { block_id: z.string().min(1).max(255).optional() }

const section = z
  .strictObject({
    type: z.literal('section'),
    ...named,
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
  })
  .refine((one) => one.text !== undefined || one.fields !== undefined, 'text or fields is needed')

const anywhere = [
  section,
  z.strictObject({ type: z.literal('divider'), ...named }),
  z.strictObject({ type: z.literal('header'), ...named, text: plainText(150) }),
  z.strictObject({
    type: z.literal('context'),
    ...named,
    elements: z
      .array(z.union([anyText(2000), imageElement]))
      .min(1)
      .max(10),
  }),
  z.strictObject({ type: z.literal('actions'), ...named, elements: z.array(actionElement).min(1).max(25) }),
  z
    .strictObject({ ...imageFields, ...named, title: plainText(2000).optional() })
    .refine((one) => (one.image_url === undefined) !== (one.slack_file === undefined), 'exactly one of image_url and slack_file'),
  z.strictObject({ type: z.literal('rich_text'), ...named, elements: z.array(z.looseObject({ type: z.string() })) }),
] as const

const markdown = z.strictObject({ type: z.literal('markdown'), ...named, text: z.string().min(1).max(12_000) })
const input = z.strictObject({
  type: z.literal('input'),
  ...named,
  label: plainText(2000),
  element: inputElement,
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
})

const messageBlocks = z.array(z.discriminatedUnion('type', [...anywhere, markdown])).max(50)
const viewBlocks = z.array(z.discriminatedUnion('type', [...anywhere, input])).max(100)

const viewFields = {
  blocks: viewBlocks,
  private_metadata: z.string().max(3000).optional(),
  callback_id: z.string().max(255).optional(),
  external_id: z.string().max(255).optional(),
}
const modal = z
  .strictObject({
    type: z.literal('modal'),
    ...viewFields,
    title: plainText(24),
    submit: plainText(24).optional(),
    close: plainText(24).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    submit_disabled: z.boolean().optional(),
  })
  .refine(
    (one) => one.submit !== undefined || one.blocks.every((block) => block.type !== 'input'),
    'submit is needed when there are input blocks',
  )
const home = z.strictObject({ type: z.literal('home'), ...viewFields })

export const surfaces = { message: messageBlocks, modal, home }
