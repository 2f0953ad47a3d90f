import type { Tx } from '../../kernel/context.ts'
import type { PersonId } from '../../kernel/ids.ts'

/** What a change of sessions did to one own day of a person; seconds are counted focus, `sessions` is the difference. */
export type DayChange = {
  readonly person: PersonId
  readonly day: string
  readonly focusBefore: number
  readonly focusAfter: number
  readonly sessions: number
}

export async function progress(_tx: Tx, _changes: readonly DayChange[]): Promise<void> {}
