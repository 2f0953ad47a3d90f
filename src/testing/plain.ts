import type { Text } from '../locales/text.ts'
import { plainPen, type Reader, write } from '../locales/write.ts'
import type { Block, Screen } from '../screens/screen.ts'

/** A screen as a person reads it, line by line; buttons and choices stand in brackets. */
export function plainText(screen: Screen, reader: Reader): string {
  const say = (text: Text): string => write(text, reader, plainPen)
  const block = (one: Block): readonly string[] => {
    switch (one.kind) {
      case 'lines':
        return one.lines.map(say)
      case 'facts':
        return one.facts.map(({ label, value }) => `${say(label)}: ${say(value)}`)
      case 'picture':
        return [say(one.alt)]
      case 'meter':
        return [say(one.text)]
      case 'table':
        return one.rows.length === 0 ? [say(one.empty)] : one.rows.map((row) => row.map(say).join(' | '))
      case 'buttons':
        return [one.buttons.map(({ label }) => `[${say(label)}]`).join(' ')]
      case 'select':
        return [`${say(one.label)}: ${one.choices.map(({ label }) => `(${say(label)})`).join(' ')}`]
      default:
        return one satisfies never
    }
  }
  const title = screen.state === undefined ? say(screen.title) : `${say(screen.title)} — ${say(screen.state)}`
  return [title, ...screen.blocks.flatMap(block)].join('\n')
}
