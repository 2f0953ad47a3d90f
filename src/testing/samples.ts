import { type Command, command } from '../commands/command.ts'
import type { Screen } from '../screens/screen.ts'

const blank: Screen = { tone: 'calm', title: '', blocks: [] }
const run = async () => blank

/** Commands with every type of option, and shapes of names as the real ones have. */
export const samples: readonly Command[] = [
  command({
    name: 'room create',
    summary: 'command.room.create.summary',
    reply: 'public',
    options: {
      name: { type: 'string', max: 20, about: 'option.name.about' },
      focus: { type: 'integer', min: 1, max: 180, unit: 'minutes', about: 'option.focus.about' },
      capacity: { type: 'integer', min: 2, max: 500, about: 'option.capacity.about' },
      private: { type: 'boolean', about: 'option.private.about' },
      control: { type: 'choice', choices: ['host', 'anyone', 'vote'], about: 'option.control.about' },
      voice: { type: 'channel', of: 'voice', about: 'option.voice.about' },
      room: { type: 'string', max: 36, hidden: true, about: 'option.room.about' },
    },
    run,
  }),
  command({
    name: 'room join',
    summary: 'command.room.join.summary',
    reply: 'public',
    options: { room: { type: 'string', max: 100, required: true, about: 'option.room.about' } },
    run,
  }),
  command({
    name: 'room kick',
    summary: 'command.room.kick.summary',
    reply: 'private',
    listed: false,
    options: {
      user: { type: 'user', required: true, about: 'option.user.about' },
      name: { type: 'users', about: 'option.name.about' },
    },
    run,
  }),
  command({
    name: 'room edit',
    summary: 'command.room.edit.summary',
    reply: 'form',
    options: {
      name: { type: 'string', max: 20, about: 'option.name.about' },
      room: { type: 'string', max: 36, about: 'option.room.about' },
    },
    run,
  }),
  command({ name: 'room list', summary: 'command.room.list.summary', reply: 'private', options: {}, run }),
  command({
    name: 'timer start',
    summary: 'command.timer.start.summary',
    reply: 'private',
    options: { focus: { type: 'integer', min: 1, max: 180, unit: 'minutes', required: true, about: 'option.focus.about' } },
    run,
  }),
  command({
    name: 'timer pause',
    summary: 'command.timer.pause.summary',
    reply: 'private',
    options: {
      focus: { type: 'integer', min: 1, max: 180, unit: 'minutes', about: 'option.focus.about' },
      capacity: { type: 'integer', min: 2, max: 500, about: 'option.capacity.about' },
    },
    run,
  }),
  command({
    name: 'focus start',
    summary: 'command.focus.start.summary',
    reply: 'private',
    options: { aim: { type: 'string', max: 100, about: 'option.aim.about' } },
    run,
  }),
  command({
    name: 'help',
    summary: 'command.help.summary',
    reply: 'private',
    options: { command: { type: 'string', max: 50, about: 'option.command.about' } },
    run,
  }),
]

export function sample(name: string): Command {
  const found = samples.find((one) => one.name === name)
  if (!found) throw new Error(`There is no sample ${name}.`)
  return found
}
