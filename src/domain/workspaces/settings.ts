import type { Selectable } from 'kysely'
import type { DB } from '../../db/schema.ts'

export type WorkspaceSettings = Selectable<DB['workspace']>

/** A trial records and is silent for so long. */
export const trialDays = 7
