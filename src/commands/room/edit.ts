import { editRoom, freshView } from '../../domain/rooms/room.actions.ts'
import { chooseRoom } from '../../domain/rooms/room.queries.ts'
import { message, roomAnswer } from '../../screens/room.ts'
import { command } from '../command.ts'
import { roomOption } from './options.ts'
import { filledFrom, habitOptions, settingOptions, wishOf } from './wish.ts'

export const edit = command({
  name: 'room edit',
  summary: 'command.room.edit.summary',
  reply: 'form',
  options: { ...settingOptions, ...habitOptions, room: roomOption },
  async fill(ctx, { room }) {
    const view = await chooseRoom(ctx, room)
    return { ...filledFrom(view), room: view.room.id }
  },
  async run(tx, { room, ...settings }) {
    const view = await chooseRoom(tx, room)
    await editRoom(tx, view, wishOf(settings))
    return roomAnswer(await freshView(tx, view.room.id), tx.now, message('room.edited'))
  },
})
