/** Every right the app asks for, and what it is used for. Whoever takes one away loses only that. */
export const scopes = {
  commands: 'the slash command and the shortcut',
  'chat:write': 'panels, lines and answers',
  'im:write': 'opening the conversation in which notices are sent',
  'users:read': 'name, language, time zone, admin or guest, of people who use it',
  'channels:history': 'looking for its own message when the answer to a post was lost, and counting how far up its panel stands',
  'groups:history': 'the same in private channels',
  'im:history': 'the same in its own direct messages',
} as const

export const botScopes = Object.keys(scopes)
