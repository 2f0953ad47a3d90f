import { grantToken, installApp, uninstallApp } from '../installing.ts'
import type { Json } from '../json.ts'
import type { Simulation } from '../simulation.ts'
import type { Team } from '../world.ts'
import { ApiError, flagArg, type Method, stringArg } from './method.ts'

const CODE_MS = 10 * 60_000

export const auth: Readonly<Record<string, Method>> = {
  'auth.test': {
    token: 'bot',
    tier: 'special',
    scopes: [],
    run: ({ team, installation }) => ({
      url: `https://${team.domain}.slack.com/`,
      team: team.name,
      team_id: team.id,
      user: installation.bot.name,
      user_id: installation.bot.id,
      bot_id: installation.botId,
      is_enterprise_install: false,
    }),
  },
  'auth.revoke': {
    token: 'bot',
    tier: 3,
    scopes: [],
    run: (call) => {
      if (flagArg(call.args, 'test')) return { revoked: false }
      call.sim.world.deadTokens.set(call.installation.token, 'token_revoked')
      return { revoked: true }
    },
  },
  'apps.uninstall': {
    token: 'bot',
    tier: 1,
    scopes: [],
    run: (call) => {
      if (stringArg(call.args, 'client_id') !== call.sim.app.clientId) throw new ApiError('invalid_client_id')
      if (stringArg(call.args, 'client_secret') !== call.sim.app.clientSecret) throw new ApiError('bad_client_secret')
      void uninstallApp(call.sim, call.team)
      return {}
    },
  },
  'apps.connections.open': {
    token: 'app',
    tier: 1,
    run: ({ sim }) => ({ url: sim.sockets.newAddress() }),
  },
  'oauth.v2.access': {
    token: 'none',
    tier: 4,
    run: ({ sim, args }) => {
      if (stringArg(args, 'client_id') !== sim.app.clientId) throw new ApiError('invalid_client_id')
      if (stringArg(args, 'client_secret') !== sim.app.clientSecret) throw new ApiError('bad_client_secret')
      const key = stringArg(args, 'code') ?? ''
      const code = sim.codes.get(key)
      sim.codes.delete(key)
      const team = code && sim.world.teams.get(code.team)
      if (!code || !team || sim.now() - code.at > CODE_MS) throw new ApiError('invalid_code')
      if (code.redirectUri !== stringArg(args, 'redirect_uri')) throw new ApiError('bad_redirect_uri')
      return {
        app_id: sim.app.id,
        authed_user: { id: code.user, ...grantedByPerson(sim, team, code.user, code.userScopes) },
        ...(code.scopes.length === 0 ? {} : installedFor(sim, team, code.user, code.scopes)),
        team: { id: team.id, name: team.name },
        enterprise: null,
        is_enterprise_install: false,
      }
    },
  },
}

/** The bot's part of the answer; absent where a person gave rights of their own only. */
function installedFor(sim: Simulation, team: Team, user: string, scopes: readonly string[]): Json {
  const installation = installApp(sim, team, scopes, user)
  return {
    scope: [...installation.scopes].join(','),
    token_type: 'bot',
    access_token: installation.token,
    bot_user_id: installation.bot.id,
  }
}

function grantedByPerson(sim: Simulation, team: Team, id: string, scopes: readonly string[]): Json {
  const user = team.users.get(id)
  if (!user || scopes.length === 0) return {}
  return { scope: scopes.join(','), access_token: grantToken(sim, team, user, scopes), token_type: 'user' }
}
