import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes } from 'discord.js'
import type { FaultKind } from '../../src/db/schema.ts'
import type { Outcome } from '../../src/deliveries/delivery.ts'

/** Answers after which nothing can reach the place any more, in words for the operator. */
const ends: Readonly<Record<number, string>> = {
  [RESTJSONErrorCodes.UnknownChannel]: 'the channel is deleted',
  [RESTJSONErrorCodes.UnknownMessage]: 'the message is deleted',
  [RESTJSONErrorCodes.UnknownUser]: 'the person is deleted',
  [RESTJSONErrorCodes.MissingAccess]: 'the channel may not be seen',
  [RESTJSONErrorCodes.MissingPermissions]: 'a permission is missing',
  [RESTJSONErrorCodes.CannotSendMessagesToThisUser]: 'the person takes no direct messages',
  [RESTJSONErrorCodes.InvalidActionOnArchivedThread]: 'the thread is archived',
  [RESTJSONErrorCodes.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds]: 'the person shares no server with the bot',
}

/** Of these the people of the server can mend the cause. */
const faults: Readonly<Record<number, FaultKind>> = {
  [RESTJSONErrorCodes.UnknownChannel]: 'gone',
  [RESTJSONErrorCodes.MissingAccess]: 'permission',
  [RESTJSONErrorCodes.MissingPermissions]: 'permission',
  [RESTJSONErrorCodes.InvalidActionOnArchivedThread]: 'archived',
}

/** How long to wait after an answer that names no time, in milliseconds. */
const outageWait = 5000

/** What a request gave, or why it gave nothing. */
export type Tried<T> = { readonly gave: T } | Exclude<Outcome, 'sent'>

/**
 * What became of a request to Discord. The client has already waited for short rate limits and tried three times against
 * server errors; what still fails is for later. A request that Discord calls malformed is a bug and is thrown.
 */
export async function tried<T>(sending: Promise<T>): Promise<Tried<T>> {
  try {
    return { gave: await sending }
  } catch (error) {
    if (error instanceof RateLimitError) return { retryAfter: error.retryAfter }
    if (error instanceof HTTPError || isNetworkError(error)) return { retryAfter: outageWait }
    const code = error instanceof DiscordAPIError ? Number(error.code) : 0
    const [why, fault] = [ends[code], faults[code]]
    if (why === undefined) throw error
    return { gone: why, ...(fault === undefined ? {} : { fault }) }
  }
}

export async function outcomeOf(sending: Promise<unknown>): Promise<Outcome> {
  const done = await tried(sending)
  return 'gave' in done ? 'sent' : done
}

/** Failures of sockets and names carry a code (ECONNRESET, UND_ERR_SOCKET); a request that took too long is aborted. */
const isNetworkError = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'AbortError' || ('code' in error && typeof error.code === 'string' && /^(?!ERR_)(E[A-Z]|UND_)/.test(error.code)))
