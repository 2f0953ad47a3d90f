import type { rooms as en } from '../en/rooms.ts'

export const rooms: Readonly<Record<keyof typeof en, string>> = {}
