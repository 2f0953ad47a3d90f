import { debrief as tell } from '../../domain/debriefs/debrief.actions.ts'
import { seatOf } from '../../domain/debriefs/debrief.queries.ts'
import { actingPerson } from '../../domain/people/person.queries.ts'
import { claimSilence } from '../../domain/presence/gap.actions.ts'
import { aimAt } from '../../domain/rooms/aim.actions.ts'
import { chooseRoom, myRoom } from '../../domain/rooms/room.queries.ts'
import { longestOf } from '../../domain/sessions/session.queries.ts'
import { aimSolo, soloNow } from '../../domain/sessions/solo.actions.ts'
import { outside } from '../../domain/timers/vote.actions.ts'
import { aimFrom } from '../../domain/todos/todo.actions.ts'
import { openLines } from '../../domain/todos/todo.queries.ts'
import { longestLine, written } from '../../domain/todos/todo.ts'
import { isUuid, type PresenceId, type RoomId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { done } from '../../screens/answers.ts'
import { debriefAnswer, hereCounted } from '../../screens/debrief.ts'
import { message } from '../../screens/room.ts'
import { soloCard } from '../../screens/solo.ts'
import { type Command, command } from '../command.ts'
import { moreOf } from '../room/more.ts'
import { carriedRoom } from '../room/options.ts'
import { tellJustOver } from './just-over.ts'

/** The one tap of a break: how the focus before it went. It is the check-in too. Typed in no room it is about what one just ran by oneself. */
const result = command({
  name: 'focus result',
  summary: 'command.focus.result.summary',
  reply: 'private',
  listed: false,
  options: {
    result: { type: 'choice', choices: ['done', 'partly', 'no'], required: true, about: 'option.result.about' },
    room: carriedRoom,
    phase: { type: 'string', max: 36, hidden: true, about: 'option.phase.about' },
  },
  async run(tx, { room, phase, result }) {
    const alone = room === undefined && (await myRoom(tx)) === null ? await tellJustOver(tx, result) : null
    if (alone !== null) return alone
    // It is about one's own focus, also in a room that one may not see any more.
    const at = room !== undefined && isUuid(room) ? (room as RoomId) : (await chooseRoom(tx, room)).room.id
    const told = await tell(tx, at, phase, result)
    const person = actingPerson(tx)
    const isStillThere = (await seatOf(tx, at, person)) !== undefined
    return debriefAnswer(at, told, result, isStillThere ? await openLines(tx, person) : [])
  },
})

/** What my time in a room is for, or the session that I run by myself: typed, or a line of my list. */
const aim = command({
  name: 'focus aim',
  summary: 'command.focus.aim.summary',
  reply: 'private',
  listed: false,
  options: {
    aim: { type: 'string', max: longestLine, required: true, about: 'option.aim.about' },
    room: carriedRoom,
    more: { type: 'boolean', hidden: true, about: 'option.more.about' },
  },
  async run(tx, { room, aim, more }) {
    const solo = room === undefined ? await soloNow(tx) : null
    if (solo?.state === 'running') return soloCard(await aimSolo(tx, solo, await aimFrom(tx, aim)), tx.now)
    const view = await chooseRoom(tx, room)
    if (!view.standing.isPresent) throw outside(view)
    const wanted = await aimFrom(tx, aim)
    await aimAt(tx, view.room.id, view.standing.person, wanted)
    const said = message('aim.told', { aim: wanted.aim === null ? aim : written({ text: wanted.aim, subject: wanted.subject }) })
    return more === true ? moreOf(tx, view, said) : done(said)
  },
})

/** "I was here": pressed by one whose silence ended their presence. */
const here = command({
  name: 'focus here',
  summary: 'command.focus.here.summary',
  reply: 'private',
  listed: false,
  options: { presence: { type: 'string', max: 36, hidden: true, about: 'option.presence.about' } },
  async run(tx, { presence }) {
    if (presence === undefined || !isUuid(presence)) throw new Refusal('conflict', 'presence.claim.over')
    return hereCounted(await longestOf(tx, await claimSilence(tx, presence as PresenceId)))
  },
})

export const debrief: readonly Command[] = [result, aim, here]
