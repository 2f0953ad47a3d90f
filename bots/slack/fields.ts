import type { ViewStateValue } from '@slack/bolt'
import { type Raw, faultsIn as refusalsIn } from '../../src/commands/arguments.ts'
import type { Command } from '../../src/commands/command.ts'
import { none } from '../../src/commands/values.ts'
import type { WallClock } from '../../src/kernel/zones.ts'
import type { Message } from '../../src/locales/text.ts'
import { fieldBlock } from './forms.ts'
import { externalId } from './people.ts'

type Values = Readonly<Record<string, Readonly<Record<string, ViewStateValue>>>>

/** What was filled in, by option. */
export function fieldsIn(values: Values, command: Command, team: string): Record<string, NonNullable<Raw[string]>> {
  const filled: Record<string, NonNullable<Raw[string]>> = {}
  for (const name of Object.keys(command.options)) {
    const [value] = Object.values(values[fieldBlock(name)] ?? {})
    const read = value ? valueIn(value, team) : null
    if (read !== null) filled[name] = read
  }
  return filled
}

function valueIn(value: ViewStateValue, team: string): NonNullable<Raw[string]> | null {
  if (value.selected_users) return value.selected_users.map((user) => ({ external: externalId({ team, user }) }))
  // An emptied list is a wish too, unlike a field that was left alone.
  if (value.selected_conversations) return value.selected_conversations.map((channel) => `<#${channel}>`).join(' ') || none
  if (value.selected_user) return { external: externalId({ team, user: value.selected_user }) }
  return value.selected_option?.value ?? value.value ?? null
}

/** Why fields can't be taken, each by itself, so that all faults show at once. */
export const faultsIn = (raw: Raw, command: Command, clock: WallClock): Readonly<Record<string, Message>> =>
  Object.fromEntries([...refusalsIn(command, raw, clock)].map(([name, { key, words }]) => [name, { key, words }]))
