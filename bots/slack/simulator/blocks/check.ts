import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import { isJson, type Json, jsonList } from '../json.ts'
import { surfaces } from './surfaces.ts'

/** What Slack answers in response_metadata.messages: one line per fault, with a pointer to its place. */
export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly messages: readonly string[] }

/** Checks the blocks of a message and gives names to those that have none. */
export function checkMessageBlocks(blocks: unknown): Checked<readonly Json[]> {
  const checked = surfaces.message.safeParse(blocks)
  if (!checked.success) return { ok: false, messages: faultsOf(checked.error, '/blocks') }
  const named = nameBlocks(jsonList(blocks))
  const doubles = doublesIn(named, '/blocks')
  return doubles.length > 0 ? { ok: false, messages: doubles } : { ok: true, value: named }
}

/** Checks a modal or a home and gives names to the blocks that have none. */
export function checkView(type: 'modal' | 'home', view: unknown): Checked<Json> {
  const checked = surfaces[type].safeParse(view)
  if (!checked.success || !isJson(view))
    return { ok: false, messages: checked.error ? faultsOf(checked.error, '/view') : ['[ERROR] must be an object [json-pointer:/view]'] }
  const blocks = nameBlocks(jsonList(view.blocks))
  const doubles = doublesIn(blocks, '/view/blocks')
  return doubles.length > 0 ? { ok: false, messages: doubles } : { ok: true, value: { ...view, blocks } }
}

const faultsOf = (error: z.ZodError, at: string): string[] =>
  error.issues.map((issue) => `[ERROR] ${issue.message} [json-pointer:${[at, ...issue.path.map(String)].join('/')}]`)

const newName = (): string => randomBytes(3).toString('hex')
const nameElement = (element: Json): Json =>
  typeof element.action_id === 'string' || element.type === 'image' || element.type === 'mrkdwn' || element.type === 'plain_text'
    ? element
    : { ...element, action_id: newName() }

/** Slack fills in a missing block_id and action_id with a random one. */
function nameBlocks(blocks: readonly Json[]): readonly Json[] {
  return blocks.map((block) => ({
    ...block,
    block_id: block.block_id ?? newName(),
    ...(block.type === 'actions' ? { elements: jsonList(block.elements).map(nameElement) } : {}),
    ...(isJson(block.accessory) ? { accessory: nameElement(block.accessory) } : {}),
    ...(isJson(block.element) ? { element: nameElement(block.element) } : {}),
  }))
}

/** A block_id is unique on its surface, an action_id within its block. */
function doublesIn(blocks: readonly Json[], at: string): string[] {
  const seen = new Set<unknown>()
  return blocks.flatMap((block, place) => {
    const faults: string[] = []
    if (seen.has(block.block_id)) faults.push(`[ERROR] block_id already exists [json-pointer:${at}/${place}/block_id]`)
    seen.add(block.block_id)
    const actions = new Set<unknown>()
    for (const [index, element] of jsonList(block.elements).entries()) {
      if (element.action_id !== undefined && actions.has(element.action_id))
        faults.push(`[ERROR] action_id already exists [json-pointer:${at}/${place}/elements/${index}/action_id]`)
      actions.add(element.action_id)
    }
    return faults
  })
}
