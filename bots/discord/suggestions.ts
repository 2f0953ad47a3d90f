import type { AutocompleteInteraction } from 'discord.js'
import { suggest } from '../../src/commands/perform.ts'
import type { App } from '../../src/kernel/context.ts'
import { callerOf, placeOf } from './caller.ts'
import { inTime, longestWait } from './in-time.ts'
import { limits } from './limits.ts'
import { cut } from './markdown.ts'
import { spelled } from './options.ts'

export async function suggestFor(app: App, interaction: AutocompleteInteraction): Promise<void> {
  const { name: option, value: typed } = interaction.options.getFocused(true)
  const asked = { command: spelled(interaction), option, typed, place: placeOf(interaction) }
  const found = await inTime(suggest(app, callerOf(interaction), asked), longestWait)
  const fitting =
    found === 'late' ? [] : found.filter(({ label, value }) => label !== '' && value.length > 0 && value.length <= limits.suggestion)
  await interaction.respond(fitting.slice(0, limits.choices).map(({ label, value }) => ({ name: cut(label, limits.suggestion), value })))
}
