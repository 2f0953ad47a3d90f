import type { commands as en } from '../en/commands.ts'

export const commands: Readonly<Record<keyof typeof en, string>> = {}
