import { after } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/context.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { endVoiceTimeOf, openVoiceTime } from './voice-time.actions.ts'

/**
 * Lets what a person starts now earn before the voice channel they sit in, which was there first: its time is counted up to now, and
 * goes on behind what was started. So an aim that is told in voice is not earned away by the channel.
 */
export async function giveWay(tx: Tx, person: PersonId): Promise<void> {
  const open = await tx.db
    .selectFrom('presence_interval as i')
    .innerJoin('solo_session as o', 'o.id', 'i.solo_id')
    .select(['o.id', 'o.workspace_id', 'o.channel', 'o.channel_name'])
    .where('i.user_id', '=', person)
    .where('i.ended_at', 'is', null)
    .where('i.away_since', 'is', null)
    .where('o.kind', '=', 'voice')
    .execute()
  for (const { id, workspace_id: workspace, channel, channel_name: name } of open) {
    if (workspace === null || channel === null) continue
    await endVoiceTimeOf(tx, [{ person, workspace, at: tx.now }])
    const { state } = await tx.db.selectFrom('solo_session').select('state').where('id', '=', id).executeTakeFirstOrThrow()
    // Somebody else is just changing it: it stays what they make of it.
    if (state !== 'ended') continue
    const there = { id: channel, name: name ?? '', category: null, isAfk: false }
    await openVoiceTime(tx, [{ person, workspace, kind: 'voice', channel: there, at: after(tx.now, 1) }])
  }
}
