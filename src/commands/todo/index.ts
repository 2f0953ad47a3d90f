import { actingPerson } from '../../domain/people/person.queries.ts'
import { addLine, tickLine } from '../../domain/todos/todo.actions.ts'
import { openLines } from '../../domain/todos/todo.queries.ts'
import { longestLine, written } from '../../domain/todos/todo.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Text } from '../../locales/text.ts'
import { message } from '../../screens/room.ts'
import { todoList } from '../../screens/todo.ts'
import { type Command, command } from '../command.ts'

const shown = async (ctx: Ctx, ...said: readonly Text[]) => todoList(await openLines(ctx, actingPerson(ctx)), ...said)

const add = command({
  name: 'todo add',
  summary: 'command.todo.add.summary',
  reply: 'private',
  options: { text: { type: 'string', max: longestLine, required: true, about: 'option.text.about' } },
  async run(tx, { text }) {
    return shown(tx, message('todo.added', { line: written(await addLine(tx, text)) }))
  },
})

const list = command({
  name: 'todo list',
  summary: 'command.todo.list.summary',
  reply: 'private',
  options: {},
  look: (ctx) => shown(ctx),
})

const done = command({
  name: 'todo done',
  summary: 'command.todo.done.summary',
  reply: 'private',
  listed: false,
  options: { line: { type: 'string', max: longestLine, required: true, about: 'option.line.about' } },
  async run(tx, { line }) {
    return shown(tx, message('todo.done', { line: written(await tickLine(tx, line)) }))
  },
})

export const todo: readonly Command[] = [add, list, done]
