import { isJson, type Json, jsonList, textField } from '../json.ts'

/** Something on a surface that a person can touch. */
export type Touchable = { readonly block: Json; readonly element: Json; readonly label: string; readonly isInput: boolean }

/** Every button, menu and field of some blocks, in order. */
export function touchablesIn(blocks: readonly Json[]): Touchable[] {
  return blocks.flatMap((block) => {
    const elements = [...(block.type === 'actions' ? jsonList(block.elements) : []), ...[block.accessory, block.element].filter(isJson)]
    return elements
      .filter((element) => typeof element.action_id === 'string')
      .map((element) => ({ block, element, label: labelOf(block, element), isInput: block.type === 'input' }))
  })
}

/** The one a person means: by action_id, by block_id, or by the words on it. Throws with what there is when it is not there. */
export function findTouchable(blocks: readonly Json[], which: string): Touchable {
  const all = touchablesIn(blocks)
  const found =
    all.find((one) => one.element.action_id === which) ??
    all.find((one) => one.label === which) ??
    all.find((one) => one.block.block_id === which)
  if (found) return found
  throw new Error(
    `there is no "${which}" here, only ${all.map((one) => `"${one.label}" (${textField(one.element, 'action_id')})`).join(', ') || 'nothing to touch'}`,
  )
}

function labelOf(block: Json, element: Json): string {
  for (const source of [element.text, block.label, element.placeholder]) {
    if (isJson(source)) return textField(source, 'text')
  }
  return ''
}
