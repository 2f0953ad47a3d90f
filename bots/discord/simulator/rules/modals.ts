/** Modals: five top-level components, each a labelled field, an old row with one text input, or plain text. */

import { z } from 'zod'
import { entitySelect, selectOption, stringSelect, textDisplay } from './components.ts'
import { fault, text } from './fields.ts'

const id = z.number().int().min(0).nullish()
const customId = text(1, 100)
const required = z.boolean().nullish()

const textInput = z
  .object({
    type: z.literal(4),
    id,
    custom_id: customId,
    style: z.number().int().min(1).max(2),
    label: text(1, 45).nullish(),
    value: text(0, 4000).nullish(),
    placeholder: text(0, 100).nullish(),
    required,
    min_length: z.number().int().min(0).max(4000).nullish(),
    max_length: z.number().int().min(1).max(4000).nullish(),
  })
  .superRefine((input, { addIssue }) => {
    if ((input.min_length ?? 0) > (input.max_length ?? 4000))
      addIssue(fault(['min_length'], 'BASE_TYPE_BAD_VALUE', 'min_length exceeds max_length'))
    if (input.value && input.value.length > (input.max_length ?? 4000))
      addIssue(fault(['value'], 'BASE_TYPE_MAX_LENGTH', `Must be ${input.max_length} or fewer in length.`))
  })

const choice = selectOption.omit({ emoji: true })
const radioGroup = z.object({ type: z.literal(21), id, custom_id: customId, required, options: z.array(choice).min(2).max(10) })
const checkboxGroup = z.object({
  type: z.literal(22),
  id,
  custom_id: customId,
  required,
  min_values: z.number().int().min(0).max(10).nullish(),
  max_values: z.number().int().min(1).max(10).nullish(),
  options: z.array(choice).min(1).max(10),
})
const checkbox = z.object({ type: z.literal(23), id, custom_id: customId, default: z.boolean().nullish() })

const field = z.discriminatedUnion('type', [textInput, stringSelect, entitySelect, radioGroup, checkboxGroup, checkbox])
export type Field = z.infer<typeof field>

const label = z.object({ type: z.literal(18), id, label: text(1, 45), description: text(1, 100).nullish(), component: field })
const row = z.object({ type: z.literal(1), id, components: z.array(textInput).length(1) })

export const modalBody = z
  .object({
    custom_id: customId,
    title: text(1, 45),
    components: z
      .array(z.discriminatedUnion('type', [label, row, textDisplay]))
      .min(1)
      .max(5),
  })
  .superRefine((modal, { addIssue }) => {
    const fields = fieldsOf(modal).map(({ field }) => field.custom_id)
    if (new Set(fields).size < fields.length)
      addIssue(fault(['components'], 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated'))
    for (const [at, component] of modal.components.entries()) {
      if (component.type === 1 && !component.components[0]?.label)
        addIssue(fault(['components', at, 'components', 0, 'label'], 'BASE_TYPE_REQUIRED', 'This field is required'))
      if (component.type === 18 && 'disabled' in component.component && component.component.disabled)
        addIssue(
          fault(['components', at, 'component', 'disabled'], 'MODAL_COMPONENT_CANNOT_BE_DISABLED', 'Modals have no disabled selects'),
        )
    }
  })
export type ModalBody = z.infer<typeof modalBody>

/** The fields of a modal with the words that stand over them. */
export const fieldsOf = (modal: ModalBody): { label: string; field: Field }[] =>
  modal.components.flatMap((component) => {
    if (component.type === 18) return [{ label: component.label, field: component.component }]
    return component.type === 1 ? component.components.map((input) => ({ label: input.label ?? '', field: input })) : []
  })
