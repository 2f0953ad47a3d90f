import { sendEvent, sendScopedEvent } from '../events.ts'
import { isInstalled, takeTokenBack } from '../installing.ts'
import { escapeTyped, mentionsIn } from '../mrkdwn.ts'
import { changeOwnState, type OwnState, ownState } from '../own-state.ts'
import { huddlePart, viewPart } from '../payloads.ts'
import type { Simulation } from '../simulation.ts'
import type { Given } from '../values.ts'
import { addMessage, type Channel, directChannel, type Message, newTs, type Team, type User, type View } from '../world.ts'
import { type Act, type Answer, act } from './answer.ts'
import { pickShortcut, typeCommand } from './commands.ts'
import { dismiss, submit } from './forms.ts'
import type { Surface } from './surface.ts'
import { choose, press, suggest } from './touching.ts'

/** A channel as tests hold it: anything with its id. */
type Place = { readonly id: string }

/** A person at their Slack: what they do resolves with what they see of it. */
export type Person = User & {
  /** Types a slash command: `slash(channel, '/focus', 'room create "Deep work"')`. */
  slash(place: Place, command: string, text?: string): Promise<Answer>
  press(surface: Surface, which: string): Promise<Answer>
  /** Chooses in a menu; null when the app does not hear of it (a form's field). */
  select(surface: Surface, which: string, given: Given): Promise<Answer | null>
  /** The choices an external select offers for what is typed. */
  suggest(surface: Surface, which: string, typed: string): Promise<readonly string[]>
  submit(view: View, values?: Readonly<Record<string, Given>>): Promise<Answer>
  /** Closes the top modal. */
  dismiss(): Promise<void>
  openHome(): Promise<Answer>
  shortcut(kind: 'global' | 'message', callbackId: string, message?: Message): Promise<Answer>
  join(place: Place): Promise<void>
  leave(place: Place): Promise<void>
  say(place: Place, text: string): Promise<Message>
  /** Joins a huddle, or leaves it; `quietly`: the app does not hear of it. */
  huddle(on: boolean, quietly?: boolean): Promise<void>
  setStatus(text: string, emoji: string): void
  /** Pauses their notifications by hand. */
  snooze(minutes: number): void
  /** Takes back the token that they gave the app. */
  takeTokenBack(): Promise<void>
  /** Status and pause as others see them now. */
  readonly shows: OwnState
  /** Their direct conversation with the app. */
  dm(): Channel
  /** What they see in a channel, in order. */
  sees(place: Place): readonly Message[]
  readonly home: View | null
  /** The modal on top, null when none is open. */
  readonly view: View | null
}

export function createPerson(sim: Simulation, team: Team, user: User): Person {
  const at = (place: Place): Channel => {
    const channel = team.channels.get(place.id)
    if (!channel || (channel.kind !== 'public' && !channel.members.has(user.id))) throw new Error(`${user.name} does not see this channel`)
    return channel
  }
  return {
    ...user,
    slash: (place, command, text = '') => typeCommand(sim, team, user, at(place), command, text),
    press: (surface, which) => press(sim, team, user, surface, which),
    select: (surface, which, given) => choose(sim, team, user, surface, which, given),
    suggest: (surface, which, typed) => suggest(sim, team, user, surface, which, typed),
    submit: (view, values = {}) => submit(sim, team, user, view, values),
    dismiss: () => dismiss(sim, team, user),
    openHome: () => openHome(sim, team, user),
    shortcut: (kind, callbackId, message) => pickShortcut(sim, team, user, callbackId, kind === 'message' ? (message ?? null) : null),
    join: (place) => moveIn(sim, team, at(place), user),
    leave: (place) => moveOut(sim, team, at(place), user),
    say: (place, text) => say(sim, team, at(place), user, text),
    huddle: async (on, quietly = false) => {
      changeOwnState(team, user.id, { inHuddle: on })
      if (quietly) return
      await sendScopedEvent(sim, team, 'users:read', {
        type: 'user_huddle_changed',
        user: { id: user.id, team_id: team.id, name: user.name, profile: huddlePart(sim, team, user) },
        cache_ts: Math.floor(sim.now() / 1000),
      })
    },
    setStatus: (text, emoji) => changeOwnState(team, user.id, { statusText: text, statusEmoji: emoji, statusExpiration: 0 }),
    snooze: (minutes) => changeOwnState(team, user.id, { snoozedUntil: Math.floor(sim.now() / 1000) + minutes * 60 }),
    takeTokenBack: () => takeTokenBack(sim, team, user),
    get shows() {
      return ownState(team, user.id, sim.now())
    },
    dm: () => directChannel(team, user.id, team.installation?.bot.id ?? ''),
    sees: (place) => at(place).messages.filter((one) => one.onlyFor === null || one.onlyFor === user.id),
    get home() {
      return team.homes.get(user.id) ?? null
    },
    get view() {
      return team.modals.get(user.id)?.at(-1) ?? null
    },
  }
}

async function openHome(sim: Simulation, team: Team, user: User): Promise<Answer> {
  if (!isInstalled(sim, team) || !team.installation) throw new Error('the app is not installed here')
  const channel = directChannel(team, user.id, team.installation.bot.id)
  const home = team.homes.get(user.id)
  const event = {
    type: 'app_home_opened',
    user: user.id,
    channel: channel.id,
    tab: 'home',
    ...(home ? { view: viewPart(sim, team, home) } : {}),
  }
  const where: Act = { user, channel: null, message: null, vias: [], seesHome: true }
  // A home that the app is late with stays as it was: Slack shows no error.
  const send = async () => {
    await sendEvent(sim, team, event)
    return { ok: true as const, payload: {} }
  }
  return act(sim, 'the home', where, send, () => null)
}

const scopeFor = (channel: Channel, right: 'read' | 'history'): string =>
  `${{ public: 'channels', private: 'groups', im: 'im' }[channel.kind]}:${right}`

/** Comes into a channel; the app is told when it is in there and may read such channels. */
export async function moveIn(sim: Simulation, team: Team, channel: Channel, user: User): Promise<void> {
  if (channel.members.has(user.id)) return
  channel.members.add(user.id)
  await tellMembership(sim, team, channel, user, 'member_joined_channel')
}

export async function moveOut(sim: Simulation, team: Team, channel: Channel, user: User): Promise<void> {
  if (!channel.members.delete(user.id)) return
  await tellMembership(sim, team, channel, user, 'member_left_channel')
}

async function tellMembership(sim: Simulation, team: Team, channel: Channel, user: User, type: string): Promise<void> {
  const bot = team.installation?.bot.id
  if (bot === undefined || (!channel.members.has(bot) && user.id !== bot)) return
  const letter = { public: 'C', private: 'G', im: 'D' }[channel.kind]
  await sendScopedEvent(sim, team, scopeFor(channel, 'read'), {
    type,
    user: user.id,
    channel: channel.id,
    channel_type: letter,
    team: team.id,
  })
}

async function say(sim: Simulation, team: Team, channel: Channel, user: User, typed: string): Promise<Message> {
  const text = escapeTyped(team, typed, false)
  const ts = newTs(sim.world, sim.now())
  const message: Message = {
    ts,
    channel: channel.id,
    author: user.id,
    text,
    blocks: [],
    threadTs: null,
    onlyFor: null,
    edited: false,
    mentions: mentionsIn(text, []),
    metadata: null,
    unfurlsLinks: true,
  }
  addMessage(channel, message)
  const bot = team.installation?.bot.id
  if (bot !== undefined && channel.members.has(bot)) {
    const kind = { public: 'channel', private: 'group', im: 'im' }[channel.kind]
    await sendScopedEvent(sim, team, scopeFor(channel, 'history'), {
      type: 'message',
      channel_type: kind,
      channel: channel.id,
      user: user.id,
      text,
      ts,
      team: team.id,
    })
  }
  return message
}
