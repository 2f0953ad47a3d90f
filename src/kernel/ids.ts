import { v7 } from 'uuid'

declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

/** Keys are uuids (version 7, made by PostgreSQL), told apart by the compiler. */
export type PersonId = Branded<'person'>
export type WorkspaceId = Branded<'workspace'>
export type RoomId = Branded<'room'>
export type PhaseId = Branded<'phase'>
export type BindingId = Branded<'binding'>
export type SessionId = Branded<'session'>
export type PresenceId = Branded<'presence'>
export type SoloId = Branded<'solo'>
export type TodoId = Branded<'todo'>
export type OutageId = Branded<'outage'>
export type GapId = Branded<'gap'>
export type FaultId = Branded<'fault'>
export type ReservationId = Branded<'reservation'>
export type OccurrenceId = Branded<'occurrence'>
export type CardId = Branded<'card'>

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export const isUuid = (text: string): boolean => uuidPattern.test(text)

/** A uuid as 22 base64url characters: button ids hold 100 characters at most on Discord. */
export const shortId = (uuid: string): string => Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url')

/** The uuid of a short id, or null where the text is none. */
export function longId(short: string): string | null {
  if (!/^[\w-]{22}$/.test(short)) return null
  const hex = Buffer.from(short, 'base64url').toString('hex')
  if (hex.length !== 32) return null
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** A fresh key; later ones of this process sort after earlier ones, whatever the clock of a test says. */
export const newId = <Id extends string>(): Id => v7() as Id
