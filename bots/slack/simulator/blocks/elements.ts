import { z } from 'zod'

/** Limits of https://docs.slack.dev/reference/block-kit/block-elements, as schemas that know no other field. */

const words = (max: number) => z.string().min(1).max(max)
export const plainText = (max: number) => z.strictObject({ type: z.literal('plain_text'), text: words(max), emoji: z.boolean().optional() })
export const anyText = (max: number) =>
  z.discriminatedUnion('type', [
    plainText(max),
    z.strictObject({ type: z.literal('mrkdwn'), text: words(max), verbatim: z.boolean().optional() }),
  ])

const actionId = words(255).optional()
const placeholder = plainText(150).optional()
const confirm = z
  .strictObject({
    title: plainText(100),
    text: anyText(300),
    confirm: plainText(30),
    deny: plainText(30),
    style: z.enum(['primary', 'danger']).optional(),
  })
  .optional()
const focus = z.boolean().optional()
const acting = { action_id: actionId, confirm, focus_on_load: focus }
const several = { max_selected_items: z.int().min(1).optional() }

const option = z.strictObject({ text: anyText(75), value: words(150), description: anyText(75).optional(), url: words(3000).optional() })
const options = z.array(option).min(1).max(100).optional()
const groups = z
  .array(z.strictObject({ label: plainText(75), options: z.array(option).min(1).max(100) }))
  .min(1)
  .max(100)
  .optional()
const typing = { action_id: actionId, placeholder, focus_on_load: focus, dispatch_action_config: z.looseObject({}).optional() }

const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(75),
  action_id: actionId,
  url: words(3000).optional(),
  value: z.string().max(2000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm,
  accessibility_label: words(75).optional(),
})

const choosesOne = (one: { options?: unknown; option_groups?: unknown }) =>
  (one.options === undefined) !== (one.option_groups === undefined)
const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    ...acting,
    placeholder,
    options,
    option_groups: groups,
    initial_option: option.optional(),
  })
  .refine(choosesOne, 'exactly one of options and option_groups')
const multiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...acting,
    ...several,
    placeholder,
    options,
    option_groups: groups,
    initial_options: z.array(option).optional(),
  })
  .refine(choosesOne, 'exactly one of options and option_groups')
const query = { min_query_length: z.int().min(0).optional() }
const conversationFilter = { default_to_current_conversation: z.boolean().optional(), filter: z.looseObject({}).optional() }

const selects = [
  staticSelect,
  z.strictObject({ type: z.literal('external_select'), ...acting, ...query, placeholder, initial_option: option.optional() }),
  z.strictObject({ type: z.literal('users_select'), ...acting, placeholder, initial_user: words(20).optional() }),
  z.strictObject({
    type: z.literal('channels_select'),
    ...acting,
    placeholder,
    initial_channel: words(20).optional(),
    response_url_enabled: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal('conversations_select'),
    ...acting,
    ...conversationFilter,
    placeholder,
    initial_conversation: words(20).optional(),
    response_url_enabled: z.boolean().optional(),
  }),
  multiStaticSelect,
  z.strictObject({
    type: z.literal('multi_external_select'),
    ...acting,
    ...several,
    ...query,
    placeholder,
    initial_options: z.array(option).optional(),
  }),
  z.strictObject({
    type: z.literal('multi_users_select'),
    ...acting,
    ...several,
    placeholder,
    initial_users: z.array(words(20)).optional(),
  }),
  z.strictObject({
    type: z.literal('multi_channels_select'),
    ...acting,
    ...several,
    placeholder,
    initial_channels: z.array(words(20)).optional(),
  }),
  z.strictObject({
    type: z.literal('multi_conversations_select'),
    ...acting,
    ...several,
    ...conversationFilter,
    placeholder,
    initial_conversations: z.array(words(20)).optional(),
  }),
] as const

const pickers = [
  z.strictObject({ type: z.literal('datepicker'), ...acting, placeholder, initial_date: z.iso.date().optional() }),
  z.strictObject({
    type: z.literal('timepicker'),
    ...acting,
    placeholder,
    initial_time: z
      .string()
      .regex(/^\d\d:\d\d$/)
      .optional(),
    timezone: words(100).optional(),
  }),
  z.strictObject({ type: z.literal('datetimepicker'), ...acting, initial_date_time: z.int().optional() }),
  z.strictObject({
    type: z.literal('checkboxes'),
    ...acting,
    options: z.array(option).min(1).max(10),
    initial_options: z.array(option).optional(),
  }),
  z.strictObject({
    type: z.literal('radio_buttons'),
    ...acting,
    options: z.array(option).min(1).max(10),
    initial_option: option.optional(),
  }),
] as const

const inputs = [
  z.strictObject({
    type: z.literal('plain_text_input'),
    ...typing,
    multiline: z.boolean().optional(),
    min_length: z.int().min(0).max(3000).optional(),
    max_length: z.int().min(1).max(3000).optional(),
    initial_value: z.string().max(3000).optional(),
  }),
  z.strictObject({
    type: z.literal('number_input'),
    ...typing,
    is_decimal_allowed: z.boolean(),
    initial_value: z.string().optional(),
    min_value: z.string().optional(),
    max_value: z.string().optional(),
  }),
  z.strictObject({ type: z.literal('email_text_input'), ...typing, initial_value: z.string().optional() }),
  z.strictObject({ type: z.literal('url_text_input'), ...typing, initial_value: z.string().optional() }),
] as const

const overflow = z.strictObject({ type: z.literal('overflow'), action_id: actionId, confirm, options: z.array(option).min(1).max(5) })
const picture = {
  type: z.literal('image'),
  image_url: words(3000).optional(),
  slack_file: z.looseObject({}).optional(),
  alt_text: words(2000),
}
export const imageElement = z.strictObject(picture)
export const imageFields = picture

export const accessory = z.discriminatedUnion('type', [button, overflow, imageElement, ...selects, ...pickers])
export const actionElement = z.discriminatedUnion('type', [button, overflow, ...selects, ...pickers])
export const inputElement = z.discriminatedUnion('type', [...inputs, ...selects, ...pickers])
/** What an app answers to a person typing in an external select. */
export const suggestions = z.object({ options, option_groups: groups }).refine(choosesOne, 'exactly one of options and option_groups')
