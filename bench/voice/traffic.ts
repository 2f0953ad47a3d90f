import { type Dice, diceOf } from '../../src/demo/dice.ts'
import type { Listener } from './audience.ts'

/** What somebody did: what must be on record of it, null where nothing is to be recorded, and when it was sent, in ms since 1970. */
export type Deed = { readonly account: string; readonly sign: string | null; readonly sentAt: number }

/** Milliseconds since 1970, finer than the machine's clock gives them. */
const now = (): number => performance.timeOrigin + performance.now()

export type Traffic = {
  /** So many deeds, one after the other. */
  burst(count: number): readonly Deed[]
  /** So many deeds a second at an even rate, whether or not anybody keeps up. */
  flow(perSecond: number, seconds: number): Promise<readonly Deed[]>
}

/** People come, move, switch things and leave, as chance has it: of the seed alone it depends who does what. */
export function trafficOf(listeners: readonly Listener[], seed: number): Traffic {
  const dice = diceOf(seed)
  const next = (): Deed => {
    const listener = dice.pick(listeners)
    if (listener === undefined) throw new Error('nobody is there')
    const sentAt = now()
    return { account: listener.person.id, sign: act(listener, dice), sentAt }
  }
  const burst = (count: number) => Array.from({ length: count }, next)
  return {
    burst,
    async flow(perSecond, seconds) {
      const begin = performance.now()
      const total = perSecond * seconds
      const deeds: Deed[] = []
      while (deeds.length < total) {
        const due = Math.min(total, Math.floor(((performance.now() - begin) / 1000) * perSecond) + 1)
        deeds.push(...burst(due - deeds.length))
        await new Promise((resume) => setTimeout(resume, 2))
      }
      return deeds
    },
  }
}

/** Of a hundred who sit there 40 leave, 15 move, 30 switch their microphone, which is nobody's business, and 15 switch something else. */
function act({ guild, person, channels }: Listener, dice: Dice): string | null {
  const state = guild.state.voiceStates.get(person.id)
  const dealt = dice.between(1, 100)
  if (state === undefined || (dealt > 40 && dealt <= 55)) {
    const channel = dice.pick(channels.filter(({ id }) => id !== state?.channelId))
    if (channel === undefined) throw new Error('there is no other channel')
    guild.voice.join(person, channel)
    return `in ${channel.id}`
  }
  if (dealt <= 40) {
    guild.voice.leave(person)
    return 'left'
  }
  if (dealt <= 85) {
    guild.voice.switch(person, { selfMute: !state.selfMute })
    return null
  }
  const [kind, change, isOn] =
    dealt <= 92
      ? (['deafened', { selfDeaf: !state.selfDeaf }, !state.selfDeaf] as const)
      : dealt <= 96
        ? (['camera', { selfVideo: !state.selfVideo }, !state.selfVideo] as const)
        : (['screen', { selfStream: !state.selfStream }, !state.selfStream] as const)
  guild.voice.switch(person, change)
  return `${kind} ${isOn ? 'on' : 'off'}`
}
