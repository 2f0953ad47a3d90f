import type { BlockAction, GlobalShortcut, SlashCommand } from '@slack/bolt'
import type { Place } from '../../src/kernel/context.ts'
import type { Installed } from './installed.ts'
import type { Account } from './people.ts'

/** A message to a response_url: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
export type Respond = (message: Record<string, unknown>) => Promise<unknown>

/** Where somebody did something, and so where the answer belongs. */
export type Spot = {
  readonly installed: Installed
  readonly account: Account
  /** Null in App Home, in modals without a channel and in direct messages. */
  readonly channel: { readonly id: string; readonly name: string } | null
  /** The direct conversation it was said in, if it was. */
  readonly direct: string | null
  readonly respond: Respond | null
  /** Opens one view within three seconds. */
  readonly trigger: string | null
  readonly on:
    | { readonly kind: 'command' | 'shortcut' | 'home' | 'form' }
    | { readonly kind: 'message'; readonly ts: string; readonly isPrivate: boolean }
    | { readonly kind: 'modal'; readonly view: string }
}

/** Whether they pressed in a message that only they see, which the answer may replace. */
export const isPrivate = ({ on }: Spot): boolean => on.kind === 'message' && on.isPrivate

export const placeOf = (spot: Pick<Spot, 'channel'>): Place | null =>
  spot.channel ? { platform: 'slack', channel: spot.channel.id } : null

/** Slack's ids tell what kind of place it is: D is a direct conversation. */
export function whereabouts(id: string | undefined, name: string | undefined): Pick<Spot, 'channel' | 'direct'> {
  if (id === undefined) return { channel: null, direct: null }
  return id.startsWith('D') ? { channel: null, direct: id } : { channel: { id, name: name ?? '' }, direct: null }
}

export const spotOfCommand = (installed: Installed, command: SlashCommand, respond: Respond): Spot => ({
  installed,
  account: { team: installed.team, user: command.user_id, name: command.user_name },
  ...whereabouts(command.channel_id, command.channel_name),
  respond,
  trigger: command.trigger_id,
  on: { kind: 'command' },
})

export const spotOfShortcut = (installed: Installed, { user, trigger_id }: GlobalShortcut): Spot => ({
  installed,
  account: accountOf(installed, { ...user, name: user.username }),
  channel: null,
  direct: null,
  respond: null,
  trigger: trigger_id,
  on: { kind: 'shortcut' },
})

/** Where a control was touched: in a message, in App Home or in a modal. `respond` is there for messages only. */
export function spotOfAction(installed: Installed, action: BlockAction, respond: Respond | null): Spot {
  const { user, view, channel, container, trigger_id } = action
  const account = accountOf(installed, { ...user, name: user.name ?? user.username })
  const common = { installed, account, trigger: trigger_id }
  if (view) {
    const on = view.type === 'home' ? ({ kind: 'home' } as const) : ({ kind: 'modal', view: view.id } as const)
    return { ...common, channel: null, direct: null, respond: null, on }
  }
  const on = {
    kind: 'message',
    ts: String(container.message_ts ?? action.message?.ts ?? ''),
    isPrivate: container.is_ephemeral === true,
  } as const
  return { ...common, ...whereabouts(channel?.id, channel?.name), respond, on }
}

/** In a shared channel somebody's home may be another workspace than the one whose app they use. */
export const accountOf = (
  installed: Installed,
  user: { readonly id: string; readonly team_id?: string; readonly name: string },
): Account => ({
  team: user.team_id ?? installed.team,
  user: user.id,
  name: user.name,
})
