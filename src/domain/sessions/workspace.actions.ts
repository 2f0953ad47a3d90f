import { sql } from 'kysely'
import type { Tx } from '../../kernel/context.ts'
import type { WorkspaceId } from '../../kernel/ids.ts'
import { workspaceTally } from './tallies.queries.ts'

/** Counts the days of a workspace again from its sessions: the borders of its days moved with its zone. */
export async function recountWorkspace(tx: Tx, workspace: WorkspaceId): Promise<void> {
  const sessions = sql`select * from session_history where workspace_id = ${workspace}::uuid and session_type = 'work'`
  const columns = sql.raw([...workspaceTally.keys, ...workspaceTally.amounts].join(', '))
  await tx.db.deleteFrom('workspace_day').where('workspace_id', '=', workspace).execute()
  await sql`insert into workspace_day (${columns}) select ${columns} from (${workspaceTally.of(sessions)}) x`.execute(tx.db)
}
