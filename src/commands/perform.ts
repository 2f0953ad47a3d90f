import { hasYielded, isTransient } from '../db/errors.ts'
import { meet } from '../domain/people/person.actions.ts'
import { peopleStarting, personNamed, personWith } from '../domain/people/person.queries.ts'
import { readerOf, type Tongue } from '../domain/people/reader.queries.ts'
import { sign } from '../domain/presence/presence.actions.ts'
import { myRoom } from '../domain/rooms/room.queries.ts'
import { mySolo } from '../domain/sessions/solo.queries.ts'
import type { App, Ctx, Place, Tx } from '../kernel/context.ts'
import type { PersonId } from '../kernel/ids.ts'
import { newId } from '../kernel/ids.ts'
import type { Press } from '../kernel/press.ts'
import { Refusal, type RefusalKind } from '../kernel/refusal.ts'
import type { Reader } from '../locales/write.ts'
import { failed, frontDoor, refused } from '../screens/answers.ts'
import { peopleIn } from '../screens/people.ts'
import { roomAnswer } from '../screens/room.ts'
import type { Screen } from '../screens/screen.ts'
import { soloCard } from '../screens/solo.ts'
import { type CheckedArgs, type PersonRef, type Raw, readArgs } from './arguments.ts'
import type { Args, Command, Form, Options, Suggest, Suggestion } from './command.ts'
import { formOf } from './form.ts'
import { type Caller, identify, type Known } from './identify.ts'
import { commands } from './index.ts'
import { parse } from './parse.ts'

export type { Caller } from './identify.ts'
export type Request = { readonly caller: Caller; readonly command: string; readonly args: Raw; readonly place: Place | null }

/** `audience`: who may see it in a chat. `refused` is a clear no, `failed` a fault of ours that is in the log. */
export type Answer = {
  readonly screen: Screen
  readonly audience: 'caller' | 'channel'
  readonly reader: Reader
  readonly outcome: 'done' | 'refused' | 'failed'
  /** What kind of no it is. */
  readonly refusal?: RefusalKind
}
export type Asked = { readonly form: Form; readonly reader: Reader }

/** The one door: who asks, what they ask for, and the screen that answers. Never throws; a refusal changes nothing. */
export const perform = (app: App, { caller, command, args, place }: Request): Promise<Answer> =>
  answer(app, caller, command, (known) => run(app, known, place, commandCalled(command), args))

/** The same from a line of text: `/focus …` and the console. Nothing typed shows my room, or the front door. */
export const performText = (app: App, caller: Caller, place: Place | null, text: string): Promise<Answer | Asked> =>
  text.trim() === ''
    ? answer(app, caller, 'door', (known) => app.read(frontDoorOf, { actor: known, place }))
    : answerOrAsk(app, caller, 'text', async (known) => {
        const { command, raw } = parse(text, commands)
        if (command.reply === 'form' && Object.keys(raw).length === 0) return ask(app, known, place, command, {})
        return run(app, known, place, command, raw)
      })

/** My room, else what I run by myself or have to answer about, else a way to start. */
async function frontDoorOf(ctx: Ctx): Promise<Screen> {
  const room = await myRoom(ctx)
  if (room !== null) return roomAnswer(room, ctx.now)
  const solo = await mySolo(ctx)
  return solo === null ? frontDoor : soloCard(solo, ctx.now)
}

/** The form of a press that asks first, filled with what is there and with what the press carries. */
export const formFor = (app: App, caller: Caller, press: Press, place: Place | null): Promise<Answer | Asked> =>
  answerOrAsk(app, caller, press.command, (known) => ask(app, known, place, commandCalled(press.command), press.args))

/** Where a surface has no list of people of its own. */
const suggestPeople: Suggest = async (ctx, typed) =>
  (await peopleStarting(ctx, typed.replace(/^@/, ''))).map(({ username, displayName }) => ({
    label: `${displayName} (@${username})`,
    value: `@${username}`,
  }))

/** At most 25 lines that fit what is typed so far; nothing where the option has no list. */
export async function suggest(
  app: App,
  caller: Caller,
  {
    command,
    option,
    typed,
    place,
  }: { readonly command: string; readonly option: string; readonly typed: string; readonly place: Place | null },
): Promise<readonly Suggestion[]> {
  const asked = commands.find((one) => one.name === command)?.options[option]
  const list = asked?.type === 'string' ? asked.suggest : asked?.type === 'user' ? suggestPeople : undefined
  if (list === undefined) return []
  try {
    const known = await identify(app, caller)
    const found = await app.read((ctx) => list(ctx, typed.normalize('NFC')), { actor: known, place })
    return found.slice(0, 25)
  } catch (err) {
    app.log.error({ err, command, option }, 'suggestions failed')
    return []
  }
}

function commandCalled(name: string): Command {
  const found = commands.find((one) => one.name === name)
  if (found === undefined) throw new Refusal('missing', 'commands.parse.unknown', { typed: name, help: { command: 'help' } })
  return found
}

async function ask(app: App, known: Known, place: Place | null, command: Command, args: Press['args']): Promise<Form> {
  return app.read(
    async (ctx) => formOf(command, { ...(await command.fill?.(ctx, args)), ...args }, (await command.omit?.(ctx, args)) ?? []),
    {
      actor: known,
      place,
    },
  )
}

/** Arguments that were checked against the very options of the command. */
type Given = Args<Options>

async function run(app: App, known: Known, place: Place | null, command: Command, raw: Raw): Promise<Screen> {
  const args = readArgs(command, raw, { now: app.clock.now(), timezone: known.timezone })
  let decided = false
  const once = (): Promise<Screen> => {
    if (command.look !== undefined) return app.read((ctx) => command.look(ctx, args as Given), { actor: known, place })
    return app.write(known, place, async (tx) => {
      const screen = await command.run(tx, (await withPeople(tx, known, command, args)) as Given)
      decided = true
      return screen
    })
  }
  try {
    return await once()
  } catch (error) {
    // Before the commit was asked for nothing is written, so one more try doubles nothing; after it nobody knows. What yielded was tried enough.
    if (decided || hasYielded(error) || !isTransient(error)) throw error
    return once()
  }
}

/** Looks up the people that the arguments name: a chat account that was never seen is met now. */
async function withPeople(tx: Tx, known: Known, command: Command, args: CheckedArgs): Promise<Readonly<Record<string, unknown>>> {
  const found: Record<string, unknown> = { ...args }
  for (const [name, option] of Object.entries(command.options)) {
    const value = args[name]
    if (value === undefined) continue
    if (option.type === 'user') found[name] = await personBehind(tx, known, value as PersonRef)
    if (option.type === 'users') found[name] = await Promise.all((value as readonly PersonRef[]).map((ref) => personBehind(tx, known, ref)))
  }
  return found
}

/** A named account that was seen before keeps the name it told itself. */
async function personBehind(tx: Tx, known: Known, ref: PersonRef): Promise<PersonId> {
  if (!('external' in ref)) return personNamed(tx, ref)
  const { platform, prefix } = known
  const name = ref.displayName ?? ref.external
  if (platform === 'web') throw new Refusal('missing', 'people.unknown', { name })
  const externalId = ref.external.includes(':') ? ref.external : `${prefix}${ref.external}`
  return (await personWith(tx, platform, externalId)) ?? meet(tx, { platform, externalId, displayName: name, locale: null, timezone: null })
}

async function answerOrAsk(
  app: App,
  caller: Caller,
  doing: string,
  act: (known: Known) => Promise<Screen | Form>,
): Promise<Answer | Asked> {
  let form: Form | null = null
  const answered = await answer(app, caller, doing, async (known) => {
    const made = await act(known)
    if ('blocks' in made) return made
    form = made
    return { tone: 'calm', title: made.title, blocks: [] }
  })
  return form === null ? answered : { form, reader: answered.reader }
}

const stranger: Tongue = { platform: 'web', locale: 'en', timezone: 'UTC' }

/** Puts every end into a screen: the answer, a refusal, or a reference to what the log says. */
async function answer(app: App, caller: Caller, doing: string, act: (known: Known) => Promise<Screen>): Promise<Answer> {
  let known: Tongue = 'sighting' in caller ? { ...stranger, locale: caller.sighting.locale ?? 'en' } : stranger
  const give = async (screen: Screen, outcome: Answer['outcome']): Promise<Answer> => ({
    screen,
    audience: outcome === 'done' ? (screen.audience ?? 'caller') : 'caller',
    reader: await app.read((ctx: Ctx) => readerOf(ctx, known, peopleIn(screen))),
    outcome,
  })
  try {
    const met = await identify(app, caller)
    known = met
    if (met.isSilent) await app.write(met, null, (tx) => sign(tx, met.person))
    const screen = await act(met)
    if (screen.changesReader) known = await identify(app, caller)
    return await give(screen, 'done')
  } catch (error) {
    if (error instanceof Refusal) return { ...(await give(refused(error), 'refused')), refusal: error.kind }
    const reference = newId<string>().slice(-8)
    app.log.error({ err: error, reference, doing }, 'an answer failed')
    return give(failed(reference), 'failed')
  }
}
