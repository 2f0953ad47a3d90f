import type { Ctx, Tx } from '../kernel/context.ts'
import type { PersonId } from '../kernel/ids.ts'
import type { Refusal } from '../kernel/refusal.ts'
import type { WallClock } from '../kernel/zones.ts'
import type { MessageKey, Text } from '../locales/text.ts'
import type { Screen } from '../screens/screen.ts'

/** One line of an autocomplete list: at most 25 are shown, of at most 100 characters each. */
export type Suggestion = { readonly label: string; readonly value: string }
export type Suggest = (ctx: Ctx, typed: string) => Promise<readonly Suggestion[]>

type Kind =
  | { readonly type: 'string'; readonly max: number; readonly suggest?: Suggest; readonly wrong?: Wrong<string> }
  | { readonly type: 'integer'; readonly min: number; readonly max: number; readonly unit?: 'minutes'; readonly wrong?: Wrong<number> }
  | { readonly type: 'boolean' }
  | { readonly type: 'user' }
  | { readonly type: 'users' }
  | { readonly type: 'channel'; readonly of: 'voice' }
  | { readonly type: 'channels'; readonly of: 'voice' | 'text'; readonly most: number }
  | { readonly type: 'roles'; readonly most: number }
  | { readonly type: 'choice'; readonly choices: readonly string[] }
  /** A moment to come, typed in the person's own zone; with `past` one that was; with `day` a whole day, of which it is the first moment. */
  | { readonly type: 'time'; readonly past?: true; readonly day?: true; readonly wrong?: Wrong<Date> }

/** Why a value of the type is none of the option, or none beside the others; null where it is one. Asked before anything runs, so that a form can say it by the field. */
type Wrong<T> = (value: T, clock: WallClock, others: Readonly<Record<string, unknown>>) => Refusal | null

/** `hidden` options are filled by buttons and text only. `beside` names options about which this one says more: a form in parts has it in each. */
export type Option = Kind & {
  readonly about: MessageKey
  readonly required?: true
  readonly hidden?: true
  readonly beside?: readonly string[]
}
export type Options = Readonly<Record<string, Option>>

type Value<O extends Option> = O extends { type: 'integer' }
  ? number
  : O extends { type: 'boolean' }
    ? boolean
    : O extends { type: 'user' }
      ? PersonId
      : O extends { type: 'users' }
        ? readonly PersonId[]
        : O extends { type: 'channels' | 'roles' }
          ? readonly string[]
          : O extends { type: 'choice'; choices: readonly (infer C)[] }
            ? C
            : O extends { type: 'time' }
              ? Date
              : string

export type Args<O extends Options> = {
  readonly [K in keyof O]: O[K] extends { required: true } ? Value<O[K]> : Value<O[K]> | undefined
}

/** Values that a form shows before anything is typed, as text. */
export type Filled = Readonly<Record<string, string>>

export type Command<O extends Options = Options> = {
  /** One or two words: 'room create' is /room create on Discord, /focus room create on Slack, room create on the web. */
  readonly name: string
  readonly summary: MessageKey
  readonly options: O
  /** Declared if the answer takes longer than 1.5 s; before that the answer decides. A form can't be deferred. */
  readonly reply: 'private' | 'public' | 'form'
  /** Not registered on Discord: reached by buttons and text. */
  readonly listed?: false
  /** What the form of this command shows at first; absent where an empty form is right. */
  fill?(ctx: Ctx, args: Filled): Promise<Filled>
  /** Options that mean nothing where the form is asked for: they have no field there. */
  omit?(ctx: Ctx, args: Filled): Promise<readonly string[]>
} & (Deed<O> | Look<O>)

type Deed<O extends Options> = { run(tx: Tx, args: Args<O>): Promise<Screen>; readonly look?: never }
/** Changes nothing, so it needs no transaction: half the way to the database. Its options name nobody, who might have to be met first. */
type Look<O extends Options> = { look(ctx: Ctx, args: Args<O>): Promise<Screen>; readonly run?: never }

/** Keeps the types of the options while the list of commands holds them all as `Command`. */
export const command = <const O extends Options>(definition: Command<O>): Command => definition as Command<never> as Command

/** The form of a command: what Discord shows as a modal, Slack as a view, the web as a form. */
export type Form = {
  readonly command: string
  readonly title: Text
  readonly fields: readonly Field[]
  /** Arguments that go along unseen. */
  readonly carried: Filled
}
export type Field = { readonly name: string; readonly option: Option; readonly label: Text; readonly value: string }
