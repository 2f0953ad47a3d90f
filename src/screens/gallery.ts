import { answers } from './gallery/answers.ts'
import { debriefs } from './gallery/debrief.ts'
import { focusScreens } from './gallery/focus.ts'
import { goalSamples } from './gallery/goals.ts'
import { said } from './gallery/lines.ts'
import { outageSamples } from './gallery/outages.ts'
import { panels } from './gallery/panels.ts'
import { refusals } from './gallery/refusals.ts'
import { reservationSamples } from './gallery/reservations.ts'
import { setupSamples } from './gallery/setup.ts'
import { stats } from './gallery/stats.ts'
import type { Screen } from './screen.ts'

export { sampleReader } from './gallery/cast.ts'

export type Sample = { readonly name: string; readonly screen: Screen }

/** A sample of every screen there is, for renderers to be tried on and for the page that shows them; at a moment that stands still. */
export const gallery: readonly Sample[] = Object.entries({
  ...panels,
  ...answers,
  ...said,
  ...debriefs,
  ...focusScreens,
  ...goalSamples,
  ...outageSamples,
  ...reservationSamples,
  ...setupSamples,
  ...refusals,
  ...stats,
}).map(([name, screen]) => ({
  name,
  screen,
}))
