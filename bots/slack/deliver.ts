import type { Delivery, Outcome, Surface } from '../../src/deliveries/delivery.ts'
import type { App } from '../../src/kernel/context.ts'
import type { Home } from './home.ts'
import type { Installations } from './installed.ts'
import { outcomeOf } from './outcome.ts'
import type { Panels } from './panels.ts'
import { isFailed, type Posts } from './posts.ts'
import type { Renderer } from './render.ts'

type Parts = {
  readonly app: App
  readonly installations: Installations
  readonly posts: Posts
  readonly panels: Panels
  readonly home: Home
  readonly renderer: Renderer
}

/** Sends what must reach Slack. */
export function createSurface({ app, installations, posts, panels, home, renderer }: Parts): Surface {
  async function takeDown(delivery: Extract<Delivery, { kind: 'takedown' }>): Promise<Outcome> {
    const installed = await installations.at(delivery.workspace)
    if (!installed) return { gone: 'the app was taken out' }
    const removed = await posts.remove(installed, { channel: delivery.channel, ts: delivery.message })
    return isFailed(removed) ? outcomeOf(removed) : 'sent'
  }

  return {
    platform: 'slack',
    deliver: async (delivery) => {
      switch (delivery.kind) {
        case 'panel':
          return panels.refresh(delivery.binding, delivery.moved === true)
        case 'home': {
          const drawn = await home.drawAll(delivery.person)
          const failed = drawn.find((one) => one !== 'drawn')
          return failed ? outcomeOf(failed) : 'sent'
        }
        case 'takedown':
          return takeDown(delivery)
        case 'line':
        case 'notice':
        case 'voice-status':
          return { gone: 'Slack has no status of a voice channel' }
      }
      return delivery satisfies never
    },
  }
}
