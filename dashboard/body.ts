import { z } from 'zod'
import { unpackPress } from '../src/commands/press.ts'
import { isUuid } from '../src/kernel/ids.ts'
import type { Press } from '../src/kernel/press.ts'
import { Refusal } from '../src/kernel/refusal.ts'
import type { Spot } from './desk.ts'

/** A field sent twice comes as a list: the last one counts, as with a hidden field before a checkbox. */
const word = z.preprocess((value) => (Array.isArray(value) ? value.at(-1) : value), z.string().max(10_000))

const pressBody = z.object({
  press: word,
  option: word.optional(),
  choice: word.optional(),
  screen: word.optional(),
  spot: word.optional(),
  room: word.optional(),
})
const formBody = z.object({ press: word }).catchall(word)
const themeBody = z.object({ theme: z.enum(['system', 'light', 'dark']) })
const lineBody = z.object({ line: word })

const notUnderstood = () => new Refusal('invalid', 'web.error.invalid')

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const found = schema.safeParse(body)
  if (!found.success) throw notUnderstood()
  return found.data
}

export type PressBody = {
  readonly press: Press
  readonly screen: string
  readonly spot: Spot
  readonly room: string | null
}

/** The body of a button or of a select. Refused: invalid, where it is none of ours. */
export function readPress(body: unknown): PressBody {
  const { press: packed, option, choice, screen = '', spot, room = '' } = read(pressBody, body)
  const press = packedPress(packed)
  const chosen = option !== undefined && /^[a-z_]+$/.test(option) && choice !== undefined ? { [option]: choice } : {}
  return {
    press: { ...press, args: { ...press.args, ...chosen } },
    screen: /^[\w-]{1,60}$/.test(screen) ? screen : 'answer',
    spot: spot === 'alone' || spot === 'answer' || spot === 'log' ? spot : 'page',
    room: isUuid(room) ? room : null,
  }
}

export function packedPress(packed: string): Press {
  const press = unpackPress(packed)
  if (press === null) throw notUnderstood()
  return press
}

/** The body of a form: its press, and what was typed by the field's name. */
export function readForm(body: unknown): { readonly press: Press; readonly typed: Readonly<Record<string, string>> } {
  const { press, ...rest } = read(formBody, body)
  const typed = Object.entries(rest).flatMap(([name, value]) => (name.startsWith('o.') ? [[name.slice(2), value] as const] : []))
  return { press: packedPress(press), typed: Object.fromEntries(typed) }
}

export const readLine = (body: unknown): string => read(lineBody, body).line.slice(0, 1000)

export const readTheme = (body: unknown): 'system' | 'light' | 'dark' => read(themeBody, body).theme
