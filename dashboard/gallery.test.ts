import { describe, expect, it } from 'vitest'
import { gallery, sampleReader } from '../src/screens/gallery.ts'
import { ada } from '../src/testing/cast.ts'
import { drawScreen } from './render.ts'
import { foreignIn } from './testing/markup.ts'
import { generous, usePages } from './testing/pages.ts'
import { visitor } from './testing/visitor.ts'

const pages = usePages()
const workshop = usePages(generous, { NODE_ENV: 'development' })

describe('every screen there is', () => {
  it.each(gallery.map(({ name, screen }) => [name, screen] as const))('%s is drawn in both languages', (_name, screen) => {
    for (const locale of ['en', 'ko'] as const) {
      const { markup } = drawScreen(screen, sampleReader(locale), { csrf: 'token', id: 'sample', spot: 'page' })
      expect(foreignIn(markup)).toEqual([])
      expect(markup).toContain('class="screen-title"')
      const ids = [...markup.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
      expect(new Set(ids).size).toBe(ids.length)
    }
  })

  it('is shown on one page in development, and nowhere else', async () => {
    const shown = await (await workshop().signIn(ada)).get('/gallery')
    expect(shown.status).toBe(200)
    for (const { name } of gallery) expect(shown.body).toContain(name)
    expect((await (await pages().signIn(ada)).get('/gallery')).status).toBe(404)
    expect((await visitor(workshop().server).get('/gallery')).body).toContain('one-time link')
  })
})
