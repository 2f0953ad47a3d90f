import type { FastifyInstance } from 'fastify'
import { say } from '../../src/locales/write.ts'
import { gallery, sampleReader } from '../../src/screens/gallery.ts'
import { showPage, tokenFor } from '../plugins/pages.ts'
import { drawScreen } from '../render.ts'
import type { Site } from '../site.ts'

/** Every screen there is, for whoever works on them. Its buttons are real, and refuse what they speak of. */
export function galleryRoutes(server: FastifyInstance, site: Site): void {
  server.get('/gallery', async (request, reply) => {
    const { locale } = site.readerOf(request)
    const csrf = tokenFor(request, reply)
    const samples = gallery.map(({ name, screen }, i) => ({
      name,
      screen: drawScreen(screen, sampleReader(locale), { csrf, id: `sample-${i}`, spot: 'page' }),
    }))
    return showPage(site, request, reply, { view: 'gallery', title: say('web.gallery.title', locale), words: { samples } })
  })
}
