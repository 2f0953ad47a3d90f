import { describe, expect, test } from 'vitest'
import { gallery, sampleReader } from '../../src/screens/gallery.ts'
import { render, renderCalling } from './render.ts'
import { accepted, displayed, forged } from './testing/accepted.ts'

describe.each(['en', 'ko'] as const)('every screen in %s', (locale) => {
  const reader = sampleReader(locale)

  test.each(gallery.map(({ name, screen }) => [name, screen] as const))('%s', (_name, screen) => {
    const payload = accepted(render(screen, reader))
    expect(displayed(payload).join('').length).toBeGreaterThan(0)
    for (const words of displayed(payload)) expect(words).not.toMatch(forged)
  })

  test.each(gallery.map(({ name, screen }) => [name, screen] as const))('%s, where it calls', (_name, screen) => {
    const payload = accepted(renderCalling(screen, reader))
    const rung = [
      ...displayed(payload)
        .join(' ')
        .matchAll(/<@(\d+)>/g),
    ].map(([, id]) => id)
    expect(payload.allowed_mentions).toEqual({ parse: [], users: [...new Set(rung)] })
  })
})
