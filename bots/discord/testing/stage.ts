import { setTimeout as wait } from 'node:timers/promises'
import { type House, openHouse } from '../../../src/testing/house.ts'
import { type Running, startDiscord } from '../main.ts'
import {
  type Channel,
  type Discord,
  type DiscordOptions,
  type GuildHandle,
  type Message,
  type Person,
  startDiscord as simulate,
  textOf,
} from '../simulator/index.ts'
import { trust } from '../simulator/voice-server/trust.ts'

/** A Focus Mate that is online on a Discord of its own, with the cast in one server. */
export type Stage = {
  readonly house: House
  readonly discord: Discord
  readonly bot: Running
  readonly guild: GuildHandle
  readonly general: Channel
  readonly lounge: Channel
  readonly ada: Person
  readonly ben: Person
  readonly chae: Person
  readonly mo: Person
  /** The messages of the bot that everybody sees, as text. */
  reads(channel: Channel): string[]
  close(): Promise<void>
}

export async function openStage({
  env = {},
  simulator = {},
}: {
  env?: Readonly<Record<string, string>>
  simulator?: DiscordOptions
} = {}): Promise<Stage> {
  const discord = await simulate({ limits: false, ...simulator })
  trust(discord.voice.certificate)
  const [ada, ben, chae, mo] = [{ name: 'Ada' }, { name: 'Ben' }, { name: '채', locale: 'ko' }, { name: 'Mo' }].map((one) =>
    discord.addUser(one),
  ) as [Person, Person, Person, Person]
  const guild = discord.addGuild({ name: 'The Library', bot: [], roles: [{ name: 'Mods', permissions: ['ManageChannels'] }] })
  const general = guild.addChannel({ name: 'general' })
  const lounge = guild.addChannel({ name: 'Lounge', type: 'voice' })
  for (const one of [ada, ben, chae]) guild.addMember(one)
  guild.addMember(mo, { roles: [guild.role('Mods')] })
  const house = await openHouse({
    connected: true,
    env: { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl, DISCORD_CDN_URL: discord.apiUrl, ...env },
  })
  const bot = startDiscord(house.app)
  await until(() => bot.healthy() && discord.commands.length > 0, 'the bot is online')
  return {
    house,
    discord,
    bot,
    guild,
    general,
    lounge,
    ada,
    ben,
    chae,
    mo,
    reads: (channel) => discord.messagesIn(channel).filter(isOurs(discord)).map(textOf),
    async close() {
      await bot.stop()
      await house.close()
      await discord.stop()
    },
  }
}

const isOurs =
  (discord: Discord) =>
  ({ authorId }: Message): boolean =>
    authorId === discord.applicationId

/** Waits until it holds, in real time; rejects after `within` milliseconds with what was waited for. */
export async function until(holds: () => boolean | Promise<boolean>, what: string, within = 15_000): Promise<void> {
  for (const end = performance.now() + within; !(await holds()); await wait(20)) {
    if (performance.now() > end) throw new Error(`waited ${within} ms in vain until ${what}`)
  }
}
