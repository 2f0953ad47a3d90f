import type { FastifyRequest } from 'fastify'
import type { App } from '../src/app.ts'
import type { Locale } from '../src/locales/text.ts'
import type { Reader } from '../src/locales/write.ts'

/** Who reads the answer, without any names looked up. Those who are not signed in are read to in their browser's language. */
export function readerOf(app: App, request: FastifyRequest): Reader {
  return {
    locale: request.login?.locale ?? browserLocale(request.headers['accept-language']),
    timezone: request.login?.timezone ?? 'UTC',
    now: app.clock.now(),
    people: new Map(),
    web: app.config.publicUrl,
  }
}

/** Korean where the browser asks for it before English. */
export function browserLocale(header: string | undefined): Locale {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => /^\s*([a-z]{2})[^;]*(?:;q=([\d.]+))?/i.exec(part))
    .flatMap((found) => (found ? [{ language: found[1]?.toLowerCase(), weight: Number(found[2] ?? 1) }] : []))
    .toSorted((a, b) => b.weight - a.weight)
  return wanted.find(({ language }) => language === 'ko' || language === 'en')?.language === 'ko' ? 'ko' : 'en'
}
