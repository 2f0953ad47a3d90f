/** Components of messages, with the limits of Discord's component reference. */

import { z } from 'zod'
import { color, fault, snowflake, text } from './fields.ts'

const id = z.number().int().min(0).nullish()
const customId = text(1, 100)
const emoji = z.object({ id: snowflake.nullish(), name: z.string().max(32).nullish(), animated: z.boolean().nullish() })

const styles = { link: 5, premium: 6 } as const

const button = z
  .object({
    type: z.literal(2),
    id,
    style: z.number().int().min(1).max(6),
    label: text(0, 80).nullish(),
    emoji: emoji.nullish(),
    custom_id: customId.nullish(),
    url: z.string().max(512).nullish(),
    sku_id: snowflake.nullish(),
    disabled: z.boolean().nullish(),
  })
  .superRefine((made, { addIssue }) => {
    const { style } = made
    if (style === styles.link && !URL.canParse(made.url ?? ''))
      addIssue(fault(['url'], 'BUTTON_COMPONENT_URL_REQUIRED', 'A url is required'))
    if (style === styles.link && made.custom_id)
      addIssue(fault(['custom_id'], 'BUTTON_COMPONENT_CUSTOM_ID_NOT_ALLOWED', 'A link has no custom id'))
    if (style < styles.link && !made.custom_id)
      addIssue(fault(['custom_id'], 'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED', 'A custom id is required'))
    if (style < styles.link && made.url) addIssue(fault(['url'], 'BUTTON_COMPONENT_URL_NOT_ALLOWED', 'Only link buttons have a url'))
    if (style !== styles.premium && !made.label && !made.emoji)
      addIssue(fault(['label'], 'BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED', 'A label or an emoji is required'))
  })

const choosing = {
  id,
  custom_id: customId,
  placeholder: text(0, 150).nullish(),
  min_values: z.number().int().min(0).max(25).nullish(),
  max_values: z.number().int().min(1).max(25).nullish(),
  disabled: z.boolean().nullish(),
  required: z.boolean().nullish(),
}

export const selectOption = z.object({
  label: text(1, 100),
  value: text(1, 100),
  description: text(0, 100).nullish(),
  emoji: emoji.nullish(),
  default: z.boolean().nullish(),
})

export const stringSelect = z
  .object({ type: z.literal(3), ...choosing, options: z.array(selectOption).min(1).max(25) })
  .superRefine((select, { addIssue }) => {
    const values = new Set(select.options.map((option) => option.value))
    if (values.size < select.options.length)
      addIssue(fault(['options'], 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', 'Each value must be unique'))
    if ((select.max_values ?? 1) > select.options.length)
      addIssue(fault(['max_values'], 'SELECT_COMPONENT_MAX_VALUES_TOO_LARGE', 'There are fewer options than max_values'))
    if ((select.min_values ?? 1) > (select.max_values ?? 1))
      addIssue(fault(['min_values'], 'BASE_TYPE_BAD_VALUE', 'min_values exceeds max_values'))
    if (select.options.filter((option) => option.default).length > (select.max_values ?? 1))
      addIssue(fault(['options'], 'SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES', 'More defaults than max_values'))
  })

const defaults = z
  .array(z.object({ id: snowflake, type: z.enum(['user', 'role', 'channel']) }))
  .max(25)
  .nullish()
export const entitySelect = z.object({
  type: z.union([z.literal(5), z.literal(6), z.literal(7), z.literal(8)]),
  ...choosing,
  default_values: defaults,
  channel_types: z.array(z.number().int()).nullish(),
})

const row = z
  .object({
    type: z.literal(1),
    id,
    components: z
      .array(z.discriminatedUnion('type', [button, stringSelect, entitySelect]))
      .min(1)
      .max(5),
  })
  .superRefine(({ components }, { addIssue }) => {
    if (components.length > 1 && components.some((component) => component.type !== 2))
      addIssue(fault(['components'], 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'A row holds five buttons or one select'))
  })

export const textDisplay = z.object({ type: z.literal(10), id, content: text(1, 4000) })
const media = z.object({ url: z.string().min(1).max(2048) })
const spoiler = z.boolean().nullish()
const thumbnail = z.object({ type: z.literal(11), id, media, description: text(1, 1024).nullish(), spoiler })
const section = z.object({
  type: z.literal(9),
  id,
  components: z.array(textDisplay).min(1).max(3),
  accessory: z.discriminatedUnion('type', [button, thumbnail]),
})
const gallery = z.object({
  type: z.literal(12),
  id,
  items: z
    .array(z.object({ media, description: text(1, 1024).nullish(), spoiler }))
    .min(1)
    .max(10),
})
const file = z.object({ type: z.literal(13), id, file: media, spoiler })
const separator = z.object({ type: z.literal(14), id, divider: z.boolean().nullish(), spacing: z.number().int().min(1).max(2).nullish() })

const inside = [row, section, textDisplay, gallery, file, separator] as const
const container = z.object({
  type: z.literal(17),
  id,
  accent_color: color.nullish(),
  spoiler,
  components: z
    .array(z.discriminatedUnion('type', [...inside]))
    .min(1)
    .max(40),
})

export const topLevel = z.discriminatedUnion('type', [...inside, container])

export type Button = z.infer<typeof button>
export type StringSelect = z.infer<typeof stringSelect>
export type EntitySelect = z.infer<typeof entitySelect>
export type TopLevel = z.infer<typeof topLevel>
export type Component = TopLevel | Button | StringSelect | EntitySelect | z.infer<typeof thumbnail>

/** What lies directly inside a component. */
const within = (component: Component): readonly Component[] => {
  if (component.type === 9) return [...component.components, component.accessory]
  return 'components' in component ? component.components : []
}

/** Every component of a message, outer before inner, in reading order. */
export const allComponents = (components: readonly Component[]): Component[] =>
  components.flatMap((component) => [component, ...allComponents(within(component))])

/** The addresses of pictures and files that a component shows. */
export const mediaOf = (component: Component): { url: string }[] => {
  if (component.type === 11) return [component.media]
  if (component.type === 12) return component.items.map((item) => item.media)
  return component.type === 13 ? [component.file] : []
}
