import { type Locale as DiscordLocale, type Interaction, PermissionFlagsBits } from 'discord.js'
import type { Caller } from '../../src/commands/perform.ts'
import type { Role } from '../../src/db/schema.ts'
import type { Place } from '../../src/kernel/context.ts'
import type { Locale } from '../../src/locales/text.ts'
import { nameOf } from './options.ts'
import { lacking, lackingElsewhere } from './permissions.ts'

/** Who acts, as Discord tells it with every interaction. A server that has not installed the app counts as none. */
export const callerOf = (interaction: Interaction): Caller => ({
  sighting: {
    platform: 'discord',
    externalId: interaction.user.id,
    displayName: nameOf(interaction.user),
    locale: localeOf(interaction.locale),
    timezone: null,
  },
  workspace: interaction.guild && {
    platform: 'discord',
    externalId: interaction.guild.id,
    name: interaction.guild.name,
    role: roleWith(interaction.memberPermissions),
  },
})

/** Manage Server makes an admin, Manage Channels a moderator. */
export function roleWith(permissions: Interaction['memberPermissions']): Role {
  if (permissions?.has(PermissionFlagsBits.ManageGuild)) return 'admin'
  return permissions?.has(PermissionFlagsBits.ManageChannels) ? 'moderator' : 'member'
}

/** Null in private, and where the app is not installed: nothing can be bound there. */
export function placeOf(interaction: Interaction): Place | null {
  const { guild, channelId, user } = interaction
  if (guild === null || channelId === null) return null
  const voice = guild.voiceStates.cache.get(user.id)?.channelId
  return { platform: 'discord', channel: channelId, ...(voice ? { voice } : {}), roles: rolesOf(interaction), lacks: lacking(interaction) }
}

/** The ids of the person's roles on this server, as the interaction tells them. */
function rolesOf({ member }: Interaction): readonly string[] {
  if (member === null) return []
  return Array.isArray(member.roles) ? member.roles : [...member.roles.cache.keys()]
}

/** The command that opens a room: whoever sits in the same voice channel comes along. */
const opening = 'room create'
/** The command that asks what the bot may do in every channel. */
const asking = 'diagnose'

/**
 * The place with the people of the person's voice channel, for the command that brings them along. Members are not kept in memory,
 * so their names are asked for; whoever can't be named stays behind. For the command that asks, with what we may not do elsewhere.
 */
export async function placeFor(command: string, interaction: Interaction): Promise<Place | null> {
  const place = placeOf(interaction)
  if (place !== null && command === asking) return { ...place, elsewhere: lackingElsewhere(interaction) }
  if (place?.voice === undefined || command !== opening) return place
  const { client, guild, user } = interaction
  const others = [...(guild?.voiceStates.cache.values() ?? [])].filter(({ channelId, id }) => channelId === place.voice && id !== user.id)
  const named = await Promise.allSettled(others.map(({ id }) => client.users.fetch(id)))
  const company = named.flatMap((one) =>
    one.status === 'fulfilled' && !one.value.bot ? [{ externalId: one.value.id, displayName: nameOf(one.value) }] : [],
  )
  return { ...place, company }
}

/** The language of the person's Discord, where we speak it. */
export function localeOf(told: DiscordLocale): Locale | null {
  if (told === 'ko') return 'ko'
  return told.startsWith('en') ? 'en' : null
}
