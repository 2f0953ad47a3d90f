import type { Command, Option } from '../../src/commands/command.ts'
import { koreanChoice, koreanCommand, koreanOption, spokenCommand } from '../../src/locales/names.ts'
import { say } from '../../src/locales/write.ts'
import { table } from './table.ts'

const generated = '<!-- Generated from src/commands by `npm run docs`. -->'

const introduction = `The same on all three surfaces: \`/room create\` on Discord, \`/focus room create\` on Slack, \`room create\` in the web console.
English and Korean names may be mixed. \`*\` marks what is required, ° what is reached by buttons and text only.`

/** `docs/commands.md`: every command by its group, in both languages. */
export function commandsPage(commands: readonly Command[]): string {
  const groups = Object.entries(Object.groupBy(commands, ({ name }) => name.split(' ')[0] ?? name))
  return `${[generated, '# Commands', introduction, ...groups.map(([group, members = []]) => section(group, members))].join('\n\n')}\n`
}

const section = (group: string, commands: readonly Command[]): string =>
  [`## ${group} · ${koreanCommand(group)}`, table(['command', 'does', 'options'], commands.map(row))].join('\n\n')

const row = (command: Command): string[] => [
  `\`${command.name}\`${command.listed === false ? '°' : ''}<br>${spokenCommand(command.name, 'ko')}`,
  say(command.summary, 'en'),
  Object.entries(command.options)
    .filter(([, option]) => !option.hidden)
    .map(([name, option]) => `\`${name}\`${option.required ? '*' : ''} ${koreanOption(command.name, name)}${bounds(name, option)}`)
    .join('<br>'),
]

function bounds(name: string, option: Option): string {
  switch (option.type) {
    case 'integer':
      return `, ${option.min}–${option.max}${option.unit === undefined ? '' : ` ${option.unit}`}`
    case 'string':
      return `, up to ${option.max} letters`
    case 'choice':
      return `: ${option.choices.map((choice) => `\`${choice}\` ${koreanChoice(name, choice)}`).join(', ')}`
    case 'boolean':
      return ', yes or no'
    case 'user':
      return ', a person'
    case 'users':
      return ', people'
    case 'time':
      return option.day ? ', a day' : `, a time ${option.past ? 'that is over' : 'to come'}`
    case 'channel':
      return `, a ${option.of} channel`
    case 'channels':
      return `, up to ${option.most} ${option.of} channel${option.most === 1 ? '' : 's'}`
    case 'roles':
      return `, up to ${option.most} roles`
    default:
      return option satisfies never
  }
}
