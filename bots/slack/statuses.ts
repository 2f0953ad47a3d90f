import type { WebClient } from '@slack/web-api'
import type { Outcome } from '../../src/deliveries/delivery.ts'
import { tongueOfPerson } from '../../src/domain/people/reader.queries.ts'
import { noteSnooze, noteStatus, revokeGrant } from '../../src/domain/statuses/status.actions.ts'
import { grantsOf, wantedStatus } from '../../src/domain/statuses/status.queries.ts'
import type { Grant, Status, Wanted } from '../../src/domain/statuses/status.ts'
import { after, minutes } from '../../src/kernel/clock.ts'
import type { App } from '../../src/kernel/context.ts'
import type { PersonId } from '../../src/kernel/ids.ts'
import { say } from '../../src/locales/write.ts'
import type { Installations } from './installed.ts'
import { outcomeOf } from './outcome.ts'
import { externalId } from './people.ts'
import { type Trouble, troubleOf } from './refusals.ts'

const emoji = ':hourglass_flowing_sand:'

/** Slack rounds the end of a pause; one that ends further from ours was set by the person. */
const sameSnoozeMilliseconds = minutes(2)

/** What Slack says of a token that may do nothing more: it was taken back, or lost a right. */
const dead = new Set(['missing_scope', 'no_permission', 'not_allowed_token_type', 'org_login_required'])

/**
 * Shows that somebody focuses, in their own Slack: a status and paused notifications. Both are set with their end, so that they end
 * also where we don't live to end them. What a person set themselves is never touched.
 */
export function createStatuses(app: App, installations: Installations) {
  async function show(person: PersonId): Promise<Outcome> {
    const { grants, wanted, words } = await app.read(async (ctx) => {
      const { locale } = await tongueOfPerson(ctx, person, 'slack')
      return {
        grants: await grantsOf(ctx, app.config.secretKey, person),
        wanted: await wantedStatus(ctx, person),
        words: say('slack.status.focusing', locale),
      }
    })
    for (const grant of grants) {
      if (!installations.isAllowed(grant.team)) continue
      const trouble = await tried(grant, () => showOn(installations.client(grant.token), grant, wanted, words))
      if (trouble === null) continue
      if (trouble.kind === 'wait' || trouble.kind === 'lost') return outcomeOf({ trouble })
      app.log.info({ trouble }, 'A status in Slack stays as it is')
    }
    return 'sent'
  }

  async function showOn(client: WebClient, grant: Grant, wanted: Wanted | null, text: string): Promise<void> {
    await showStatus(client, grant, wanted?.status ? { text, emoji, until: wanted.until } : null)
    await showSnooze(client, grant, wanted?.snooze ? wanted.until : null)
  }

  async function showStatus(client: WebClient, { identity, status: ours }: Grant, wanted: Status | null): Promise<void> {
    if (wanted === null && ours === null) return
    const { profile = {} } = await client.users.profile.get({})
    const { status_text = '', status_emoji = '', status_expiration = 0 } = profile
    const isNone = status_text === '' && status_emoji === ''
    const isOurs = ours !== null && status_text === ours.text && status_emoji === ours.emoji
    if (wanted === null) {
      if (isOurs) await client.users.profile.set({ profile: { status_text: '', status_emoji: '', status_expiration: 0 } })
      return note((tx) => noteStatus(tx, identity, null))
    }
    if (!isNone && !isOurs) return ours === null ? undefined : note((tx) => noteStatus(tx, identity, null))
    const expiration = Math.ceil(wanted.until.getTime() / 1000)
    if (isOurs && status_text === wanted.text && status_expiration === expiration) return
    await note((tx) => noteStatus(tx, identity, wanted))
    await client.users.profile.set({
      profile: { status_text: wanted.text, status_emoji: wanted.emoji, status_expiration: expiration },
    })
  }

  async function showSnooze(client: WebClient, { identity, snoozedUntil: ours }: Grant, until: Date | null): Promise<void> {
    if (until === null && ours === null) return
    const now = app.clock.now()
    const { isPaused, end } = pauseIn(await client.dnd.info())
    const isNear = (time: Date) => end !== null && Math.abs(end.getTime() - time.getTime()) <= sameSnoozeMilliseconds
    const isOurs = ours !== null && isNear(ours)
    if (until === null) {
      if (isOurs) await client.dnd.endSnooze()
      return note((tx) => noteSnooze(tx, identity, null))
    }
    if (isPaused && !isOurs) return ours === null ? undefined : note((tx) => noteSnooze(tx, identity, null))
    const left = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / minutes(1)))
    const wanted = after(now, minutes(left))
    if (isOurs && isNear(wanted)) return
    await note((tx) => noteSnooze(tx, identity, wanted))
    await client.dnd.setSnooze({ num_minutes: left })
  }

  const note = (write: Parameters<typeof app.write<void>>[2]): Promise<void> => app.write('clock', null, write)

  /** Null where it went well. A token that Slack takes no more is given up. */
  async function tried(grant: Grant, act: () => Promise<void>): Promise<Trouble | null> {
    try {
      await act()
      return null
    } catch (error) {
      const trouble = troubleOf(error)
      const isDead = trouble.kind === 'uninstalled' || (trouble.kind === 'refused' && dead.has(trouble.code))
      if (isDead) await note((tx) => revokeGrant(tx, externalId(grant)))
      return trouble
    }
  }

  return { show }
}

/** What somebody's own token is told of their pause; the types of the library leave it out. `end` is null for none and for one without an end. */
function pauseIn(info: object): { readonly isPaused: boolean; readonly end: Date | null } {
  const isPaused = 'snooze_enabled' in info && info.snooze_enabled === true
  const isEndless = 'snooze_is_indefinite' in info && info.snooze_is_indefinite === true
  const end = 'snooze_endtime' in info && typeof info.snooze_endtime === 'number' ? info.snooze_endtime : 0
  return { isPaused, end: isPaused && !isEndless ? new Date(end * 1000) : null }
}

export type Statuses = ReturnType<typeof createStatuses>
