/** A message as plain lines, for assertions: what a person would read, buttons and selects in brackets. */

import type { Message } from './messages.ts'
import { isLoading } from './messages.ts'
import type { Component } from './rules/components.ts'
import type { ModalBody } from './rules/modals.ts'
import { fieldsOf } from './rules/modals.ts'

const linesOf = (component: Component): string[] => {
  switch (component.type) {
    case 1:
      return [component.components.flatMap(linesOf).join(' ')]
    case 2: {
      const label = [component.emoji?.name, component.label].filter(Boolean).join(' ')
      return [`[${label}${component.disabled ? ' (off)' : ''}]${component.url ? `(${component.url})` : ''}`]
    }
    case 3: {
      const chosen = component.options.filter((option) => option.default).map((option) => option.label)
      return [
        `[${component.placeholder ?? ''}: ${component.options.map((option) => option.label).join(' | ')}]${chosen.length ? ` = ${chosen.join(', ')}` : ''}`,
      ]
    }
    case 5:
    case 6:
    case 7:
    case 8:
      return [`[${component.placeholder ?? 'Choose'} …]`]
    case 9:
      return [...component.components.flatMap(linesOf), ...linesOf(component.accessory)]
    case 10:
      return [component.content]
    case 11:
      return [`(picture: ${component.description ?? component.media.url})`]
    case 12:
      return component.items.map((item) => `(picture: ${item.description ?? item.media.url})`)
    case 13:
      return [`(file: ${component.file.url})`]
    case 14:
      return ['---']
    case 17:
      return component.components.flatMap(linesOf)
    default:
      component satisfies never
      return []
  }
}

export const textOf = (message: Message): string => {
  if (isLoading(message)) return 'Bot is thinking…'
  const embeds = message.embeds.flatMap((embed) => [
    embed.author?.name,
    embed.title,
    embed.description,
    ...(embed.fields ?? []).map((field) => `${field.name}: ${field.value}`),
    embed.image && '(picture)',
    embed.footer?.text,
  ])
  return [message.content, ...embeds, ...message.components.flatMap(linesOf)].filter(Boolean).join('\n')
}

/** The title and the labels of a form with what stands in its fields. */
export const modalTextOf = (modal: ModalBody): string =>
  [
    modal.title,
    ...modal.components.flatMap((component) => (component.type === 10 ? [component.content] : [])),
    ...fieldsOf(modal).map(({ label, field }) => `${label}: ${'value' in field ? (field.value ?? '') : ''}`),
  ].join('\n')
