import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import type { Mount } from '../src/mounts.ts'
import { createDashboard } from './main.ts'
import { usePages } from './testing/pages.ts'

const pages = usePages(undefined, { PORT: '0' })

/** Answers with the bytes it got, as whoever checks a signature over them needs. */
const echo: Mount = {
  prefix: '/slack/',
  handle(request: IncomingMessage, response: ServerResponse) {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    once(request, 'end').then(
      () => response.writeHead(200, { 'content-type': 'text/plain' }).end(Buffer.concat(parts)),
      (error: unknown) => response.destroy(error instanceof Error ? error : undefined),
    )
  },
}
const raw = 'token=a%20b&text=\u00fc+&&x'

describe('a handler of another surface', () => {
  it('gets its requests before the pages, with the raw body', async () => {
    const web = await createDashboard(pages().house.app, { mounts: [echo] })
    await web.start()
    try {
      const answer = await fetch(`${web.address}/slack/events`, {
        method: 'POST',
        body: raw,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
      expect(await answer.text()).toBe(raw)
      expect((await fetch(`${web.address}/health`)).status).toBe(200)
    } finally {
      await web.stop()
    }
  })

  it('a taken port is told to whoever starts', async () => {
    const first = await createDashboard(pages().house.app)
    await first.start()
    const port = Number(new URL(first.address).port)
    const second = await createDashboard({ ...pages().house.app, config: { ...pages().house.app.config, port } })
    await expect(second.start()).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await second.stop()
    await first.stop()
  })
})
