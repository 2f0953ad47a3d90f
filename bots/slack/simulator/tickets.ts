import { randomBytes } from 'node:crypto'

/** A trigger_id lets the app open one view within 3 s of what the person did. */
type Trigger = { readonly team: string; readonly user: string; readonly at: number; used: boolean }
/** A response_url lets the app answer where the person acted, 5 times within 30 minutes. */
export type ReplyUrl = {
  readonly id: string
  readonly team: string
  readonly user: string
  readonly channel: string
  messageTs: string | null
  readonly at: number
  uses: number
}

const TRIGGER_MS = 3_000
const REPLY_MS = 30 * 60_000
const REPLY_USES = 5

export type Tickets = {
  trigger(team: string, user: string): string
  /** The trigger, now spent; else why it can't be used. */
  spendTrigger(id: string): Trigger | 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id'
  reply(team: string, user: string, channel: string, messageTs: string | null): string
  /** Names the message that replace_original and delete_original of this address mean. */
  remember(id: string, messageTs: string): void
  /** The reply address, one use counted; else why it can't be used. */
  spendReply(id: string): ReplyUrl | 'invalid_url' | 'expired_url' | 'used_url'
}

const newKey = (): string => randomBytes(12).toString('hex')

export function createTickets(now: () => number): Tickets {
  const triggers = new Map<string, Trigger>()
  const replies = new Map<string, ReplyUrl>()

  /** Maps keep the order of insertion, so the oldest come first: those long dead are forgotten. */
  const forget = (tickets: Map<string, { readonly at: number }>, ageMs: number): void => {
    for (const [id, ticket] of tickets) {
      if (now() - ticket.at <= ageMs) return
      tickets.delete(id)
    }
  }

  return {
    trigger: (team, user) => {
      forget(triggers, 60_000)
      const id = `${Math.floor(now())}.${newKey()}`
      triggers.set(id, { team, user, at: now(), used: false })
      return id
    },
    spendTrigger: (id) => {
      const trigger = triggers.get(id)
      if (!trigger) return 'invalid_trigger_id'
      if (now() - trigger.at > TRIGGER_MS) return 'expired_trigger_id'
      if (trigger.used) return 'exchanged_trigger_id'
      trigger.used = true
      return trigger
    },
    reply: (team, user, channel, messageTs) => {
      forget(replies, 2 * REPLY_MS)
      const id = newKey()
      replies.set(id, { id, team, user, channel, messageTs, at: now(), uses: 0 })
      return id
    },
    remember: (id, messageTs) => {
      const reply = replies.get(id)
      if (reply) reply.messageTs = messageTs
    },
    spendReply: (id) => {
      const reply = replies.get(id)
      if (!reply) return 'invalid_url'
      if (now() - reply.at > REPLY_MS) return 'expired_url'
      if (reply.uses >= REPLY_USES) return 'used_url'
      reply.uses += 1
      return reply
    },
  }
}
