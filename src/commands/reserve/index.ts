import type { Command } from '../command.ts'
import { cancel, edit, join, skip } from './change.ts'
import { create } from './create.ts'
import { calendar, list, show } from './list.ts'

export const reserve: readonly Command[] = [create, list, edit, cancel, skip, join, show, calendar]
