import type { FastifyRequest } from 'fastify'
import { isUuid } from '../src/kernel/ids.ts'
import type { Press } from '../src/kernel/press.ts'

/** The page on which people look for what a group of commands does. */
const pageOf: Readonly<Record<string, string>> = {
  room: '/rooms',
  timer: '/rooms',
  reserve: '/reservations',
  todo: '/todos',
  stats: '/stats',
  goal: '/goals',
  achievements: '/goals',
  settings: '/settings',
  setup: '/setup',
  diagnose: '/setup',
}

/**
 * Where the person came from on these pages, for a way back. Where the browser does not say, or it was itself an answer: the room
 * that the press is about, else the page of its command, else home.
 */
export function wayBack({ headers: { referer }, host }: FastifyRequest, press?: Press): string {
  const from = referer && URL.canParse(referer) ? new URL(referer) : null
  const known = /^\/(rooms(\/[\w-]+)?|console|reservations|todos|goals|settings|setup|diagnose|import|stats|why)?$/
  if (from?.host === host && known.test(from.pathname) && from.pathname !== '/rooms/new') return from.pathname
  const room = press?.args.room
  if (room !== undefined && isUuid(room)) return `/rooms/${room}`
  return pageOf[press?.command.split(' ')[0] ?? ''] ?? '/'
}
