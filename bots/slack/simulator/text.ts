import { isJson, type Json, jsonList } from './json.ts'
import { unescapeText } from './mrkdwn.ts'
import type { Message, View } from './world.ts'

/** What a person can read of a message or view, one line per piece of text; buttons and choices in brackets. */
export function textOf(shown: Message | View | null): string {
  if (shown === null) return ''
  if ('spec' in shown) {
    const { title, submit, close } = shown.spec
    return [wordsOf(title), ...linesOf(jsonList(shown.spec.blocks)), bracketed(submit), bracketed(close)]
      .filter((line) => line !== '')
      .join('\n')
  }
  return (shown.blocks.length === 0 ? [unescapeText(shown.text)] : linesOf(shown.blocks)).join('\n')
}

function wordsOf(value: unknown): string {
  if (!isJson(value) || typeof value.text !== 'string') return ''
  return value.type === 'plain_text' ? value.text : unescapeText(value.text)
}

const bracketed = (value: unknown): string => (wordsOf(value) === '' ? '' : `[${wordsOf(value)}]`)

function linesOf(blocks: readonly Json[]): string[] {
  const lines: string[] = []
  const add = (line: string): void => {
    if (line !== '') lines.push(line)
  }
  const walk = (value: unknown, inElement: boolean): void => {
    if (Array.isArray(value)) for (const one of value) walk(one, inElement)
    if (!isJson(value)) return
    const isText = value.type === 'plain_text' || value.type === 'mrkdwn'
    if (isText) {
      add(inElement ? bracketed(value) : wordsOf(value))
      return
    }
    if (typeof value.text === 'string') add(unescapeText(value.text))
    if (typeof value.alt_text === 'string') add(`(${value.alt_text})`)
    if (typeof value.initial_value === 'string') add(`[${value.initial_value}]`)
    for (const [field, inner] of Object.entries(value)) {
      if (field !== 'confirm' && !field.startsWith('initial_')) walk(inner, inElement || typeof value.action_id === 'string')
    }
  }
  walk(blocks, false)
  return lines
}
