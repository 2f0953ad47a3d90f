import { setTimeout as wait } from 'node:timers/promises'
import { type Discord, startDiscord } from '../../bots/discord/simulator/index.ts'
import { startBare, startOurs } from '../discord/bots.ts'
import { print, times } from '../figures.ts'
import { onGround } from '../ground.ts'

const servers = 2500
const channels = 20
const roles = 15
const peopleInVoice = 10
const settleSeconds = 60

/** Our Discord process and a bare one, each with all the servers and with none, after a minute. */
export const memory = (): Promise<void> =>
  onGround(async (ground) => {
    const full = await discordWith(servers)
    const empty = await discordWith(0)
    const bots = [
      await startOurs(full, ground, await ground.database('full')),
      await startBare(full),
      await startOurs(empty, ground, await ground.database('empty')),
      await startBare(empty),
    ]
    await wait(settleSeconds * 1000)
    const [ours = 0, bare = 0, oursEmpty = 0, bareEmpty = 0] = await Promise.all(bots.map((bot) => bot.memory()))
    await Promise.all(bots.map((bot) => bot.stop()))
    await full.stop()
    await empty.stop()
    const each = (all: number, none: number): number => (all - none) / servers
    print('memory', [
      {
        what: `${servers.toLocaleString('en')} servers, resident after ${settleSeconds} s`,
        ours: megabytes(ours),
        baseline: megabytes(bare),
        ratio: times(ours, bare),
        aim: '≤ 1.2×',
      },
      { what: 'no server', ours: megabytes(oursEmpty), baseline: megabytes(bareEmpty), ratio: times(oursEmpty, bareEmpty), aim: '' },
      {
        what: 'each server',
        ours: bytes(each(ours, oursEmpty)),
        baseline: bytes(each(bare, bareEmpty)),
        ratio: times(each(ours, oursEmpty), each(bare, bareEmpty)),
        aim: '',
      },
    ])
  })

const megabytes = (count: number): string => `${(count / 2 ** 20).toFixed(0)} MB`
const bytes = (count: number): string => `${Math.round(count).toLocaleString('en')} bytes`

async function discordWith(count: number): Promise<Discord> {
  const discord = await startDiscord({ limits: false })
  for (let n = 0; n < count; n++) {
    const guild = discord.addGuild({
      name: `Server ${n}`,
      bot: [],
      // @everyone and the bot's own are roles too.
      roles: Array.from({ length: roles - 2 }, (_, role) => ({ name: `Role ${role}` })),
    })
    for (let channel = 1; channel < channels; channel++) guild.addChannel({ name: `channel-${channel}` })
    const voice = guild.addChannel({ name: 'Study', type: 'voice' })
    for (let person = 0; person < peopleInVoice; person++) {
      const user = discord.addUser({ name: `Person ${n} ${person}` })
      guild.addMember(user)
      guild.voice.join(user, voice)
    }
  }
  return discord
}
