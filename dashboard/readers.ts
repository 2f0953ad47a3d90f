import type { FastifyRequest } from 'fastify'
import { readerOf } from '../src/domain/people/reader.queries.ts'
import type { App } from '../src/kernel/context.ts'
import type { Locale } from '../src/locales/text.ts'
import type { Reader } from '../src/locales/write.ts'
import { peopleIn } from '../src/screens/people.ts'
import type { Screen } from '../src/screens/screen.ts'
import { actorOf } from './callers.ts'

/** Who reads the answer, without any names looked up. Those who are not signed in are read to in their browser's language. */
export function readerAt(app: App, request: FastifyRequest): Reader {
  return { ...tongueFor(request), now: app.clock.now(), people: new Map(), web: app.config.publicUrl }
}

/** Who reads the screen, with the names of all whom it shows. */
export const readerOfScreen = (app: App, request: FastifyRequest, screen: Screen): Promise<Reader> =>
  app.read((ctx) => readerOf(ctx, { ...tongueFor(request), platform: 'web' }, peopleIn(screen)), { actor: actorOf(request), place: null })

const tongueFor = ({ login, headers }: FastifyRequest): { locale: Locale; timezone: string } => ({
  locale: login?.locale ?? (login ? 'en' : browserLocale(headers['accept-language'])),
  timezone: login?.timezone ?? 'UTC',
})

/** Korean where the browser asks for it before English. */
export function browserLocale(header: string | undefined): Locale {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => /^\s*([a-z]{2})[^;]*(?:;q=([\d.]+))?/i.exec(part))
    .flatMap((found) => (found ? [{ language: found[1]?.toLowerCase(), weight: Number(found[2] ?? 1) }] : []))
    .toSorted((a, b) => b.weight - a.weight)
  return wanted.find(({ language }) => language === 'ko' || language === 'en')?.language === 'ko' ? 'ko' : 'en'
}
