import type { App } from '../../src/app.ts'
import type { Outcome } from '../../src/deliveries/delivery.ts'
import { livePanel } from '../../src/domain/rooms/binding.actions.ts'
import { panelDrawn } from '../../src/domain/rooms/panel.actions.ts'
import { isPanel, type PanelPlace, panelPlace, versionOf } from '../../src/domain/rooms/panel.queries.ts'
import { roomView } from '../../src/domain/rooms/room.queries.ts'
import type { BindingId, RoomId } from '../../src/kernel/ids.ts'
import { placeReader } from '../../src/screens/reader.ts'
import { roomPanel } from '../../src/screens/room.ts'
import type { Subject } from '../../src/screens/screen.ts'
import type { Messages } from './messages.ts'
import { outcomeOf, tried } from './outcome.ts'
import { type Payload, render } from './render.ts'

type Spot = { readonly channel: string; readonly message: string }

/** The live panels of rooms: one message for each place, whose last state is always that of the room. */
export type Panels = {
  isPanel(room: RoomId, message: string): Promise<boolean>
  /** A message that was just posted or changed becomes the panel, and the one it replaces is taken down. */
  hang(shows: Subject, spot: Spot): Promise<void>
  /** Redraws the panel, or posts it where there is none yet. `moved`: it comes down to the bottom if much was said since. */
  refresh(binding: BindingId, moved: boolean): Promise<Outcome>
}

/** A panel comes down only after so many messages of others. */
const crowdedAfter = 30

export function panelsOver(app: App, messages: Messages): Panels {
  async function hang(shows: Subject, spot: Spot): Promise<void> {
    const hung = await app.write('clock', null, (tx) =>
      livePanel(tx, { ...spot, room: shows.room, version: shows.version, platform: 'discord' }),
    )
    if (hung === null) return
    if (hung.replaced) await takeDown(hung.replaced)
    // Somebody may have moved the room while this message was on its way, and been drawn before it.
    if ((await app.read((ctx) => versionOf(ctx, shows.room))) !== shows.version) await refresh(hung.binding, false)
  }

  async function refresh(binding: BindingId, moved: boolean): Promise<Outcome> {
    const drawn = await draw(binding)
    if (drawn === null) return { gone: 'the room no longer lives there' }
    const { place, payload, version } = drawn
    const { panel_channel: channel, panel_message: message } = place
    if (channel === null || message === null) return post(drawn)
    if (moved && (await isBuried({ channel, message }))) return post(drawn)
    if (place.panel_version === version) return 'sent'
    const outcome = await outcomeOf(messages.edit(channel, message, payload))
    if (outcome !== 'sent') return (await hasMoved(binding, message)) ? refresh(binding, false) : outcome
    await app.write('clock', null, (tx) => panelDrawn(tx, binding, message, version))
    return outcome
  }

  async function draw(binding: BindingId): Promise<{ place: PanelPlace; payload: Payload; version: number } | null> {
    return app.read(async (ctx) => {
      const place = await panelPlace(ctx, binding)
      const view = place && (await roomView(ctx, place.room_id))
      if (!place || !view) return null
      const screen = roomPanel(view, ctx.now)
      return { place, payload: render(screen, await placeReader(ctx, screen, place)), version: view.timer.version }
    })
  }

  async function post({ place, payload, version }: { place: PanelPlace; payload: Payload; version: number }): Promise<Outcome> {
    const channel = place.panel_channel ?? place.channel ?? place.voice_channel
    if (channel === null) return { gone: 'the room has no channel here' }
    const posted = await tried(messages.post(channel, payload, `panel ${place.id} ${version} ${place.panel_message}`))
    if (!('gave' in posted)) return posted
    await hang({ room: place.room_id, version }, { channel, message: posted.gave })
    return 'sent'
  }

  async function isBuried({ channel, message }: Spot): Promise<boolean> {
    const below = await tried(messages.countBelow(channel, message))
    return 'gave' in below && below.gave >= crowdedAfter
  }

  const hasMoved = async (binding: BindingId, message: string): Promise<boolean> => {
    const place = await app.read((ctx) => panelPlace(ctx, binding))
    return place !== null && place.panel_message !== null && place.panel_message !== message
  }

  /** What can't be taken down stays: it is an old message, and its buttons still say what they do. */
  async function takeDown({ channel, message }: Spot): Promise<void> {
    const outcome = await outcomeOf(messages.remove(channel, message))
    if (outcome !== 'sent') app.log.debug({ outcome }, 'an old panel stays')
  }

  return { isPanel: (room, message) => app.read((ctx) => isPanel(ctx, room, 'discord', message)), hang, refresh }
}
