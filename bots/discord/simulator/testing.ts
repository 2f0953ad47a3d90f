/** A small bot on the real discord.js, which answers commands as a test tells it to. */

import { Client, GatewayIntentBits, type Interaction } from 'discord.js'
import { type Discord, type DiscordOptions, startDiscord } from './index.ts'

export type Stage = { readonly discord: Discord; readonly client: Client<true>; leave(): Promise<void> }

const commands = [
  {
    name: 'room',
    name_localizations: { ko: '방' },
    description: 'Study rooms',
    options: [
      {
        type: 1,
        name: 'create',
        name_localizations: { ko: '만들기' },
        description: 'Start a room',
        options: [
          { type: 3, name: 'name', description: 'Its name', max_length: 40 },
          { type: 4, name: 'focus', description: 'Minutes', min_value: 1, max_value: 180 },
          { type: 6, name: 'with', description: 'Somebody' },
        ],
      },
      {
        type: 1,
        name: 'join',
        description: 'Join a room',
        options: [{ type: 3, name: 'room', description: 'Which', required: true, autocomplete: true }],
      },
    ],
  },
  { name: 'setup', description: 'For admins', default_member_permissions: '32' },
  { name: 'Profile', type: 2 },
]

export const connect = async (discord: Discord, intents: GatewayIntentBits[] = []): Promise<Client<true>> => {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildVoiceStates, GatewayIntentBits.GuildMessages, ...intents],
    rest: { api: discord.apiUrl },
  })
  const ready = new Promise<void>((resolve) => client.once('clientReady', () => resolve()))
  await client.login(discord.token)
  await ready
  if (!client.isReady()) throw new Error('The client is not ready')
  return client
}

/** Starts a Discord and a connected bot whose commands are registered; `perform` sees every interaction. */
export const stage = async (perform: (interaction: Interaction) => Promise<unknown>, options: DiscordOptions = {}): Promise<Stage> => {
  const discord = await startDiscord(options)
  const client = await connect(discord)
  await client.application.commands.set(commands)
  client.on('interactionCreate', (interaction) => {
    perform(interaction).catch((error: unknown) => client.emit('error', error instanceof Error ? error : new Error(String(error))))
  })
  return {
    discord,
    client,
    leave: async () => {
      await client.destroy()
      await discord.stop()
    },
  }
}
