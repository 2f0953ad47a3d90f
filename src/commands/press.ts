import { isUuid, longId, shortId } from '../kernel/ids.ts'
import type { Press } from '../kernel/press.ts'

/** Discord's limit for a `custom_id` and for the value of a select. */
export const longestPress = 100

const commandPattern = /^[a-z_-]+(?: [a-z_-]+)?$/
const namePattern = /^[a-z_]+$/

/**
 * The press as at most 100 characters, without spaces: `room.join|room=~AZ…`, with `?` before it if it asks.
 * Throws where it is longer or has other than lower-case names: that is a bug in the screen.
 */
export function packPress(press: Press): string {
  const args = Object.entries(press.args).map(([name, value]) => `${checked(namePattern, name)}=${packValue(value)}`)
  const packed = (press.ask ? '?' : '') + [checked(commandPattern, press.command).replace(' ', '.'), ...args].join('|')
  if (packed.length > longestPress)
    throw new Error(`The button of ${press.command} holds ${packed.length} characters, and ${longestPress} fit.`)
  return packed
}

/** The press of a packed text; null for whatever `packPress` did not write. */
export function unpackPress(packed: string): Press | null {
  if (packed.length > longestPress) return null
  const ask = packed.startsWith('?')
  const [head = '', ...parts] = packed.slice(ask ? 1 : 0).split('|')
  const command = head.replace('.', ' ')
  if (head.includes(' ') || !commandPattern.test(command)) return null
  const args: [string, string][] = []
  for (const part of parts) {
    const [, name, packedValue] = /^([a-z_]+)=([^=]*)$/.exec(part) ?? []
    const value = packedValue === undefined ? null : unpackValue(packedValue)
    if (name === undefined || value === null) return null
    args.push([name, value])
  }
  const press = { command, args: Object.fromEntries(args) }
  return ask ? { ...press, ask } : press
}

/** A select: its press, and the option that takes the value chosen in it. */
export const packSelect = (press: Press, option: string): string => packPress({ ...press, args: { ...press.args, [option]: chosenHere } })

/** The press of a select in which `value` was chosen; null for whatever `packSelect` did not write. */
export function unpackSelect(packed: string, value: string): Press | null {
  const press = unpackPress(packed)
  const option = press && Object.keys(press.args).findLast((name) => press.args[name] === chosenHere)
  return option ? { ...press, args: { ...press.args, [option]: value } } : null
}

/** Stands for the value that is still to be chosen: a character nobody can type. The last of them is the option of the select. */
const chosenHere = '\u0000'

const packValue = (value: string): string => (isUuid(value) ? `~${shortId(value)}` : value.replace(special, escaped))

function unpackValue(packed: string): string | null {
  if (packed.startsWith('~')) return longId(packed.slice(1))
  const value = packed.replace(escapes, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  return packValue(value) === packed ? value : null
}

/** What separates parts, and what a platform might trim or drop. */
const special = /[%|=~\s\p{Cc}\p{Cf}\p{Cs}]/gu
const escapes = /%([0-9a-f]{4})/g
const escaped = (text: string): string =>
  Array.from({ length: text.length }, (_, i) => `%${text.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')

function checked(pattern: RegExp, name: string): string {
  if (!pattern.test(name)) throw new Error(`A button can't hold the name ${name}.`)
  return name
}
