import { jobsOf } from '../../src/deliveries/queues.ts'
import { meet } from '../../src/domain/people/person.actions.ts'
import { keepGrant, revokeGrant } from '../../src/domain/statuses/status.actions.ts'
import type { App } from '../../src/kernel/context.ts'
import type { Installations } from './installed.ts'
import { externalId, type People } from './people.ts'

/** What Slack tells when somebody allowed the app to set their own status. The token is a secret: it is never logged. */
export type ToldPerson = { readonly team: string; readonly user: string; readonly token: string }

/** People who let the app show in their own Slack that they focus. */
export function createConnecting(app: App, installations: Installations, people: People) {
  return {
    /** From now on their Slack shows it, also of a focus that runs already. Throws where the app does not live in their workspace. */
    keep: async ({ team, user, token }: ToldPerson): Promise<void> => {
      const installed = await installations.of(team)
      if (!installed) throw new Error(`The app is not installed in ${team}, or not allowed there.`)
      const { sighting } = await people.caller(installed, { team, user, name: user })
      await app.write('clock', null, async (tx) => {
        const person = await meet(tx, sighting)
        await keepGrant(tx, app.config.secretKey, sighting.externalId, token)
        await tx.queue.insert(tx.db, jobsOf([{ platform: 'slack', delivery: { kind: 'status', person } }]))
      })
    },
    /** They took it back in Slack. */
    end: (team: string, users: readonly string[]): Promise<void> =>
      app.write('clock', null, async (tx) => {
        for (const user of users) await revokeGrant(tx, externalId({ team, user }))
      }),
  }
}

export type Connecting = ReturnType<typeof createConnecting>
