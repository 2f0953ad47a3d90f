import { assertHost } from '../../domain/rooms/host.actions.ts'
import { editRoom, freshView } from '../../domain/rooms/room.actions.ts'
import { chooseRoom, type RoomView } from '../../domain/rooms/room.queries.ts'
import { message, roomAnswer } from '../../screens/room.ts'
import { command } from '../command.ts'
import { roomOption } from './options.ts'
import { filledFrom, habitOptions, settingOptions, wishOf } from './wish.ts'

const lengths = ['work_duration_minutes', 'break_duration_minutes', 'long_break_minutes'] as const

const sameLengths = (before: RoomView, after: RoomView): boolean => lengths.every((length) => before.room[length] === after.room[length])

export const edit = command({
  name: 'room edit',
  summary: 'command.room.edit.summary',
  reply: 'form',
  options: { ...settingOptions, ...habitOptions, room: roomOption },
  async fill(ctx, { room }) {
    const view = await chooseRoom(ctx, room)
    assertHost(view)
    return { ...filledFrom(view), room: view.room.id }
  },
  async run(tx, { room, ...settings }) {
    const view = await chooseRoom(tx, room)
    await editRoom(tx, view, wishOf(settings))
    const changed = await freshView(tx, view.room.id)
    return roomAnswer(changed, tx.now, message(sameLengths(view, changed) ? 'settings.saved' : 'room.edited'))
  },
})
