import { setTimeout as wait } from 'node:timers/promises'
import type { AckFn, types, ViewOutput, ViewResponseAction } from '@slack/bolt'
import { identify } from '../../src/commands/identify.ts'
import { commands } from '../../src/commands/index.ts'
import { type Answer, type Caller, formFor, perform } from '../../src/commands/perform.ts'
import type { App, Place } from '../../src/kernel/context.ts'
import type { Locale, Message } from '../../src/locales/text.ts'
import type { Reader } from '../../src/locales/write.ts'
import type { Screen } from '../../src/screens/screen.ts'
import type { Answers } from './answers.ts'
import { faultsIn, fieldsIn } from './fields.ts'
import { type Carried, carriedIn, fieldBlock, formView } from './forms.ts'
import type { Home } from './home.ts'
import type { Installed } from './installed.ts'
import { type Account, explained, type People } from './people.ts'
import type { Posts } from './posts.ts'
import type { Renderer } from './render.ts'
import { sentences } from './sentences.ts'
import { placeOf, type Spot, whereabouts } from './spot.ts'

/** Slack waits three seconds for the acknowledgement that closes, keeps or replaces a form. */
const directMilliseconds = 1_500

type Parts = {
  readonly app: App
  readonly people: People
  readonly answers: Answers
  readonly home: Home
  readonly posts: Posts
  readonly renderer: Renderer
}

/** What becomes of a form that was sent: faults by block, another view in its place, or it closes and `said` goes to the channel. */
type Taken = { readonly errors?: Record<string, string>; readonly view?: types.ModalView; readonly said?: Answer }

export type Submissions = { take(installed: Installed, account: Account, view: ViewOutput, ack: AckFn<ViewResponseAction>): Promise<void> }

export function createSubmissions({ app, people, answers, home, posts, renderer }: Parts): Submissions {
  async function work(spot: Spot, carried: Carried, values: ViewOutput['state']['values']): Promise<Taken> {
    const command = commands.find((one) => one.name === carried.command)
    if (!command) return {}
    const caller = await people.caller(spot.installed, spot.account)
    const place = placeOf(spot)
    const args = { ...carried.args, ...fieldsIn(values, command, spot.installed.team) }
    const { timezone } = await identify(app, caller)
    const faults = faultsIn(args, command, { now: app.clock.now(), timezone })
    if (Object.keys(faults).length > 0) return refusedFields(caller, carried, place, faults)
    const answer = explained(caller, await perform(app, { caller, command: command.name, args, place }))
    if (answer.outcome === 'refused') return { view: await again(caller, carried, place, answer.screen) }
    return answer.audience === 'channel' ? { said: answer } : { view: renderer.modal(answer.screen, answer.reader) }
  }

  async function refusedFields(
    caller: Caller,
    carried: Carried,
    place: Place | null,
    faults: Readonly<Record<string, Message>>,
  ): Promise<Taken> {
    const lines = Object.values(faults)
    const view = await again(caller, carried, place, {
      tone: 'warning',
      title: { key: 'answer.refused' },
      blocks: [{ kind: 'lines', lines }],
    })
    const reader = nobody(carried.locale)
    const errors = Object.entries(faults).map(([name, fault]) => [fieldBlock(name), renderer.label(fault, reader)])
    return { errors: Object.fromEntries(errors), view }
  }

  /** The same form with the reason above it. Slack keeps what was typed, since the fields keep their ids. */
  async function again(caller: Caller, carried: Carried, place: Place | null, why: Screen): Promise<types.ModalView> {
    const opened = await formFor(app, caller, { command: carried.command, args: carried.args, ask: true }, place)
    if (!('form' in opened)) return renderer.modal(opened.screen, opened.reader)
    return formView(renderer, opened.form, opened.reader, carried.channel, renderer.blocks(why, opened.reader))
  }

  /** A reader for our own few words: they name nobody and tell no time. */
  const nobody = (locale: Locale): Reader => ({ locale, timezone: 'UTC', now: app.clock.now(), people: new Map(), web: null })

  return {
    take: async (installed, account, view, ack) => {
      const carried = carriedIn(view.private_metadata)
      if (!carried) return ack()
      const spot: Spot = {
        installed,
        account,
        ...whereabouts(carried.channel ?? undefined, ''),
        respond: null,
        trigger: null,
        on: { kind: 'form' },
      }
      const working = work(spot, carried, view.state.values)
      const direct = await Promise.race([working, wait(directMilliseconds, null)])
      await ack(
        direct ? acknowledgement(direct) : { response_action: 'update', view: renderer.modal(sentences.wait(), nobody(carried.locale)) },
      )
      const taken = await working
      if (!direct) {
        const late = taken.view ?? (taken.said ? renderer.modal(taken.said.screen, taken.said.reader) : null)
        if (late) await posts.tried(installed, () => installed.client.views.update({ view_id: view.id, view: late }))
      }
      if (taken.said) await answers.show(spot, taken.said)
      if (carried.channel === null) await home.draw(installed, account)
    },
  }
}

function acknowledgement({ errors, view }: Taken): ViewResponseAction | undefined {
  if (errors) return { response_action: 'errors', errors }
  return view ? { response_action: 'update', view } : undefined
}
