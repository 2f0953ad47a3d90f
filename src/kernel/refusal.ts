import type { MessageKey, Words } from '../locales/text.ts'
import type { Press } from './press.ts'

export type RefusalKind = 'missing' | 'forbidden' | 'conflict' | 'invalid'
export type WayOut = { readonly label: MessageKey; readonly press: Press }

/**
 * A clear no to a person: thrown in the domain without a language, put into words once, at the door.
 * Whatever else is thrown is a bug. A way out is offered under the sentence as a button.
 */
export class Refusal extends Error {
  readonly kind: RefusalKind
  readonly key: MessageKey
  readonly words: Words
  readonly wayOut: WayOut | null

  constructor(kind: RefusalKind, key: MessageKey, words: Words = {}, wayOut: WayOut | null = null) {
    super(key)
    this.name = 'Refusal'
    this.kind = kind
    this.key = key
    this.words = words
    this.wayOut = wayOut
  }
}
