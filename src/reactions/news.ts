import { sql } from 'kysely'
import type { Addressed } from '../deliveries/delivery.ts'
import { isAudible } from '../domain/workspaces/settings.queries.ts'
import type { WorkspaceId } from '../kernel/ids.ts'
import type { Reaction } from './index.ts'

/** What a moderator did for everyone is public: said in the news channel of each workspace where the room lives, unless it was said there. */
export const publish: Reaction<'room.credited'> = async (tx, events) => {
  const found = await Promise.all(
    events.map(async ({ id, room, said }) => {
      const { rows } = await sql<{ workspace: WorkspaceId; platform: Addressed['platform'] }>`
        select w.id as workspace, w.platform from room_binding b join room r on r.id = b.room_id join workspace w on w.id = b.workspace_id
        where r.id = ${room}::uuid and not r.is_private and w.platform <> 'web' and w.uninstalled_at is null and ${isAudible(tx.now)}
          and w.announcement_channel is not null and w.announcement_channel is distinct from ${said}`.execute(tx.db)
      return rows.map(({ workspace, platform }): Addressed => ({ platform, delivery: { kind: 'news', workspace, event: id } }))
    }),
  )
  return found.flat()
}
