import type { Outcome } from '../../src/deliveries/delivery.ts'
import { readerOf } from '../../src/domain/people/reader.queries.ts'
import { livePanel } from '../../src/domain/rooms/binding.actions.ts'
import { panelDrawn, panelElsewhere, panelGone } from '../../src/domain/rooms/panel.actions.ts'
import { bindingIn, isPanel, livesIn, type PanelPlace, panelPlace, panelTongue, versionOf } from '../../src/domain/rooms/panel.queries.ts'
import { roomView } from '../../src/domain/rooms/room.queries.ts'
import type { App } from '../../src/kernel/context.ts'
import type { BindingId, RoomId } from '../../src/kernel/ids.ts'
import { peopleIn } from '../../src/screens/people.ts'
import { roomPanel } from '../../src/screens/room.ts'
import type { Subject } from '../../src/screens/screen.ts'
import type { Installations, Installed } from './installed.ts'
import { outcomeOf } from './outcome.ts'
import { type Failed, isFailed, type Posted, type Posts } from './posts.ts'
import type { Drawn, Renderer } from './render.ts'

/** The live panels of rooms: one message for each place, whose last state is always that of the room. */
export type Panels = {
  isLive(room: RoomId, at: Posted): Promise<boolean>
  /** Whether the room lives in this channel: elsewhere its panel would never be redrawn. */
  livesIn(room: RoomId, channel: string): Promise<boolean>
  /** The panel as everybody reads it in this channel, whoever asked for it or pressed in it; null where the room does not live, or is private. */
  drawn(room: RoomId, channel: string): Promise<{ readonly drawn: Drawn; readonly shows: Subject } | null>
  /** A message just posted or changed becomes the panel, and the one it replaces is taken away. */
  hang(installed: Installed, shows: Subject, at: Posted): Promise<void>
  /** Redraws the panel, or posts it where there is none. `moved`: it comes down to the bottom if much was said since. */
  refresh(binding: BindingId, moved: boolean): Promise<Outcome>
}

type Fresh = {
  readonly installed: Installed
  readonly place: PanelPlace
  readonly drawn: Drawn
  readonly version: number
  readonly isSecret: boolean
}

/** A panel comes down only after so many other messages. */
const crowdedAfter = 30

export function createPanels(app: App, installations: Installations, posts: Posts, renderer: Renderer): Panels {
  async function hang(installed: Installed, shows: Subject, at: Posted): Promise<void> {
    const panel = { room: shows.room, version: shows.version, platform: 'slack', channel: at.channel, message: at.ts } as const
    const hung = await app.write('clock', null, async (tx) => {
      if (isDirect(at.channel)) await panelElsewhere(tx, shows.room, installed.workspace, at.channel)
      return livePanel(tx, panel)
    })
    if (hung === null) return
    if (hung.replaced) await takeAway(installed, { channel: hung.replaced.channel, ts: hung.replaced.message })
    // The room may have moved on while the message was on its way, and been drawn before it.
    if ((await newest(shows.room)) !== shows.version) await refresh(hung.binding, false)
  }

  async function refresh(binding: BindingId, moved: boolean): Promise<Outcome> {
    const fresh = await draw(binding)
    if (fresh === null) return { gone: 'the room no longer lives there' }
    const { installed, place, drawn, version } = fresh
    const { panel_channel: channel, panel_message: ts } = place
    if (fresh.isSecret) return hide(fresh)
    if (channel === null || ts === null) return post(fresh)
    const at = { channel, ts }
    if (moved && ((await posts.below(installed, at, crowdedAfter)) ?? 0) >= crowdedAfter) return post(fresh)
    if (place.panel_version === version) return 'sent'
    const updated = await posts.update(installed, at, drawn)
    if (isFailed(updated)) return afterFailure(fresh, ts, updated)
    await app.write('clock', null, (tx) => panelDrawn(tx, binding, ts, version))
    // Another drawing of the same panel may have overtaken this one.
    return (await newest(place.room_id)) === version ? 'sent' : refresh(binding, false)
  }

  const newest = (room: RoomId): Promise<number> => app.read((ctx) => versionOf(ctx, room))

  /** A panel that moved meanwhile is drawn where it is now; one that somebody deleted is not forced on them again. */
  async function afterFailure({ place }: Fresh, ts: string, failed: Failed): Promise<Outcome> {
    const now = await app.read((ctx) => panelPlace(ctx, place.id))
    if (now?.panel_message && now.panel_message !== ts) return refresh(place.id, false)
    if (failed.trouble.kind === 'gone') await app.write('clock', null, (tx) => panelGone(tx, place.id, ts))
    return outcomeOf(failed)
  }

  async function draw(binding: BindingId): Promise<Fresh | null> {
    const found = await app.read(async (ctx) => {
      const place = await panelPlace(ctx, binding)
      const view = place && (await roomView(ctx, place.room_id))
      if (!place || !view) return null
      const screen = roomPanel(view, ctx.now)
      const reader = await readerOf(ctx, await panelTongue(ctx, place, view.room.host_id), peopleIn(screen))
      return { place, drawn: renderer.message(screen, reader), version: view.timer.version, isSecret: view.room.is_private }
    })
    const installed = found && (await installations.of(found.place.external))
    return found && installed ? { ...found, installed } : null
  }

  async function drawnIn(room: RoomId, channel: string): ReturnType<Panels['drawn']> {
    const binding = await app.read((ctx) => bindingIn(ctx, room, 'slack', channel))
    const fresh = binding === null ? null : await draw(binding)
    return fresh === null || fresh.isSecret ? null : { drawn: fresh.drawn, shows: { room, version: fresh.version } }
  }

  async function post({ installed, place, drawn, version }: Fresh): Promise<Outcome> {
    const channel = place.panel_channel ?? place.channel
    if (channel === null) return { gone: 'the room has no channel here' }
    const posted = await posts.post(installed, { channel, drawn, key: `panel ${place.id} ${version} ${place.panel_message}` })
    if (isFailed(posted)) return outcomeOf(posted)
    await hang(installed, { room: place.room_id, version }, posted)
    return 'sent'
  }

  /** A room that became private leaves no panel, also not with somebody who may be put out of it later. */
  async function hide({ installed, place }: Fresh): Promise<Outcome> {
    const { id, panel_channel: channel, panel_message: ts } = place
    if (channel === null || ts === null) return 'sent'
    const removed = await posts.remove(installed, { channel, ts })
    if (isFailed(removed) && removed.trouble.kind !== 'gone') return outcomeOf(removed)
    await app.write('clock', null, (tx) => panelGone(tx, id, ts))
    return 'sent'
  }

  async function takeAway(installed: Installed, at: Posted): Promise<void> {
    const removed = await posts.remove(installed, at)
    if (isFailed(removed)) app.log.debug({ trouble: removed.trouble.kind }, 'An old panel stays')
  }

  return {
    isLive: (room, at) => app.read((ctx) => isPanel(ctx, room, 'slack', at.ts)),
    livesIn: (room, channel) => app.read((ctx) => livesIn(ctx, room, 'slack', channel)),
    drawn: drawnIn,
    hang,
    refresh,
  }
}

/** Slack's ids of direct conversations begin with D. */
const isDirect = (channel: string): boolean => channel.startsWith('D')
