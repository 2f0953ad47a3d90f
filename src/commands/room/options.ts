import { listRooms } from '../../domain/rooms/room.queries.ts'
import type { Option, Suggest } from '../command.ts'

/** Rooms that the person may see whose name begins with what is typed. */
const suggestRooms: Suggest = async (ctx, typed) =>
  (await listRooms(ctx, { typed, limit: 25 })).map((room) => ({ label: room.name, value: room.id }))

/** Which room: by default mine, else this channel's. */
export const roomOption = { type: 'string', max: 100, suggest: suggestRooms, about: 'option.room.about' } as const satisfies Option
/** The room that a button belongs to. */
export const carriedRoom = { ...roomOption, hidden: true } as const satisfies Option
