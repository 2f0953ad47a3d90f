import { setTimeout as wait } from 'node:timers/promises'
import { askWhoWasSeen } from '../../src/domain/presence/asked.actions.ts'
import { seeHuddle } from '../../src/domain/presence/huddle.actions.ts'
import { huddlesThatCount } from '../../src/domain/presence/huddle.queries.ts'
import { after, minutes } from '../../src/kernel/clock.ts'
import type { App } from '../../src/kernel/context.ts'
import type { Watch } from '../../src/pulse.ts'
import type { Installations } from './installed.ts'
import { accountFrom } from './people.ts'
import { isFailed, type Posts } from './posts.ts'

/** What Slack calls somebody who is in a huddle; everything else is not. */
const inHuddle = 'in_a_huddle'

/** A word of Slack may be lost, so whoever seems to be in a huddle is asked about again after this long. */
const againMilliseconds = minutes(10)

/** How often one account is asked about again where Slack is too busy to answer. */
const attempts = 3

type Parts = { readonly app: App; readonly installations: Installations; readonly posts: Posts }

/** Sees people in huddles: by what Slack tells, and by asking after a silence. */
export function createHuddles({ app, installations, posts }: Parts) {
  /** Null where Slack does not say: what we believe stays. */
  async function isInHuddle(externalId: string, signal: AbortSignal): Promise<boolean | null> {
    const { team, user } = accountFrom(externalId, '')
    for (let attempt = 0; attempt < attempts && !signal.aborted; attempt += 1) {
      const installed = await installations.of(team)
      if (!installed) return null
      const told = await posts.tried(installed, () => installed.client.users.info({ user }))
      if (!isFailed(told)) return told.user === undefined ? null : huddleState(told.user.profile) === inHuddle
      if (told.trouble.kind !== 'wait') return null
      await wait(told.trouble.retryAfter, undefined, { signal })
    }
    return null
  }

  return {
    /** `eventTs` is Slack's time of the event, in seconds. */
    told: (account: { readonly team: string; readonly user: string }, state: string, eventTs: string): Promise<void> =>
      app.write('clock', null, (tx) =>
        seeHuddle(tx, {
          externalId: `${account.team}:${account.user}`,
          inHuddle: state === inHuddle,
          toldAt: new Date(Number(eventTs) * 1000),
        }),
      ),
    /** Asks now and then about those whose time hangs on a huddle, until `signal` aborts. Never rejects. */
    keepAsking: async (signal: AbortSignal): Promise<void> => {
      while (!signal.aborted) {
        await app.clock.sleep(after(app.clock.now(), againMilliseconds), signal)
        try {
          for (const externalId of signal.aborted ? [] : await app.read(huddlesThatCount)) {
            if ((await isInHuddle(externalId, signal)) === false)
              await app.write('clock', null, (tx) => seeHuddle(tx, { externalId, inHuddle: false, toldAt: null }))
          }
        } catch (err) {
          if (!signal.aborted) app.log.error({ err }, 'Slack could not be asked about huddles; it is asked again')
        }
      }
    },
    /** Asks Slack about everybody whose time hangs on a huddle, one after another: whoever left meanwhile was there until we were last. */
    look:
      (signal: AbortSignal): Watch['look'] =>
      async () => {
        const found: { readonly externalId: string; readonly inHuddle: boolean }[] = []
        for (const externalId of await app.read(huddlesThatCount)) {
          const state = await isInHuddle(externalId, signal)
          if (state !== null) found.push({ externalId, inHuddle: state })
        }
        return async (tx, outage) => {
          for (const one of found) {
            const when = one.inHuddle ? tx.now : (outage?.lastSeen ?? tx.now)
            await seeHuddle(tx, { ...one, toldAt: null }, when)
          }
          if (outage !== null) await askWhoWasSeen(tx, outage.id)
        }
      },
  }
}

export type Huddles = ReturnType<typeof createHuddles>

/** The types of the library leave it out of a profile. */
function huddleState(profile: object | undefined): string {
  return profile !== undefined && 'huddle_state' in profile && typeof profile.huddle_state === 'string' ? profile.huddle_state : ''
}
