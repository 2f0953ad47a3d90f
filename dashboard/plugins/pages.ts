import { join } from 'node:path'
import view from '@fastify/view'
import { Eta } from 'eta'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { MessageKey } from '../../src/locales/text.ts'
import { type Reader, say } from '../../src/locales/write.ts'
import { escapeUnlessHtml } from '../html.ts'
import type { Site } from '../site.ts'
import { tokenOwner } from './security.ts'

const views = join(import.meta.dirname, '..', 'views')

export type View =
  | 'home'
  | 'rooms'
  | 'room'
  | 'stats'
  | 'goals'
  | 'why'
  | 'console'
  | 'settings'
  | 'import'
  | 'import-preview'
  | 'form'
  | 'answer'
  | 'gallery'
  | 'sign-in'
  | 'sign-in-link'
  | 'error'

/** What a view gets beside its own words: strings are escaped where they are shown, Html passes as it is. */
export type Page = {
  readonly view: View
  readonly title: string
  readonly words: Readonly<Record<string, unknown>>
  /** The page to which this one belongs in the navigation, where its own address does not tell. */
  readonly of?: string
}

export async function drawPages(server: FastifyInstance): Promise<void> {
  const eta = new Eta({ views, escapeFunction: escapeUnlessHtml, autoEscape: true, cache: true })
  await server.register(view, { engine: { eta }, templates: views, production: true })
}

/** The whole page, in the reader's language and theme. */
export async function showPage(site: Site, request: FastifyRequest, reply: FastifyReply, page: Page): Promise<FastifyReply> {
  const { locale } = site.readerOf(request)
  const shell = {
    title: page.title,
    locale,
    theme: request.login?.theme ?? 'system',
    assets: site.assets,
    login: request.login,
    csrf: tokenFor(request, reply),
    nav: navigation(site, page.of ?? request.url, locale),
    say: (key: MessageKey, words?: Parameters<typeof say>[2]) => say(key, locale, words),
  }
  reply.header('cache-control', 'no-store').type('text/html; charset=utf-8')
  return reply.view(page.view, { ...page.words, ...shell })
}

/** The token that forms of this answer send along; made once per answer. */
export function tokenFor(request: FastifyRequest, reply: FastifyReply): string {
  return reply.generateCsrf({ userInfo: tokenOwner(request) })
}

const pages = [
  { path: '/', label: 'web.nav.home', icon: 'M4 11 12 4l8 7v9h-5v-6H9v6H4z' },
  { path: '/rooms', label: 'web.nav.rooms', icon: 'M6 21V4h12v17M3.5 21h17M14.5 12v1.5' },
  { path: '/stats', label: 'web.nav.stats', icon: 'M5 20v-7M10 20V8M15 20v-9M20 20V4' },
  { path: '/reservations', label: 'web.nav.reservations', icon: 'M5 5h14v15H5zM5 9.5h14M8.5 3v4M15.5 3v4M12 12.5v3l2 1.2' },
  { path: '/console', label: 'web.nav.console', icon: 'm5 7 5 5-5 5M12 18h7' },
  {
    path: '/settings',
    label: 'web.nav.settings',
    icon: 'M4 7h9M19 7h1M4 17h1M11 17h9M16 4.5v5M8 14.5v5',
  },
] as const

/** Pages that are reached from another one, and belong to it. */
const partOf: Readonly<Record<string, string>> = {
  '/todos': '/',
  '/goals': '/stats',
  '/why': '/stats',
  '/import': '/settings',
  '/import/preview': '/settings',
  '/setup': '/settings',
  '/diagnose': '/settings',
}

function navigation(site: Site, address: string, locale: Reader['locale']) {
  const gallery = site.app.config.development
    ? [{ path: '/gallery', label: 'web.nav.gallery', icon: 'M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z' } as const]
    : []
  const path = address.split('?')[0] ?? '/'
  const at = partOf[path] ?? path
  return [...pages, ...gallery].map((page) => ({
    ...page,
    label: say(page.label, locale),
    here: page.path === '/' ? at === '/' : at === page.path || at.startsWith(`${page.path}/`),
  }))
}
