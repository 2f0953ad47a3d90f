import type { Outcome } from '../../src/deliveries/delivery.ts'
import { readerOf } from '../../src/domain/people/reader.queries.ts'
import { livePanel } from '../../src/domain/rooms/binding.actions.ts'
import { lineSaid, panelDrawn, panelGone } from '../../src/domain/rooms/panel.actions.ts'
import { bindingIn, isPanel, livesIn, type PanelPlace, panelPlace, panelTongue, versionOf } from '../../src/domain/rooms/panel.queries.ts'
import { roomView } from '../../src/domain/rooms/room.queries.ts'
import type { App } from '../../src/kernel/context.ts'
import type { BindingId, RoomId } from '../../src/kernel/ids.ts'
import { peopleIn } from '../../src/screens/people.ts'
import { roomPanel } from '../../src/screens/room.ts'
import type { Subject } from '../../src/screens/screen.ts'
import type { Messages } from './messages.ts'
import { outcomeOf, tried } from './outcome.ts'
import { type Payload, render } from './render.ts'

export type Spot = { readonly channel: string; readonly message: string }

/** The live panels of rooms: one message for each place, whose last state is always that of the room. */
export type Panels = {
  isPanel(room: RoomId, message: string): Promise<boolean>
  livesIn(room: RoomId, channel: string): Promise<boolean>
  /** The panel as everybody reads it in this channel, whoever asked for it or pressed in it; null where the room does not live, or is private. */
  drawn(room: RoomId, channel: string): Promise<{ readonly payload: Payload; readonly shows: Subject } | null>
  /** A message that was just posted or changed becomes the panel, and the one it replaces is taken down. */
  hang(shows: Subject, spot: Spot): Promise<void>
  /** Redraws the panel. `moved`: it comes down to the bottom if much was said since, or is posted where there is none. */
  refresh(binding: BindingId, moved: boolean): Promise<Outcome>
}

type Drawn = { readonly place: PanelPlace; readonly payload: Payload; readonly version: number; readonly isPrivate: boolean }

/** A panel comes down only after so many messages of others. */
const crowdedAfter = 30

export function panelsOver(app: App, messages: Messages): Panels {
  async function hang(shows: Subject, spot: Spot): Promise<void> {
    const panel = { ...spot, room: shows.room, version: shows.version, platform: 'discord' } as const
    const hung = await app.write('clock', null, (tx) => livePanel(tx, panel))
    if (hung === null) return
    if (hung.replaced) await takeDown(hung.replaced)
    // Somebody may have moved the room while this message was on its way, and been drawn before it.
    if ((await newest(shows.room)) !== shows.version) await refresh(hung.binding, false)
  }

  async function refresh(binding: BindingId, moved: boolean): Promise<Outcome> {
    const drawn = await draw(binding)
    if (drawn === null) return { gone: 'the room no longer lives there' }
    if (drawn.isPrivate) return hide(drawn.place)
    const spot = spotOf(drawn.place)
    if (spot === null) return moved ? postFirst(drawn) : 'sent'
    if (moved && (await isBuried(spot))) return postBelow(drawn, spot)
    return drawn.place.panel_version === drawn.version ? 'sent' : redraw(drawn, spot)
  }

  async function draw(binding: BindingId): Promise<Drawn | null> {
    return app.read(async (ctx) => {
      const place = await panelPlace(ctx, binding)
      const view = place && (await roomView(ctx, place.room_id))
      if (!place || !view) return null
      const screen = roomPanel(view, ctx.now)
      const reader = await readerOf(ctx, await panelTongue(ctx, place, view.room.host_id), peopleIn(screen))
      return { place, payload: render(screen, reader), version: view.timer.version, isPrivate: view.room.is_private }
    })
  }

  async function drawnIn(room: RoomId, channel: string): ReturnType<Panels['drawn']> {
    const binding = await app.read((ctx) => bindingIn(ctx, room, 'discord', channel))
    const drawn = binding === null ? null : await draw(binding)
    return drawn === null || drawn.isPrivate ? null : { payload: drawn.payload, shows: { room, version: drawn.version } }
  }

  async function redraw({ place, payload, version }: Drawn, { channel, message }: Spot): Promise<Outcome> {
    const outcome = await outcomeOf(messages.edit(channel, message, payload))
    if (outcome === 'sent') await app.write('clock', null, (tx) => panelDrawn(tx, place.id, message, version))
    // Another drawing of the same panel may have overtaken this one, here or in an answer to a press.
    const isOld = outcome === 'sent' ? (await newest(place.room_id)) !== version : await hasMoved(place.id, message)
    return isOld ? refresh(place.id, false) : outcome
  }

  /** Of a room that opened by itself nobody's answer became the panel. */
  async function postFirst({ place, payload, version }: Drawn): Promise<Outcome> {
    const channel = place.channel ?? place.voice_channel
    if (channel === null) return 'sent'
    const posted = await tried(messages.post(channel, payload, `panel ${place.id}`))
    if (!('gave' in posted)) return posted
    await hang({ room: place.room_id, version }, { channel, message: posted.gave })
    return 'sent'
  }

  /** Named after the message that it follows, so that a retry posts no second one. */
  async function postBelow({ place, payload, version }: Drawn, { channel, message }: Spot): Promise<Outcome> {
    const posted = await tried(messages.post(channel, payload, `panel below ${message}`))
    if (!('gave' in posted)) return posted
    await hang({ room: place.room_id, version }, { channel, message: posted.gave })
    return 'sent'
  }

  /** A room that became private leaves no trace in a channel: neither its panel nor its last line. */
  async function hide(place: PanelPlace): Promise<Outcome> {
    const spot = spotOf(place)
    const channel = place.channel ?? place.voice_channel
    if (place.line_message !== null && channel !== null) {
      const outcome = await takeDown({ channel, message: place.line_message })
      if (outcome !== 'sent' && 'retryAfter' in outcome) return outcome
      await app.write('clock', null, (tx) => lineSaid(tx, place.id, null))
    }
    if (spot === null) return 'sent'
    const outcome = await takeDown(spot)
    if (outcome === 'sent' || 'gone' in outcome) await app.write('clock', null, (tx) => panelGone(tx, place.id, spot.message))
    return outcome
  }

  async function isBuried({ channel, message }: Spot): Promise<boolean> {
    const below = await tried(messages.countBelow(channel, message))
    return 'gave' in below && below.gave >= crowdedAfter
  }

  async function hasMoved(binding: BindingId, message: string): Promise<boolean> {
    const place = await app.read((ctx) => panelPlace(ctx, binding))
    const spot = place && spotOf(place)
    return spot !== null && spot.message !== message
  }

  const newest = (room: RoomId): Promise<number> => app.read((ctx) => versionOf(ctx, room))

  const takeDown = ({ channel, message }: Spot): Promise<Outcome> => outcomeOf(messages.remove(channel, message))

  return {
    isPanel: (room, message) => app.read((ctx) => isPanel(ctx, room, 'discord', message)),
    livesIn: (room, channel) => app.read((ctx) => livesIn(ctx, room, 'discord', channel)),
    drawn: drawnIn,
    hang,
    refresh,
  }
}

const spotOf = ({ panel_channel: channel, panel_message: message }: PanelPlace): Spot | null =>
  channel === null || message === null ? null : { channel, message }
