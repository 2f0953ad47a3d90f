/** What a message may hold: the legacy fields, or Components V2 instead of them. */

import { MessageFlags } from 'discord.js'
import { z } from 'zod'
import { type FieldError, invalidField, invalidForm, refusal } from '../errors.ts'
import { allComponents, type Component, mediaOf, type TopLevel, topLevel } from './components.ts'
import { color, snowflake, text } from './fields.ts'

const url = z.string().max(2048).nullish()
const image = z.object({ url: z.string().max(2048) }).nullish()
const embed = z.object({
  title: text(0, 256).nullish(),
  description: text(0, 4096).nullish(),
  url,
  color: color.nullish(),
  timestamp: z
    .string()
    .refine((value) => !Number.isNaN(Date.parse(value)))
    .nullish(),
  footer: z.object({ text: text(1, 2048), icon_url: url }).nullish(),
  author: z.object({ name: text(1, 256), url, icon_url: url }).nullish(),
  image,
  thumbnail: image,
  fields: z
    .array(z.object({ name: text(1, 256), value: text(1, 1024), inline: z.boolean().nullish() }))
    .max(25)
    .nullish(),
})
export type Embed = z.infer<typeof embed>

const allowedMentions = z.object({
  parse: z.array(z.enum(['users', 'roles', 'everyone'])).nullish(),
  users: z.array(snowflake).max(100).nullish(),
  roles: z.array(snowflake).max(100).nullish(),
  replied_user: z.boolean().nullish(),
})
export type AllowedMentions = z.infer<typeof allowedMentions>

/** The body of a new message, of an edit, and of an interaction's answer: an absent field means "as it was". */
export const messageBody = z.object({
  content: text(0, 2000).nullish(),
  embeds: z.array(embed).max(10).nullish(),
  components: z.array(topLevel).max(40).nullish(),
  flags: z.number().int().min(0).nullish(),
  allowed_mentions: allowedMentions.nullish(),
  attachments: z
    .array(z.object({ id: z.union([z.string(), z.number()]), filename: z.string().nullish(), description: text(0, 1024).nullish() }))
    .max(10)
    .nullish(),
  nonce: z.union([text(0, 25), z.number().int()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
  tts: z.boolean().nullish(),
  message_reference: z
    .object({ message_id: snowflake, channel_id: snowflake.nullish(), fail_if_not_exists: z.boolean().nullish() })
    .nullish(),
})
export type MessageBody = z.infer<typeof messageBody>

/** A message as it would be after the request. */
export type Draft = {
  readonly content: string
  readonly embeds: readonly Embed[]
  readonly components: readonly TopLevel[]
  readonly flags: number
  readonly fileNames: readonly string[]
}

const legacyInV2 = 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2'

const layout = (draft: Draft, parts: readonly Component[]): FieldError[] => {
  if (!(draft.flags & MessageFlags.IsComponentsV2)) {
    return [
      ...draft.components.flatMap((component, at) =>
        component.type === 1
          ? []
          : [
              {
                path: ['components', at, 'type'],
                code: 'UNION_TYPE_CHOICES',
                message: 'Value of field "type" must be one of (1,) without IS_COMPONENTS_V2',
              },
            ],
      ),
      ...(draft.components.length > 5
        ? [{ path: ['components'], code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 5 or fewer in length.' }]
        : []),
    ]
  }
  const words = parts.reduce((sum, part) => sum + (part.type === 10 ? part.content.length : 0), 0)
  return [
    ...(draft.content ? [{ path: ['content'], code: legacyInV2, message: 'The content field cannot be used with IS_COMPONENTS_V2' }] : []),
    ...(draft.embeds.length
      ? [{ path: ['embeds'], code: legacyInV2, message: 'The embeds field cannot be used with IS_COMPONENTS_V2' }]
      : []),
    ...(parts.length > 40
      ? [{ path: ['components'], code: 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED', message: 'A message holds 40 components' }]
      : []),
    ...(words > 4000
      ? [
          {
            path: ['components'],
            code: 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
            message: `Text displays hold 4000 characters together, not ${words}`,
          },
        ]
      : []),
  ]
}

const duplicatedIds = (parts: readonly Component[]): FieldError[] => {
  const seen = new Set<string>()
  const faults: FieldError[] = []
  for (const part of parts) {
    const id = 'custom_id' in part ? part.custom_id : null
    if (!id) continue
    if (seen.has(id))
      faults.push({
        path: ['components'],
        code: 'COMPONENT_CUSTOM_ID_DUPLICATED',
        message: `Component custom id cannot be duplicated: ${id}`,
      })
    seen.add(id)
  }
  return faults
}

const missingFiles = (draft: Draft, parts: readonly Component[]): FieldError[] =>
  [...parts.flatMap(mediaOf), ...draft.embeds.flatMap((made) => [made.image, made.thumbnail].filter((picture) => picture != null))]
    .map((media) => media.url)
    .filter((address) => address.startsWith('attachment://') && !draft.fileNames.includes(address.slice('attachment://'.length)))
    .map((address) => ({
      path: ['components'],
      code: 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
      message: `No file for ${address}`,
    }))

const embedSize = (embeds: readonly Embed[]): number =>
  embeds.reduce(
    (sum, { title, description, footer, author, fields }) =>
      sum +
      [title, description, footer?.text, author?.name, ...(fields ?? []).flatMap((field) => [field.name, field.value])].join('').length,
    0,
  )

/** Refuses what Discord would not show: 50035 with the places, 50006 for nothing at all. */
export const checkDraft = (draft: Draft): void => {
  const parts = allComponents(draft.components)
  const faults = [...layout(draft, parts), ...duplicatedIds(parts), ...missingFiles(draft, parts)]
  if (embedSize(draft.embeds) > 6000)
    faults.push({ path: ['embeds'], code: 'MAX_EMBED_SIZE_EXCEEDED', message: 'Embed size exceeds maximum size of 6000' })
  if (faults.length) throw invalidForm(faults)
  const empty = !draft.content && !draft.embeds.length && !draft.components.length && !draft.fileNames.length
  if (empty) throw refusal('emptyMessage')
}

/** `parse` and an explicit list of the same kind exclude each other. */
export const checkMentions = (allowed: AllowedMentions | null | undefined): void => {
  for (const kind of ['users', 'roles'] as const) {
    if (allowed?.parse?.includes(kind) && allowed[kind]?.length)
      throw invalidField(
        ['allowed_mentions'],
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
      )
  }
}
