import { type RawBuilder, sql } from 'kysely'
import { piecesOf, workspacePiecesOf } from './pieces.queries.ts'

/** How sessions are cut up before they are summed: by own days and hours, or by the days of workspaces. */
export const cuts = { own: piecesOf, workspace: workspacePiecesOf } as const

/** A table of sums over sessions: `of` computes its rows from pieces. `lists` are sums place by place. */
export type Tally = {
  readonly table: 'user_day' | 'user_topic_day' | 'workspace_day'
  readonly keys: readonly string[]
  readonly amounts: readonly string[]
  readonly lists: readonly string[]
  readonly cut: keyof typeof cuts
  of(pieces: RawBuilder<unknown>): RawBuilder<unknown>
}

export const sumsOf = (tally: Tally, sessions: RawBuilder<unknown>): RawBuilder<unknown> => tally.of(cuts[tally.cut](sessions))

const among = (name: string, ...sources: readonly string[]): string =>
  `coalesce(sum(seconds) filter (where source in (${sources.map((source) => `'${source}'`).join(', ')})), 0)::int as ${name}`
const hours = Array.from({ length: 24 }, (_, hour) => `coalesce(sum(seconds) filter (where hour = ${hour}), 0)`).join(', ')

export const dayTally: Tally = {
  table: 'user_day',
  keys: ['user_id', 'day'],
  amounts: ['room_seconds', 'voice_seconds', 'solo_seconds', 'reported_seconds', 'imported_seconds', 'sessions'],
  lists: ['hours'],
  cut: 'own',
  of: (pieces) => sql`
    select user_id, day, ${sql.raw(among('room_seconds', 'room'))}, ${sql.raw(among('voice_seconds', 'voice'))},
      ${sql.raw(among('solo_seconds', 'solo'))}, ${sql.raw(among('reported_seconds', 'manual', 'self-reported'))},
      ${sql.raw(among('imported_seconds', 'import'))},
      (count(*) filter (where is_last and source <> 'import'))::int as sessions, array[${sql.raw(hours)}]::int[] as hours
    from (${pieces}) piece group by user_id, day`,
}

export const topicTally: Tally = {
  table: 'user_topic_day',
  keys: ['user_id', 'day', 'kind', 'topic'],
  amounts: ['seconds', 'sessions'],
  lists: [],
  cut: 'own',
  of: (pieces) => sql`
    select user_id, day, t.kind, t.topic, sum(seconds)::int as seconds, (count(*) filter (where is_last))::int as sessions
    from (${pieces}) piece
    cross join lateral (values ('room', room_name), ('subject', subject), ('aim', aim)) as t(kind, topic)
    where t.topic is not null and source <> 'import' group by user_id, day, t.kind, t.topic`,
}

export const workspaceTally: Tally = {
  table: 'workspace_day',
  keys: ['workspace_id', 'day'],
  amounts: ['seconds', 'sessions'],
  lists: [],
  cut: 'workspace',
  of: (pieces) => sql`
    select workspace_id, day, sum(seconds)::bigint as seconds, (count(*) filter (where is_last))::int as sessions
    from (${pieces}) piece group by workspace_id, day`,
}
