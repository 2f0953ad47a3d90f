import { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { type Bus, ears } from './bus.ts'

const channel = 'focus-mate:whisper'

/** The bus over Redis. While Redis is away whispers are lost, which the pages survive; nothing waits for it. */
export async function redisBus(url: string, log: Logger): Promise<Bus> {
  const { listen, tell } = ears()
  const mouth = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1, lazyConnect: true })
  const ear = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: null })
  for (const connection of [mouth, ear]) connection.on('error', (err: Error) => log.warn({ err }, 'Redis is away'))
  ear.on('message', (_channel: string, payload: string) => payload.split(' ').forEach(tell))
  mouth.connect().catch((err: unknown) => log.warn({ err }, 'Redis is away'))
  ear.subscribe(channel).catch((err: unknown) => log.warn({ err }, 'Redis is away'))
  return {
    listen,
    async whisper(topics) {
      if (mouth.status === 'ready')
        await mouth.publish(channel, topics.join(' ')).catch((err: unknown) => log.warn({ err }, 'a whisper was lost'))
    },
    async close() {
      mouth.disconnect()
      ear.disconnect()
    },
  }
}
