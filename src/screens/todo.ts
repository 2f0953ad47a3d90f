import { mostOpenLines, type Todo, written } from '../domain/todos/todo.ts'
import type { Text } from '../locales/text.ts'
import { button, buttons, lines, message } from './room.ts'
import type { Block, Screen } from './screen.ts'

/** The open lines of a person: one tap starts with a line or ticks it. `said` stands above them. */
export function todoList(todos: readonly Todo[], ...said: readonly Text[]): Screen {
  const choices = todos.map((line) => ({ label: written(line), value: line.id }))
  const choose = (label: 'todo.start' | 'todo.tick', command: string, option: string): Block => ({
    kind: 'select',
    label: message(label),
    inRow: message(`${label}.row`),
    press: { command, args: {} },
    option,
    choices,
  })
  const add = button('todo.add', { command: 'todo add', args: {}, ask: true }, todos.length === 0 ? 'primary' : 'plain')
  return {
    tone: 'calm',
    title: message('todo.title'),
    state: message('todo.count', { count: todos.length, max: mostOpenLines }),
    blocks: [
      ...(said.length === 0 ? [] : [lines(...said)]),
      {
        kind: 'table',
        columns: [{ label: message('todo.column.line') }, { label: message('todo.column.subject') }],
        rows: todos.map(({ text, subject }): readonly Text[] => [text, subject === null ? '' : `#${subject}`]),
        empty: message('todo.empty-list'),
      },
      ...(todos.length === 0 ? [] : [choose('todo.start', 'focus start', 'aim'), choose('todo.tick', 'todo done', 'line')]),
      buttons(add),
    ],
  }
}
