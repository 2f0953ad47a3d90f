import { userPart } from '../payloads.ts'
import { type BotMethod, findUser, flagArg, page, stringArg } from './method.ts'

export const people: Readonly<Record<string, BotMethod>> = {
  'users.info': {
    token: 'bot',
    tier: 4,
    scopes: ['users:read'],
    run: (call) => ({
      user: userPart(call.sim, call.team, findUser(call, stringArg(call.args, 'user')), flagArg(call.args, 'include_locale')),
    }),
  },
  'users.list': {
    token: 'bot',
    tier: 2,
    scopes: ['users:read'],
    run: (call) => {
      const { items, next } = page([...call.team.users.values()], call.args, 1000)
      return {
        members: items.map((user) => userPart(call.sim, call.team, user, flagArg(call.args, 'include_locale'))),
        cache_ts: Math.floor(call.sim.now() / 1000),
        ...next,
      }
    },
  },
  'team.info': {
    token: 'bot',
    tier: 3,
    scopes: ['team:read'],
    run: ({ team }) => ({ team: { id: team.id, name: team.name, domain: team.domain, email_domain: '', icon: { image_default: true } } }),
  },
}
