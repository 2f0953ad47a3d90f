import { z } from 'zod'
import { after, minutes } from '../kernel/clock.ts'
import type { PersonId } from '../kernel/ids.ts'
import { Refusal } from '../kernel/refusal.ts'
import { dayIn, type WallClock } from '../kernel/zones.ts'
import { choiceNamed } from '../locales/names.ts'
import type { Command, Option } from './command.ts'
import { choiceLabel, exampleOf, labelOf, listed, quoted } from './labels.ts'
import { timeIn } from './time/time-in.ts'
import {
  booleanIn,
  channelIn,
  channelsIn,
  cleaned,
  decoded,
  type External,
  integerIn,
  minutesIn,
  namesThings,
  type PersonRef,
  personRefIn,
  personRefsIn,
  rolesIn,
} from './values.ts'

export type { External, PersonRef } from './values.ts'

/** Arguments as they come in. A string is taken for every type: buttons, forms and text have nothing else. Empty is absent. */
export type Raw = Readonly<Record<string, string | number | boolean | External | readonly External[] | null | undefined>>

type Checked = string | number | boolean | Date | PersonRef | readonly PersonRef[] | readonly string[]

/** Arguments of the types that the options say, people still to be looked up. Absent ones have no key. */
export type CheckedArgs = Readonly<Record<string, Checked>>

/**
 * The arguments by the options of the command; what is no option is left out. Times are read by the person's own clock. Refuses
 * (`invalid`) with the option, what was wrong with it, what it takes, and an example.
 */
export function readArgs(command: Command, raw: Raw, clock: WallClock): CheckedArgs {
  const args = typed(command, raw, clock)
  for (const name of Object.keys(command.options)) assertFits(command, name, args, clock)
  return args
}

/** What `readArgs` would refuse, of each option by its name and in their order: a form says all of it at once. */
export function faultsIn(command: Command, raw: Raw, clock: WallClock): ReadonlyMap<string, Refusal> {
  const args: Record<string, Checked> = {}
  const read = Object.entries(command.options).map(
    ([name, option]) =>
      [name, refusalIn(() => Object.assign(args, typed({ ...command, options: { [name]: option } }, raw, clock)))] as const,
  )
  const faults = read.map(([name, unread]) => [name, unread ?? refusalIn(() => assertFits(command, name, args, clock))] as const)
  return new Map(faults.filter((fault): fault is readonly [string, Refusal] => fault[1] !== null))
}

function refusalIn(act: () => void): Refusal | null {
  try {
    act()
    return null
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** The arguments as the types of the options have them. */
function typed(command: Command, raw: Raw, clock: WallClock): CheckedArgs {
  const given = givenOf(command, raw)
  const read = schemaOf(command).safeParse({ ...given, ...timesOf(command, given, clock) })
  if (read.success) return read.data
  const [name] = read.error.issues[0]?.path ?? []
  const option = typeof name === 'string' ? command.options[name] : undefined
  if (typeof name !== 'string' || !option) throw read.error
  throw refusalOf(command, name, option, given[name])
}

/** Refuses what an option says is wrong with its value. */
function assertFits(command: Command, name: string, args: CheckedArgs, clock: WallClock): void {
  const option = command.options[name]
  const value = args[name]
  let wrong: Refusal | null | undefined
  if (option?.type === 'string' && typeof value === 'string') wrong = option.wrong?.(value, clock, args)
  if (option?.type === 'integer' && typeof value === 'number') wrong = option.wrong?.(value, clock, args)
  if (option?.type === 'time' && value instanceof Date) wrong = option.wrong?.(value, clock, args)
  if (wrong) throw wrong
}

type Given = string | readonly External[]

function givenOf(command: Command, raw: Raw): Record<string, Given> {
  const given: Record<string, Given> = {}
  for (const [name, option] of Object.entries(command.options)) {
    const value = Object.hasOwn(raw, name) ? raw[name] : null
    if (value === null || value === undefined) continue
    const one = typeof value === 'object' ? externalsOf(option, value) : cleaned(String(value))
    if (one.length > 0) given[name] = one
  }
  return given
}

/** The moments that were typed; what is none stays a text, which no time is. Refuses (`invalid`) one on the wrong side of now. */
function timesOf(command: Command, given: Readonly<Record<string, Given>>, clock: WallClock): Record<string, Date> {
  const times: Record<string, Date> = {}
  for (const [name, option] of Object.entries(command.options)) {
    const typed = given[name]
    if (option.type !== 'time' || typeof typed !== 'string') continue
    const time = timeIn(typed, clock, option)
    if (time === null) continue
    const words = { option: labelOf(name), typed: quoted(typed), time: { time, as: 'date' }, clock: { time, as: 'clock' } } as const
    const read = { ...words, zone: clock.timezone }
    if (option.past && time > clock.now) throw new Refusal('invalid', 'commands.invalid.time.future', read)
    // “Now” is no longer to come when it has been read, and today is a day to come until it is over.
    const over = option.day ? dayIn(time, clock.timezone) < dayIn(clock.now, clock.timezone) : time <= after(clock.now, -minutes(1))
    if (!option.past && over) throw new Refusal('invalid', 'commands.invalid.time.past', read)
    times[name] = time
  }
  return times
}

/** Only options that name people take the ids of a platform. A number or a boolean is read as its text, so that each type has one reader. */
const externalsOf = (option: Option, value: External | readonly External[]): readonly External[] =>
  option.type !== 'user' && option.type !== 'users' ? [] : 'external' in value ? [value] : value

const schemas = new WeakMap<Command, z.ZodType<CheckedArgs>>()

function schemaOf(command: Command): z.ZodType<CheckedArgs> {
  const known = schemas.get(command)
  if (known) return known
  const shape = Object.entries(command.options).map(([name, option]) => {
    const schema = schemaOfOption(name, option)
    return [name, option.required ? schema : schema.exactOptional()] as const
  })
  const made: z.ZodType<CheckedArgs> = z.object(Object.fromEntries(shape))
  schemas.set(command, made)
  return made
}

const mostPeople = 100
const external = z.object({ external: z.string().min(1).max(100), displayName: z.string().exactOptional() })
const person: z.ZodType<PersonRef> = z.union([external, z.object({ username: z.string() }), z.object({ person: z.custom<PersonId>() })])

function schemaOfOption(name: string, option: Option): z.ZodType<Checked> {
  switch (option.type) {
    case 'string':
      return z.string().refine((text) => lengthOf(text) <= option.max)
    case 'integer':
      return fromText(option.unit === 'minutes' ? minutesIn : integerIn, z.int().min(option.min).max(option.max))
    case 'boolean':
      return fromText(booleanIn, z.boolean())
    case 'user':
      return z.preprocess(onlyOne, fromText(personRefIn, person))
    case 'users':
      return fromText(personRefsIn, z.array(person).min(1).max(mostPeople))
    case 'channel':
      return fromText(channelIn, z.string())
    case 'channels':
      return fromText(channelsIn, z.array(z.string()).max(option.most))
    case 'roles':
      return fromText(rolesIn, z.array(z.string()).max(option.most))
    case 'choice':
      return fromText((text) => choiceNamed(name, text, option.choices), z.enum(option.choices))
    case 'time':
      return z.date()
  }
  return option satisfies never
}

const fromText = (read: (text: string) => unknown, schema: z.ZodType<Checked>): z.ZodType<Checked> =>
  z.preprocess((value) => (typeof value === 'string' ? read(value) : value), schema)

const onlyOne = (value: unknown): unknown => (Array.isArray(value) && value.length === 1 ? value[0] : value)

/** In characters, as the database counts them. */
const lengthOf = (text: string): number => [...text].length

function refusalOf(command: Command, name: string, option: Option, value: Given | undefined): Refusal {
  const always = { option: labelOf(name), example: exampleOf(command) }
  if (value === undefined) return new Refusal('invalid', 'commands.invalid.missing', always)
  const text = typeof value === 'string' ? value : value.map((one) => one.displayName ?? one.external).join(', ')
  // Only what names people or channels comes in the code of its platform.
  const typed = quoted(namesThings.has(option.type) ? decoded(text) : text)
  switch (option.type) {
    case 'string':
      return new Refusal('invalid', 'commands.invalid.string', { ...always, max: option.max, length: lengthOf(text) })
    case 'integer': {
      const key = option.unit === 'minutes' ? 'commands.invalid.minutes' : 'commands.invalid.integer'
      return new Refusal('invalid', key, { ...always, typed, min: option.min, max: option.max })
    }
    case 'choice': {
      const choices = listed(option.choices.map((choice) => choiceLabel(name, choice)))
      return new Refusal('invalid', 'commands.invalid.choice', { ...always, typed, choices })
    }
  }
  if (option.type === 'channels' || option.type === 'roles') {
    return new Refusal('invalid', `commands.invalid.${option.type}`, { ...always, typed, most: option.most })
  }
  if (option.type === 'time' && option.day) return new Refusal('invalid', 'commands.invalid.day', { ...always, typed })
  if (option.type === 'time' && option.past) return new Refusal('invalid', 'commands.invalid.time-past', { ...always, typed })
  return new Refusal('invalid', `commands.invalid.${option.type}`, { ...always, typed })
}
