/** Who is pinged by a message. */

import type { AllComponents, Pings } from './messages.ts'
import { may } from './permissions.ts'
import type { AllowedMentions } from './rules/messages.ts'
import { type Channel, guildOfChannel, type World } from './world.ts'

const code = /```[\s\S]*?```|`[^`\n]*`/g
const idsIn = (text: string, pattern: RegExp): string[] => [...new Set([...text.matchAll(pattern)].map((found) => found[1] ?? ''))]

/** What is written in a message: its content and its text displays. */
export const wordsOf = (content: string, parts: AllComponents): string =>
  [content, ...parts.flatMap((part) => (part.type === 10 ? [part.content] : []))].join('\n')

/** The people, roles and everyone that the words name, as far as `allowed_mentions` and the author's permissions let them ring. */
export const pingsOf = (
  world: World,
  channel: Channel,
  authorId: string,
  words: string,
  allowed: AllowedMentions | null | undefined,
): Pings => {
  const text = words.replace(code, '')
  const guild = guildOfChannel(world, channel)
  const mayAll = may(world, channel, authorId, 'MentionEveryone')
  const lets = (kind: 'users' | 'roles', id: string): boolean =>
    !allowed || allowed.parse?.includes(kind) === true || allowed[kind]?.includes(id) === true
  return {
    users: idsIn(text, /<@!?(\d+)>/g).filter((id) => world.users.has(id) && lets('users', id)),
    roles: idsIn(text, /<@&(\d+)>/g).filter((id) => (mayAll || guild?.roles.get(id)?.mentionable === true) && lets('roles', id)),
    everyone: /@(everyone|here)\b/.test(text) && guild !== null && mayAll && (!allowed || allowed.parse?.includes('everyone') === true),
  }
}
