import type { FastifyRequest } from 'fastify'
import type { Caller } from '../src/commands/perform.ts'
import type { Actor } from '../src/kernel/context.ts'
import { loginOf } from './plugins/logins.ts'

/** Who acts on the pages: the person and workspace of the login, never anything from input. */
export function callerOf(request: FastifyRequest): Caller {
  const { person, workspace } = loginOf(request)
  return { person, workspace }
}

export function actorOf(request: FastifyRequest): Exclude<Actor, 'clock'> {
  const { person, workspace } = loginOf(request)
  return { person, workspace }
}
