/** A Discord server in which to play: three people, channels to write in and to talk in. */

import { type Channel, type Discord, type GuildHandle, type Person, startDiscord } from '../discord/simulator/index.ts'

export type Library = {
  readonly discord: Discord
  readonly guild: GuildHandle
  readonly people: readonly { readonly id: string; readonly person: Person; readonly language: string; readonly timezone: string }[]
  readonly channels: readonly Channel[]
}

export async function openLibrary(): Promise<Library> {
  const discord = await startDiscord()
  discord.world.bot.name = 'Focus Mate'
  const ada = discord.addUser({ name: 'Ada', locale: 'en-GB' })
  const ben = discord.addUser({ name: 'Ben', locale: 'en-US' })
  const chae = discord.addUser({ name: '채', locale: 'ko' })
  const guild = discord.addGuild({ name: 'The Library', owner: ada, bot: [] })
  for (const person of [ben, chae]) guild.addMember(person)
  return {
    discord,
    guild,
    people: [
      { id: 'ada', person: ada, language: 'en-GB', timezone: 'Europe/London' },
      { id: 'ben', person: ben, language: 'en-US', timezone: 'America/New_York' },
      { id: 'chae', person: chae, language: 'ko', timezone: 'Asia/Seoul' },
    ],
    channels: [
      guild.addChannel({ name: 'general' }),
      guild.addChannel({ name: 'study' }),
      guild.addChannel({ name: 'Reading room', type: 'voice' }),
      guild.addChannel({ name: 'Quiet corner', type: 'voice' }),
    ],
  }
}
