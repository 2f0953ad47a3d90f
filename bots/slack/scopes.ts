/** Every right the app asks for, and what it is used for. Whoever takes one away loses only that. */
export const scopes = {
  commands: 'the slash command and the shortcut',
  'chat:write': 'panels, lines and answers',
  'im:write': 'opening the conversation in which notices are sent',
  'files:write': 'pictures of stats, in messages',
  'users:read': 'name, language, time zone, admin or guest, of people who use it, and whether they are in a huddle',
  'channels:history': 'looking for its own message when the answer to a post was lost, and counting how far up its panel stands',
  'groups:history': 'the same in private channels',
  'im:history': 'the same in its own direct messages',
} as const

/** What a person allows who connects their own status, and nobody else. */
export const personScopes = {
  'users.profile:read': 'seeing whether they have set a status themselves, which is left alone',
  'users.profile:write': 'showing that they focus, until the focus ends',
  'dnd:read': 'seeing whether they paused their notifications themselves, which is left alone',
  'dnd:write': 'pausing their notifications until the focus ends',
} as const

export const botScopes = Object.keys(scopes)
export const userScopes = Object.keys(personScopes)
