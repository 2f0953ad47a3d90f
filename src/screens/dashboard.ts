import { button, buttons, lines, message } from './room.ts'
import type { Screen } from './screen.ts'

/** The one-time address that signs in; null while the pages are reachable from this machine only. */
export const dashboardLink = (address: string | null): Screen => ({
  tone: 'calm',
  title: message('dashboard.title'),
  blocks:
    address === null
      ? [lines(message('dashboard.unreachable'))]
      : [lines(message('dashboard.link')), buttons(button('dashboard.open', { open: address }, 'primary'))],
})
