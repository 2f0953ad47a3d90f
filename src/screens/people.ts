import type { PersonId } from '../kernel/ids.ts'
import type { Text } from '../locales/text.ts'
import { textsIn } from './charts/texts.ts'
import type { Block, Screen } from './screen.ts'

/** Everybody whom the screen names, each once: their names are looked up before it is drawn. */
export const peopleIn = (screen: Screen): ReadonlySet<PersonId> => new Set(textsOf(screen).flatMap(peopleInText))

/** Everybody whom the text names. */
export function peopleInText(text: Text): PersonId[] {
  if (typeof text === 'string') return []
  if ('person' in text) return [text.person]
  if (!('key' in text)) return []
  return Object.values(text.words ?? {}).flatMap((word) => (typeof word === 'object' ? peopleInText(word) : []))
}

const textsOf = (screen: Screen): Text[] => [screen.title, ...(screen.state ? [screen.state] : []), ...screen.blocks.flatMap(textsOfBlock)]

function textsOfBlock(block: Block): Text[] {
  switch (block.kind) {
    case 'lines':
      return [...block.lines]
    case 'facts':
      return block.facts.flatMap((fact) => [fact.label, fact.value])
    case 'picture':
      return [block.alt, ...textsIn(block.picture)]
    case 'meter':
      return [block.text]
    case 'table':
      return [...block.columns.map((column) => column.label), ...block.rows.flat(), block.empty]
    case 'buttons':
      return block.buttons.map((button) => button.label)
    case 'select':
      return [block.label, ...block.choices.flatMap((choice) => (choice.about ? [choice.label, choice.about] : [choice.label]))]
  }
  return block satisfies never
}
