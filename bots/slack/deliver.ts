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
