import { makeSignInLink } from '../domain/people/sign-in.actions.ts'
import { button, buttons, lines, message } from '../screens/room.ts'
import { command } from './command.ts'

/** A one-time link; while the pages are reachable from this machine only, no chat message holds an address. */
export const dashboard = command({
  name: 'dashboard',
  summary: 'command.dashboard.summary',
  reply: 'private',
  options: {},
  async run(tx) {
    if (tx.actor === 'clock') throw new Error('only a person signs in')
    const title = message('dashboard.title')
    if (tx.web === null) return { tone: 'calm', title, blocks: [lines(message('dashboard.unreachable'))] }
    const token = await makeSignInLink(tx, tx.actor.person, tx.actor.workspace)
    const open = button('dashboard.open', { open: `${tx.web}/sign-in/${token}` }, 'primary')
    return { tone: 'calm', title, blocks: [lines(message('dashboard.link')), buttons(open)] }
  },
})
