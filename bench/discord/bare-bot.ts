import { Client, GatewayIntentBits, MessageFlags } from 'discord.js'

/** The least that a bot on discord.js is, with its defaults: it answers every command with a constant, to the caller alone. */
const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildVoiceStates],
  rest: { api: process.env.DISCORD_API_URL ?? '' },
})
client.on('interactionCreate', async (interaction) => {
  if (interaction.isRepliable()) await interaction.reply({ content: 'The timer runs.', flags: MessageFlags.Ephemeral })
})
client.once('clientReady', () => process.stdout.write('ready\n'))
await client.login(process.env.DISCORD_TOKEN)
