export const discord = {
  'discord.cut': 'More than fits here: the rest is left out.',
  'discord.form.parts': 'Choose what to change. Each part is saved by itself.',
  'discord.form.part.lengths': 'Name and lengths',
  'discord.form.part.people': 'Rounds and people',
  'discord.form.part.habits': 'Automatic starts and notices',
  'discord.form.part.time': 'Time and language',
  'discord.form.part.privacy': 'Privacy and voice',
  'discord.form.late': 'That took too long, and the form could not open. Nothing was changed.',
  'discord.form.again': 'Try again',
  'discord.old-button': 'This button no longer leads anywhere. Use the newest message, or a command.',
  'discord.not-served': 'I am not set up for this server. Whoever runs me can add it.',
  'discord.lacking':
    'This panel can’t keep itself up to date here, because I lack {permissions}. Open the channel’s settings, then Permissions, and allow it for my role; or ask a moderator to.',
  'discord.permission.ViewChannel': 'View Channel',
  'discord.permission.SendMessages': 'Send Messages',
} as const
