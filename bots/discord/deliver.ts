import { type Client, PermissionFlagsBits, Routes } from 'discord.js'
import type { Delivery, Outcome, Surface } from '../../src/deliveries/delivery.ts'
import { readerOf, tongueOf, tongueOfPerson } from '../../src/domain/people/reader.queries.ts'
import { lineSaid } from '../../src/domain/rooms/panel.actions.ts'
import { panelPlace, panelTongue } from '../../src/domain/rooms/panel.queries.ts'
import { roomView } from '../../src/domain/rooms/room.queries.ts'
import { isOnTrial } from '../../src/domain/workspaces/settings.queries.ts'
import type { App } from '../../src/kernel/context.ts'
import type { BindingId, PersonId, WorkspaceId } from '../../src/kernel/ids.ts'
import { plainPen, write } from '../../src/locales/write.ts'
import { phaseLine } from '../../src/screens/lines.ts'
import { newsOf } from '../../src/screens/news.ts'
import { noticeOf } from '../../src/screens/notices.ts'
import { peopleIn } from '../../src/screens/people.ts'
import { movedPanel, roomPanel } from '../../src/screens/room.ts'
import { refreshCard } from './cards.ts'
import type { Chimes } from './chimes/chimes.ts'
import { limits } from './limits.ts'
import { cut } from './markdown.ts'
import type { Messages } from './messages.ts'
import { keepMutes } from './mutes.ts'
import { outcomeOf, tried } from './outcome.ts'
import type { Panels } from './panels.ts'
import { render, renderCalling } from './render.ts'
import { followScheduledEvent } from './scheduled-events.ts'

type Takedown = Extract<Delivery, { kind: 'takedown' }>

/** Sends what the queue hands it to Discord. */
export function discordSurface(app: App, client: Client, messages: Messages, panels: Panels, chimes: Chimes): Surface {
  const deliver = (delivery: Delivery, again: boolean): Promise<Outcome | 'elsewhere'> => {
    switch (delivery.kind) {
      case 'panel':
        return panels.refresh(delivery.binding, delivery.moved === true)
      case 'card':
        return refreshCard(app, messages, delivery.card)
      case 'line':
        return sayLine(delivery.binding, delivery.event)
      case 'notice':
        return tell(delivery.person, delivery.event)
      case 'news':
        return sayNews(delivery.workspace, delivery.event)
      case 'voice-status':
        return showVoiceStatus(delivery.binding)
      case 'takedown':
        return sayMoved(delivery)
      case 'chime':
        return chimes.ring(delivery)
      case 'mute':
        return keepMutes(app, client, delivery.workspace)
      case 'scheduled-event':
        return followScheduledEvent(app, client, delivery.occurrence, again)
      case 'home':
        return Promise.resolve({ gone: 'Discord has no home page' })
      case 'status':
        return Promise.resolve({ gone: 'Discord lets no app set a status for somebody' })
    }
    return delivery satisfies never
  }

  /**
   * A phase line takes the place of the last one; where there is nothing to say the last one goes, since it names an end that won't
   * come or asks for a vote that is over. A private room says nothing in a channel that others may read.
   */
  async function sayLine(binding: BindingId, id: string): Promise<Outcome> {
    const line = await app.read(async (ctx) => {
      const place = await panelPlace(ctx, binding)
      const view = place && (await roomView(ctx, place.room_id))
      const channel = place && (place.channel ?? place.voice_channel)
      if (!view || !channel) return null
      const screen = view.room.is_private ? null : await phaseLine(ctx, id, 'discord')
      if (screen === null) return { channel, payload: null }
      const reader = await readerOf(ctx, await panelTongue(ctx, place, view.room.host_id), peopleIn(screen))
      return { channel, payload: renderCalling(screen, reader) }
    })
    if (line === null) return { gone: 'the room has no channel here' }
    const { channel, payload } = line
    if (payload === null) return replaceLine(binding, channel, null)
    const posted = await tried(messages.post(channel, payload, `line ${binding} ${id}`))
    return 'gave' in posted ? replaceLine(binding, channel, posted.gave) : posted
  }

  async function replaceLine(binding: BindingId, channel: string, message: string | null): Promise<Outcome> {
    const last = await app.write('clock', null, (tx) => lineSaid(tx, binding, message))
    if (last !== null) await outcomeOf(messages.remove(channel, last))
    return 'sent'
  }

  async function sayNews(workspace: WorkspaceId, id: string): Promise<Outcome> {
    const news = await app.read(async (ctx) => {
      const found = await newsOf(ctx, workspace, id)
      if (found === null) return null
      const reader = await readerOf(ctx, await tongueOf(ctx, workspace), peopleIn(found.screen))
      return { channel: found.channel, payload: render(found.screen, reader) }
    })
    if (news === null) return 'sent'
    return outcomeOf(messages.post(news.channel, news.payload, `news ${workspace} ${id}`))
  }

  async function tell(person: PersonId, event: string): Promise<Outcome> {
    const notice = await app.read(async (ctx) => {
      const account = await ctx.db
        .selectFrom('identity')
        .select('external_id')
        .where('user_id', '=', person)
        .where('platform', '=', 'discord')
        .executeTakeFirst()
      const screen = await noticeOf(ctx, event, person)
      if (!account || !screen) return null
      const reader = await readerOf(ctx, await tongueOfPerson(ctx, person, 'discord'), peopleIn(screen))
      return { user: account.external_id, payload: render(screen, reader) }
    })
    if (notice === null) return { gone: 'there is nobody to tell' }
    const channel = await tried(messages.directChannel(notice.user))
    return 'gave' in channel ? outcomeOf(messages.post(channel.gave, notice.payload, `notice ${person} ${event}`)) : channel
  }

  /**
   * The line under a voice channel's name, which costs no message: where we may not write it, nobody misses it. Of a channel that
   * another process hears, Discord itself says whether we may.
   */
  async function showVoiceStatus(binding: BindingId): Promise<Outcome> {
    const shown = await app.read(async (ctx) => {
      const place = await panelPlace(ctx, binding)
      const view = place && (await roomView(ctx, place.room_id))
      if (!place || !view || place.voice_channel === null) return null
      const { state } = roomPanel(view, ctx.now)
      const reader = await readerOf(ctx, await panelTongue(ctx, place, view.room.host_id), new Set())
      const isSilent =
        (await isOnTrial(ctx, place.workspace_id)) || view.room.is_private || !view.room.is_active || view.timer.status === 'idle'
      return { channel: place.voice_channel, status: isSilent || state === undefined ? '' : write(state, reader, plainPen) }
    })
    if (shown === null || mayNotSetStatus(shown.channel)) return 'sent'
    const body = { status: cut(shown.status, limits.voiceStatus) }
    return outcomeOf(client.rest.put(`${Routes.channel(shown.channel)}/voice-status`, { body }))
  }

  /** Discord asks for Manage Channels too where the bot itself does not sit in the channel. */
  function mayNotSetStatus(id: string): boolean {
    const channel = client.channels.cache.get(id)
    const me = channel?.isVoiceBased() ? channel.guild.members.me : null
    if (!channel?.isVoiceBased() || me === null) return false
    const held = channel.permissionsFor(me)
    const isInside = me.voice.channelId === id
    return !held.has(PermissionFlagsBits.SetVoiceChannelStatus) || !(isInside || held.has(PermissionFlagsBits.ManageChannels))
  }

  async function sayMoved({ workspace, room, channel, message }: Takedown): Promise<Outcome> {
    const payload = await app.read(async (ctx) => {
      const view = await roomView(ctx, room)
      return view && render(movedPanel(view.room.room_name), await readerOf(ctx, await tongueOf(ctx, workspace), new Set()))
    })
    return outcomeOf(payload === null ? messages.remove(channel, message) : messages.edit(channel, message, payload))
  }

  return { platform: 'discord', deliver }
}
