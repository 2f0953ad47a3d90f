import type { Deed } from '../deeds.ts'
import type { Simulation } from '../simulation.ts'
import { textOf } from '../text.ts'
import type { Reply } from '../wire.ts'
import type { Channel, Message, User, View } from '../world.ts'

/** What a person saw after they did something. */
export type Answer = {
  /** Slack's own error (operation_timeout, dispatch_failed); null when the app answered in time. */
  readonly error: string | null
  /** Faults shown in a form, by block_id. */
  readonly errors: Readonly<Record<string, string>>
  /** The message that appeared or changed, ephemeral or not. */
  readonly message: Message | null
  /** The modal that opened or changed, or the home that was drawn. */
  readonly view: View | null
  /** All of it as words; '' when nothing was to be seen. */
  readonly text: string
}

const NOTHING: Answer = { error: null, errors: {}, message: null, view: null, text: '' }

/** Where the answer to an act may show itself. */
export type Act = {
  readonly user: User
  readonly channel: Channel | null
  readonly message: Message | null
  readonly vias: readonly string[]
  readonly seesHome: boolean
}

/** Slack's error as the person reads it. */
export const failed = (what: string, error: string): Answer => ({ ...NOTHING, error, text: `${what} failed with the error "${error}"` })
export const refused = (errors: Readonly<Record<string, string>>): Answer => ({
  ...NOTHING,
  errors,
  text: Object.values(errors).join('\n'),
})
export const shown = (message: Message | null, view: View | null): Answer => ({ ...NOTHING, message, view, text: textOf(message ?? view) })

/**
 * Sends an act and waits for what the person sees of it: the answer in the acknowledgement, or the first thing the app shows them
 * from then on, for as long as a person is patient.
 */
export async function act(
  sim: Simulation,
  what: string,
  where: Act,
  send: () => Promise<Reply>,
  inAck: (reply: Reply & { ok: true }) => Answer | null,
): Promise<Answer> {
  let seen: Deed | null = null
  let notice: (() => void) | null = null
  const stop = sim.deeds.watch((deed) => {
    if (seen !== null || !answers(deed, where)) return
    seen = deed
    notice?.()
  })
  try {
    const reply = await send()
    if (!reply.ok) return failed(what, reply.error)
    const direct = inAck(reply)
    if (direct) return direct
    if (seen === null && sim.deadlines.patienceMs > 0) {
      await new Promise<void>((resolve) => {
        const tired = setTimeout(resolve, sim.deadlines.patienceMs)
        notice = () => {
          clearTimeout(tired)
          resolve()
        }
      })
    }
    return fromDeed(seen)
  } finally {
    stop()
  }
}

const fromDeed = (deed: Deed | null): Answer => (deed === null ? NOTHING : shown(deed.what === 'deleted' ? null : deed.message, deed.view))

function answers(deed: Deed, where: Act): boolean {
  if (deed.team !== where.user.team) return false
  if (deed.via !== null) return where.vias.includes(deed.via)
  if (deed.view !== null) return deed.view.user === where.user.id && (deed.what === 'published' ? where.seesHome : true)
  if (deed.user !== null) return deed.user === where.user.id
  if (deed.what === 'posted') return deed.channel === where.channel?.id
  return deed.message !== null && deed.message.ts === where.message?.ts
}
