import { z } from 'zod'

const filled = z.union([z.string(), z.boolean(), z.array(z.string())])

/** What a person at a seat can do. `on` is a message's id, `form` or `home`; `which` the id of a control. */
export const deed = z.discriminatedUnion('do', [
  z.object({ do: z.literal('open'), place: z.string() }),
  z.object({ do: z.literal('type'), text: z.string().max(4000) }),
  z.object({ do: z.literal('complete'), text: z.string().max(4000) }),
  z.object({ do: z.literal('press'), on: z.string(), which: z.string() }),
  z.object({ do: z.literal('select'), on: z.string(), which: z.string(), values: z.array(z.string()) }),
  z.object({ do: z.literal('suggest'), on: z.string(), which: z.string(), text: z.string() }),
  z.object({ do: z.literal('submit'), values: z.record(z.string(), filled) }),
  z.object({ do: z.literal('dismiss') }),
  z.object({ do: z.literal('join'), place: z.string() }),
  z.object({ do: z.literal('leave'), place: z.string() }),
  z.object({ do: z.literal('menu'), name: z.string(), target: z.string() }),
  z.object({ do: z.literal('shortcut') }),
  z.object({ do: z.literal('invite') }),
])
export type Deed = z.infer<typeof deed>
export type DeedOf<Name extends Deed['do']> = Extract<Deed, { do: Name }>

/** A line offered while one types; `text` is what then stands in the box. */
export type Offer = { readonly label: string; readonly about: string; readonly text: string }

/** What the person notices of a deed beside what changes on the screen. */
export type Outcome = {
  /** What the platform itself says, mostly of a failure. */
  readonly note?: string
  /** Faults by the field of the form. */
  readonly errors?: Readonly<Record<string, string>>
  readonly offers?: readonly Offer[]
}

/** A person in front of their client. */
export type Seat = {
  readonly id: string
  readonly platform: 'discord' | 'slack'
  readonly name: string
  /** As a browser names it, for times. */
  readonly language: string
  readonly timezone: string
  /** Everything on their screen, as JSON. */
  sees(): object
  /** Rejects with what the platform's client would say where it does not let the person do this. */
  act(deed: Deed): Promise<Outcome>
}
