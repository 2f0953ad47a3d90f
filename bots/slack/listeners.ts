import type { BlockAction, App as Bolt, RespondFn, ViewSubmitAction } from '@slack/bolt'
import { formFor, perform, performText } from '../../src/commands/perform.ts'
import { unpackPress } from '../../src/commands/press.ts'
import type { App } from '../../src/kernel/context.ts'
import type { Press } from '../../src/kernel/press.ts'
import { type Answers, directId, type Outcome } from './answers.ts'
import type { Connecting } from './connecting.ts'
import { pressOf } from './controls.ts'
import { formId, suggestId } from './forms.ts'
import type { Home } from './home.ts'
import type { Huddles } from './huddles.ts'
import type { Installations, Installed } from './installed.ts'
import { explained, type People } from './people.ts'
import { accountOf, placeOf, type Respond, type Spot, spotOfAction, spotOfCommand, spotOfShortcut } from './spot.ts'
import type { Submissions } from './submissions.ts'
import type { Suggestions } from './suggestions.ts'

export const startShortcut = 'start_focusing'

type Parts = {
  readonly app: App
  readonly installations: Installations
  readonly people: People
  readonly answers: Answers
  readonly home: Home
  readonly submissions: Submissions
  readonly suggestions: Suggestions
  readonly connecting: Connecting
  readonly huddles: Huddles
}

/** Hears what people do in Slack. Everything is acknowledged at once; a form's own answer is its acknowledgement. */
export function listen(bolt: Bolt, parts: Parts): void {
  const { app, installations, people, answers, home } = parts

  /** What comes from a workspace without an installation is nobody's: Bolt's `authorize` has turned it away already. */
  async function from(team: string | undefined, then: (installed: Installed) => Promise<void>): Promise<void> {
    const installed = team === undefined ? null : await installations.of(team)
    if (installed) await then(installed)
  }

  async function pressed(spot: Spot, press: Press): Promise<Outcome> {
    const caller = await people.caller(spot.installed, spot.account)
    const place = placeOf(spot)
    const outcome = press.ask
      ? formFor(app, caller, press, place)
      : perform(app, { caller, command: press.command, args: press.args, place })
    return explained(caller, await outcome)
  }

  bolt.command(app.config.slack.command, async ({ ack, command, context, respond }) => {
    await ack()
    await from(context.teamId, async (installed) => {
      const spot = spotOfCommand(installed, command, respondBy(respond))
      const caller = await people.caller(installed, spot.account)
      await answers.show(spot, explained(caller, await performText(app, caller, placeOf(spot), command.text ?? '')))
    })
  })

  bolt.action<BlockAction>({ type: 'block_actions' }, async ({ ack, body, action, context, respond }) => {
    await ack()
    if (action.action_id.startsWith('open:')) return
    await from(context.teamId, async (installed) => {
      const spot = spotOfAction(installed, body, respond ? respondBy(respond) : null)
      const touched = { action_id: action.action_id, ...touchedValue(action) }
      if (directId.test(touched.action_id)) return inDirect(spot, unpackPress(touched.value ?? ''))
      const press = pressOf(touched)
      await answers.show(spot, press ? await pressed(spot, press) : await outdated(spot))
    })
  })

  /** A control we no longer know is answered with what there is now. */
  async function outdated(spot: Spot): Promise<Outcome> {
    return performText(app, await people.caller(spot.installed, spot.account), placeOf(spot), 'help')
  }

  async function inDirect(spot: Spot, press: Press | null): Promise<void> {
    if (!press) return answers.show(spot, await outdated(spot))
    const outcome = await pressed({ ...spot, channel: null }, press)
    return 'form' in outcome || outcome.outcome !== 'done' ? answers.show(spot, outcome) : answers.openDirect(spot, outcome)
  }

  bolt.shortcut({ callback_id: startShortcut, type: 'shortcut' }, async ({ ack, shortcut, context }) => {
    await ack()
    if (shortcut.type !== 'shortcut') return
    await from(context.teamId, async (installed) => {
      const spot = spotOfShortcut(installed, shortcut)
      await answers.show(spot, await pressed(spot, { command: 'focus start', args: {} }))
    })
  })

  bolt.view<ViewSubmitAction>({ callback_id: formId, type: 'view_submission' }, async ({ ack, body, view, context }) => {
    const installed = await installations.of(context.teamId ?? '')
    if (installed) await parts.submissions.take(installed, accountOf(installed, body.user), view, ack)
    else await ack()
  })

  bolt.options(suggestId, async ({ ack, body, context }) => {
    const installed = await installations.of(context.teamId ?? '')
    const options =
      installed && body.type === 'block_suggestion' ? await parts.suggestions.options(installed, accountOf(installed, body.user), body) : []
    await ack({ options })
  })

  bolt.event('app_home_opened', async ({ event, context }) => {
    if (event.tab !== 'home') return
    await from(context.teamId, (installed) => home.opened(installed, { team: installed.team, user: event.user, name: event.user }))
  })

  bolt.event('user_huddle_changed', ({ event: { user, event_ts } }) =>
    parts.huddles.told({ team: user.team_id, user: user.id }, user.profile.huddle_state, event_ts),
  )

  bolt.event('app_uninstalled', async ({ body }) => installations.end(body.team_id))

  bolt.event('tokens_revoked', async ({ event, body }) => {
    if ((event.tokens.bot ?? []).length > 0) await installations.end(body.team_id)
    await parts.connecting.end(body.team_id, event.tokens.oauth ?? [])
  })
}

const respondBy =
  (respond: RespondFn): Respond =>
  (message) =>
    respond(message)

/** The part of Bolt's many kinds of action that ours have: a button's value or a menu's choice. */
function touchedValue(action: object): { value?: string; selected_option?: { value?: string } } {
  if ('value' in action && typeof action.value === 'string') return { value: action.value }
  const chosen = 'selected_option' in action ? action.selected_option : null
  if (typeof chosen !== 'object' || chosen === null || !('value' in chosen) || typeof chosen.value !== 'string') return {}
  return { selected_option: { value: chosen.value } }
}
