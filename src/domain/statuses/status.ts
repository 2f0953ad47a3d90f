import type { PersonId } from '../../kernel/ids.ts'

/** The right that somebody gave to set the status of their own Slack account. The token is a secret: it is never logged. */
export type Grant = {
  readonly identity: string
  readonly person: PersonId
  /** Slack's ids. */
  readonly team: string
  readonly user: string
  readonly token: string
  /** The status that we set and have not cleared. */
  readonly status: Status | null
  /** Until when we paused their notifications. */
  readonly snoozedUntil: Date | null
}

/** A status in Slack, which takes it away by itself at `until`. */
export type Status = { readonly text: string; readonly emoji: string; readonly until: Date }

/** What Slack should show of a person: their focus ends at `until` by itself. */
export type Wanted = { readonly until: Date; readonly status: boolean; readonly snooze: boolean }
