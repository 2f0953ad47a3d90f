import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import { after, minutes } from '../../src/kernel/clock.ts'
import type { Installed } from './installed.ts'
import { type Pictured, pictured } from './pictures.ts'
import { type Trouble, troubleOf } from './refusals.ts'
import type { Drawn } from './render.ts'

export type Posted = { readonly channel: string; readonly ts: string }
export type Failed = { readonly trouble: Trouble }

/**
 * `key` is the same for every attempt at the same post, `thread` the message it answers. `again`: another process may have posted it
 * and died before it could say so.
 */
type Post = {
  readonly channel: string
  readonly key: string
  readonly drawn: Drawn
  readonly thread?: string
  readonly patienceMilliseconds?: number
  readonly again?: boolean
}

/** How our own messages are told apart when an answer was lost: https://docs.slack.dev/messaging/message-metadata */
const eventType = 'focus_mate_post'
const attempts = 3
const afterLostMilliseconds = 300
/** How long to wait between attempts until Slack has looked at a picture. */
const untilLookedAtMilliseconds = [300, 700, 1_500] as const
/** Slack's clock and ours may differ, so the look back begins a little earlier. */
const lookBackSeconds = 60
const lookBackMessages = 50
/** A job of a process that died is worked again within seconds, and within minutes when all were down. */
const deadMilliseconds = minutes(10)
const mostDoubtful = 1_000

export const isFailed = <T extends object>(result: T | Failed): result is Failed => 'trouble' in result

/**
 * Writes in Slack. Slack's posting has no key that makes it happen once, so a post whose answer was lost is looked for
 * in the channel before it is sent again.
 */
export function createPosts(now: () => Date, log: Logger) {
  /** Keys whose post may or may not stand there, with the time of the first attempt. */
  const doubtful = new Map<string, Date>()

  async function post(installed: Installed, post: Post): Promise<Posted | Failed> {
    const made = await pictured(installed, post.drawn, log)
    return made === null ? postOnce(installed, { ...post, drawn: wordsOf(post.drawn) }) : postPictured(installed, post, made)
  }

  /** Slack looks at a new file only after it was handed over, and refuses the message until it has: https://github.com/slackapi/java-slack-sdk/issues/1349 */
  async function postPictured(installed: Installed, post: Post, { drawn, plain }: Pictured): Promise<Posted | Failed> {
    for (const pause of untilLookedAtMilliseconds) {
      const posted = await postOnce(installed, { ...post, drawn })
      if (!isFailed(posted) || !isRefusedBlock(posted.trouble)) return posted
      await wait(pause)
    }
    return postOnce(installed, { ...post, drawn: plain })
  }

  async function postOnce(installed: Installed, post: Post): Promise<Posted | Failed> {
    let patience = post.patienceMilliseconds ?? 0
    let last: Trouble = { kind: 'lost', retryAfter: afterLostMilliseconds }
    const began = now()
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const since = doubtful.get(post.key) ?? (post.again ? after(began, -deadMilliseconds) : undefined)
      const found = since ? await find(installed, post, since) : null
      if (found && isFailed(found) && found.trouble.kind !== 'refused') return found
      const result = found && !isFailed(found) ? found : await send(installed, post)
      if (!isFailed(result)) {
        doubtful.delete(post.key)
        return result
      }
      last = result.trouble
      if (last.kind !== 'lost' && last.kind !== 'wait') return result
      if (last.kind === 'lost') remember(post.key, since ?? began)
      const pause = last.kind === 'lost' ? afterLostMilliseconds : last.retryAfter
      if (last.kind === 'wait' && pause > patience) return result
      patience -= pause
      await wait(pause)
    }
    return { trouble: last }
  }

  function remember(key: string, since: Date): void {
    doubtful.set(key, since)
    const oldest = doubtful.keys().next()
    if (doubtful.size > mostDoubtful && !oldest.done) doubtful.delete(oldest.value)
  }

  return {
    post,
    pictured: (installed: Installed, drawn: Drawn) => pictured(installed, drawn, log),
    postPictured,
    /** Draws a message anew, in words alone. Doing it twice changes nothing, so a lost answer needs no look. */
    update: (installed: Installed, at: Posted, drawn: Drawn) =>
      tried(installed, () => installed.client.chat.update({ ...at, ...wordsOf(drawn) })),
    remove: (installed: Installed, at: Posted) => tried(installed, () => installed.client.chat.delete(at)),
    /** The direct conversation with a person, by its id. */
    direct: async (installed: Installed, user: string): Promise<{ readonly channel: string } | Failed> => {
      const opened = await tried(installed, () => installed.client.conversations.open({ users: user }))
      if (isFailed(opened)) return opened
      const id = opened.channel?.id
      return id === undefined ? { trouble: { kind: 'refused', code: 'no_channel' } } : { channel: id }
    },
    /** How many messages stand below this one, at most `most`; null where the app may not look. */
    below: async (installed: Installed, at: Posted, most: number): Promise<number | null> => {
      const page = await tried(installed, () => installed.client.conversations.history({ channel: at.channel, oldest: at.ts, limit: most }))
      return isFailed(page) ? null : (page.messages?.length ?? 0)
    },
    tried,
  }
}

const isRefusedBlock = (trouble: Trouble): boolean => 'code' in trouble && trouble.code === 'invalid_blocks'

/** A message without what only Slack's files can show. */
const wordsOf = ({ text, blocks }: Drawn): Drawn => ({ text, blocks })

export type Posts = ReturnType<typeof createPosts>

async function send(installed: Installed, { channel, key, drawn, thread }: Post): Promise<Posted | Failed> {
  const result = await tried(installed, () =>
    installed.client.chat.postMessage({
      channel,
      ...drawn,
      ...(thread === undefined ? {} : { thread_ts: thread }),
      unfurl_links: false,
      unfurl_media: false,
      metadata: { event_type: eventType, event_payload: { key } },
    }),
  )
  if (isFailed(result)) return result
  return result.ts === undefined
    ? { trouble: { kind: 'lost', retryAfter: afterLostMilliseconds } }
    : { channel: result.channel ?? channel, ts: result.ts }
}

/** The post of this key if it stands in the channel already. */
async function find(installed: Installed, { channel, key, thread }: Post, since: Date): Promise<Posted | Failed | null> {
  const where = {
    channel,
    oldest: String(Math.floor(since.getTime() / 1000) - lookBackSeconds),
    limit: lookBackMessages,
    include_all_metadata: true,
  }
  const { conversations } = installed.client
  const page = await tried(installed, () =>
    thread === undefined ? conversations.history(where) : conversations.replies({ ...where, ts: thread }),
  )
  if (isFailed(page)) return page
  const ts = page.messages?.find((message) => isKeyed(message.metadata, key))?.ts
  return ts === undefined ? null : { channel, ts }
}

function isKeyed(metadata: { readonly event_payload?: unknown } | undefined, key: string): boolean {
  const payload = metadata?.event_payload
  return typeof payload === 'object' && payload !== null && 'key' in payload && payload.key === key
}

/** What the call gave, or why it did not. A dead token ends the installation. */
async function tried<T extends object>(installed: Installed, call: () => Promise<T>): Promise<T | Failed> {
  try {
    return await call()
  } catch (error) {
    const trouble = troubleOf(error)
    if (trouble.kind === 'uninstalled') await installed.leave(trouble.code)
    return { trouble }
  }
}
