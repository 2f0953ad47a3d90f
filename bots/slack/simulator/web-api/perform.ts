import type { Json } from '../json.ts'
import type { ParameterCheck } from '../openapi.ts'
import type { Simulation } from '../simulation.ts'
import type { UserToken } from '../world.ts'
import { auth } from './auth.ts'
import { chat } from './chat.ts'
import { conversations } from './conversations.ts'
import { files } from './files.ts'
import { ApiError, type Method, needScope, type UserMethod } from './method.ts'
import { own } from './own.ts'
import { people } from './people.ts'
import { views } from './views.ts'

const methods: ReadonlyMap<string, Method> = new Map(Object.entries({ ...auth, ...chat, ...views, ...conversations, ...people, ...files }))

const ownMethods: ReadonlyMap<string, UserMethod> = new Map(Object.entries(own))

export type Outcome = {
  readonly team: string | null
  readonly body: Json
  readonly error: string | null
  readonly retryAfter: number | null
}

/** Does what the app asks, in Slack's order: token, arguments, scope, rate, deed. Never throws for a refusal: the answer says `ok: false`. */
export function perform(sim: Simulation, check: ParameterCheck, name: string, args: Json, token: string | null): Outcome {
  const team = token === null ? null : ((sim.world.tokens.get(token) ?? sim.world.userTokens.get(token)?.team)?.id ?? null)
  try {
    return { team, body: { ok: true, ...answer(sim, check, name, args, token) }, error: null, retryAfter: null }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return { team, body: { ok: false, error: error.message, ...error.extra }, error: error.message, retryAfter: error.retryAfter }
  }
}

function answer(sim: Simulation, check: ParameterCheck, name: string, args: Json, token: string | null): Json {
  const holder = token === null ? undefined : sim.world.userTokens.get(token)
  if (token !== null && holder) return answerPerson(sim, check, name, args, { ...holder, held: token })
  const method = methods.get(name)
  if (!method && ownMethods.has(name)) throw new ApiError('not_allowed_token_type')
  if (!method) throw new ApiError('unknown_method', { req_method: name })
  if (method.token !== 'bot') {
    if (method.token === 'app') holdAppToken(sim, token)
    holdArguments(check, name, args)
    holdRate(sim, name, '', method)
    return method.run({ sim, args })
  }
  if (token === null) throw new ApiError('not_authed')
  const dead = sim.world.deadTokens.get(token)
  if (dead) throw new ApiError(dead)
  const team = sim.world.tokens.get(token)
  if (!team?.installation || team.installation.token !== token)
    throw new ApiError(token === sim.app.appToken ? 'not_allowed_token_type' : 'invalid_auth')
  holdArguments(check, name, args)
  needScope(team.installation, ...method.scopes)
  holdRate(sim, name, team.id, method)
  return method.run({ sim, args, team, installation: team.installation })
}

function answerPerson(
  sim: Simulation,
  check: ParameterCheck,
  name: string,
  args: Json,
  holder: UserToken & { readonly held: string },
): Json {
  const method = ownMethods.get(name)
  if (!method) throw new ApiError(methods.has(name) ? 'not_allowed_token_type' : 'unknown_method', { req_method: name })
  const dead = sim.world.deadTokens.get(holder.held)
  if (dead) throw new ApiError(dead)
  holdArguments(check, name, args)
  needScope(holder, ...method.scopes)
  holdRate(sim, name, `${holder.team.id}/${holder.user.id}`, method)
  return method.run({ sim, args, ...holder })
}

function holdAppToken(sim: Simulation, token: string | null): void {
  if (token === null) throw new ApiError('not_authed')
  if (token !== sim.app.appToken) throw new ApiError(sim.world.tokens.has(token) ? 'not_allowed_token_type' : 'invalid_auth')
}

function holdArguments(check: ParameterCheck, name: string, args: Json): void {
  const messages = check(name, args)
  if (messages.length > 0)
    throw new ApiError('invalid_arguments', { response_metadata: { messages: messages.map((one) => `[ERROR] ${one}`) } })
}

function holdRate(sim: Simulation, name: string, team: string, method: Method | UserMethod): void {
  const wait = sim.limits.waitForMethod(name, team, method.tier)
  if (wait > 0) throw new ApiError('ratelimited', {}, wait)
}
