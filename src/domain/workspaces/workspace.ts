import type { Role } from '../../db/schema.ts'
import type { Platform } from '../../kernel/context.ts'

/** What a chat platform says about the workspace in which somebody acts, and about their right there. */
export type WorkspaceSighting = {
  readonly platform: Exclude<Platform, 'web'>
  readonly externalId: string
  readonly name: string
  readonly role: Role
}

export const home = { platform: 'web', external_id: 'home', name: 'Home' } as const

/** The web believes a role for 15 minutes after the platform told it. */
export const roleTrustMinutes = 15

const ranks: Record<Role, number> = { guest: 0, member: 1, moderator: 2, admin: 3 }

export const isAtLeast = (role: Role, wanted: Role): boolean => ranks[role] >= ranks[wanted]
