import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api'

/** What a failed call means for us. `lost`: nobody knows whether Slack did it. Times in milliseconds. */
export type Trouble =
  | { readonly kind: 'wait'; readonly retryAfter: number }
  | { readonly kind: 'lost'; readonly retryAfter: number }
  | { readonly kind: 'uninstalled'; readonly code: string }
  | { readonly kind: 'absent' | 'gone' | 'refused'; readonly code: string }

const uninstalled = new Set(['token_revoked', 'account_inactive', 'invalid_auth', 'not_authed', 'token_expired', 'team_access_not_granted'])
/** A private channel the app is not in is `channel_not_found` to it, so both mean that an invitation could help. */
const absent = new Set(['not_in_channel', 'channel_not_found', 'restricted_action'])
const gone = new Set([
  'is_archived',
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'thread_not_found',
  'user_not_found',
  'users_not_found',
  'user_disabled',
  'cannot_dm_bot',
  'user_not_visible',
  'messages_tab_disabled',
])
const passing = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
  'ratelimited',
  'rate_limited',
])
const pauseMilliseconds = 2_000

/** Reads what a call of Slack's client threw. Whatever is no answer of Slack's (a cut line, a 500, half a body) leaves it open whether the deed was done. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof WebAPIRateLimitedError) return { kind: 'wait', retryAfter: Math.max(error.retryAfter, 1) * 1000 }
  if (!(error instanceof WebAPIPlatformError)) return { kind: 'lost', retryAfter: pauseMilliseconds }
  const code = error.data.error
  if (uninstalled.has(code)) return { kind: 'uninstalled', code }
  if (absent.has(code)) return { kind: 'absent', code }
  if (gone.has(code)) return { kind: 'gone', code }
  if (passing.has(code)) return { kind: code.includes('limited') ? 'wait' : 'lost', retryAfter: pauseMilliseconds }
  return { kind: 'refused', code }
}

/** A short name of any error for the log: Slack's code, else the sentence. It holds no payload. */
export function codeOf(error: unknown): string {
  if (error instanceof WebAPIPlatformError) return error.data.error
  return error instanceof Error ? error.message : String(error)
}
