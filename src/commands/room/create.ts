import { defaultRoomName } from '../../domain/people/person.queries.ts'
import { assertOwnsFewer, defaultsHere, freshView, openRoom } from '../../domain/rooms/room.actions.ts'
import { myRoom } from '../../domain/rooms/room.queries.ts'
import { defaults } from '../../domain/rooms/room.ts'
import { moveTimer } from '../../domain/timers/timer.actions.ts'
import { isHereAtLeast } from '../../domain/workspaces/workspace.queries.ts'
import { done } from '../../screens/answers.ts'
import { privatePanel, roomAnswer, roomPanel } from '../../screens/room.ts'
import { command } from '../command.ts'
import { saidOnJoining } from './join.ts'
import { filledFrom, settingOptions, wishOf } from './wish.ts'

/** One step: no option is needed, the maker is in, and the timer runs unless asked not to. From a voice channel it binds that channel. */
export const create = command({
  name: 'room create',
  summary: 'command.room.create.summary',
  reply: 'public',
  options: { ...settingOptions, start: { type: 'boolean', about: 'option.start.about' } },
  async fill(ctx) {
    // Those who keep a room for the workspace own none of it.
    if (ctx.actor !== 'clock' && !(await isHereAtLeast(ctx, 'moderator'))) await assertOwnsFewer(ctx, ctx.actor.person, ctx.actor.workspace)
    const filled = Object.entries(filledFrom({ room: { ...defaults, ...(await defaultsHere(ctx)), room_name: '' } }))
    return Object.fromEntries([...filled.filter(([name]) => Object.hasOwn(settingOptions, name)), ['start', 'yes']])
  },
  async run(tx, args) {
    const voice = args.voice ?? tx.place?.voice
    const wish = wishOf(args)
    const left = (await myRoom(tx))?.room.room_name ?? null
    const room = await openRoom(tx, voice === undefined ? wish : { ...wish, voice }, await defaultRoomName(tx))
    if (args.start !== false) await moveTimer(tx, await freshView(tx, room), { verb: 'start' })
    const view = await freshView(tx, room)
    const panel = roomPanel(view, tx.now)
    const isAlone = panel.audience === undefined || tx.place === null
    if (left === null) return isAlone ? privatePanel(view, tx.now) : panel
    const said = saidOnJoining({ already: false, left })
    return isAlone ? roomAnswer(view, tx.now, said) : { ...panel, aside: done(said) }
  },
})
