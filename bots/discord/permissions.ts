import { PermissionFlagsBits, type PermissionsBitField, type PermissionsString } from 'discord.js'
import type { MessageKey } from '../../src/locales/text.ts'

/** What a live panel and its phase lines need in their channel: no more is ever asked for. */
const neededForPanel = ['ViewChannel', 'SendMessages'] as const satisfies readonly PermissionsString[]

export type Needed = (typeof neededForPanel)[number]

/** The permissions that a panel lacks here. Discord tells with every interaction what we may do in its channel. */
export const missingForPanel = (held: Readonly<PermissionsBitField>): readonly Needed[] =>
  neededForPanel.filter((name) => !held.has(PermissionFlagsBits[name]))

/** Named as Discord names it in its settings. */
export const permissionName = (permission: Needed): MessageKey => `discord.permission.${permission}`
