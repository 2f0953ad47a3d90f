import type { FaultKind } from '../db/schema.ts'
import type { Platform } from '../kernel/context.ts'
import type { BindingId, CardId, OccurrenceId, PersonId, RoomId, WorkspaceId } from '../kernel/ids.ts'

/**
 * What must reach a platform. It names things and holds no words: they are made at sending time, in the reader's language.
 * `panel` redraws the live message of a room, `card` that of a reservation; `line` says an event at a binding's announcing place; `notice` tells one person, on the next of their
 * platforms where those tried are closed;
 * `news` says an event in the news channel of a workspace; `voice-status` and `home` keep other places fresh; `status` is what a person's own Slack account shows while they focus; `mute` makes the microphones of a
 * server what they are to be now; `takedown` ends a panel whose binding is gone; `chime`
 * sounds in a voice channel, unless it comes too late after `at` (ISO).
 */
export type Delivery =
  | { readonly kind: 'panel'; readonly binding: BindingId; readonly moved?: true }
  | { readonly kind: 'card'; readonly card: CardId }
  /** `opens`: the room opened by itself, and its panel may not hang yet. */
  | { readonly kind: 'line'; readonly binding: BindingId; readonly event: string; readonly opens?: true }
  | { readonly kind: 'notice'; readonly person: PersonId; readonly event: string; readonly tried?: readonly Platform[] }
  | { readonly kind: 'voice-status'; readonly binding: BindingId }
  | { readonly kind: 'scheduled-event'; readonly occurrence: OccurrenceId }
  | { readonly kind: 'news'; readonly workspace: WorkspaceId; readonly event: string }
  | { readonly kind: 'home'; readonly person: PersonId }
  | { readonly kind: 'status'; readonly person: PersonId }
  | { readonly kind: 'mute'; readonly workspace: WorkspaceId }
  | {
      readonly kind: 'chime'
      readonly workspace: WorkspaceId
      readonly binding: BindingId
      readonly moment: 'focus' | 'break' | 'warning'
      readonly at: string
    }
  | {
      readonly kind: 'takedown'
      readonly workspace: WorkspaceId
      readonly room: RoomId
      readonly channel: string
      readonly message: string
    }

export type DeliveryKind = Delivery['kind']
export type Addressed = { readonly platform: Exclude<Platform, 'web'>; readonly delivery: Delivery }

/** `retryAfter` is in milliseconds. `gone`: the place no longer exists or may not be written to; `why` is for operators. */
export type Outcome = 'sent' | { readonly retryAfter: number } | { readonly gone: string; readonly fault?: FaultKind }

/**
 * A platform's sender: it draws and sends, and never throws for what the platform answered. `again`: a sender before this one may have
 * sent it and died before it could say so. `elsewhere`: only another process of the platform can do it.
 */
export type Surface = {
  readonly platform: Exclude<Platform, 'web'>
  deliver(delivery: Delivery, again: boolean): Promise<Outcome | 'elsewhere'>
}
