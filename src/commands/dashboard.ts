import { makeSignInLink } from '../domain/people/sign-in.actions.ts'
import { done } from '../screens/answers.ts'
import { dashboardLink } from '../screens/dashboard.ts'
import { message } from '../screens/room.ts'
import { command } from './command.ts'

/** A one-time link; while the pages are reachable from this machine only, no chat message holds an address. */
export const dashboard = command({
  name: 'dashboard',
  summary: 'command.dashboard.summary',
  reply: 'private',
  options: {},
  async run(tx) {
    if (tx.actor === 'clock') throw new Error('only a person signs in')
    if (tx.actor.platform === 'web') return done(message('dashboard.here'))
    if (tx.web === null) return dashboardLink(null)
    return dashboardLink(`${tx.web}/sign-in/${await makeSignInLink(tx, tx.actor.person, tx.actor.workspace)}`)
  },
})
