import type { Command } from '../command.ts'
import { cancel, edit, join } from './change.ts'
import { create } from './create.ts'
import { calendar, list } from './list.ts'

export const reserve: readonly Command[] = [create, list, edit, cancel, join, calendar]
