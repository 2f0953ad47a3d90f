import { performText } from '../../src/commands/perform.ts'
import type { App } from '../../src/kernel/context.ts'
import type { PersonId } from '../../src/kernel/ids.ts'
import type { Installations, Installed } from './installed.ts'
import { type Account, accountFrom, externalId, type People } from './people.ts'
import { type Failed, isFailed, type Posts } from './posts.ts'
import type { Renderer } from './render.ts'

type Parts = {
  readonly app: App
  readonly installations: Installations
  readonly people: People
  readonly posts: Posts
  readonly renderer: Renderer
}

/** App Home: the panel of the person's room, or a start. It is drawn for those who opened it once. */
export function createHome({ app, installations, people, posts, renderer }: Parts) {
  async function draw(installed: Installed, account: Account): Promise<Failed | 'drawn'> {
    const caller = await people.caller(installed, account)
    const answer = await performText(app, caller, null, '')
    if ('form' in answer) return 'drawn'
    const view = renderer.home([answer.screen], answer.reader)
    const published = await posts.tried(installed, () => installed.client.views.publish({ user_id: account.user, view }))
    return isFailed(published) ? published : 'drawn'
  }

  return {
    draw,
    /** From now on their home is kept fresh; what happened before that was written down is drawn right after. */
    opened: async (installed: Installed, account: Account): Promise<void> => {
      const drawn = await draw(installed, account)
      if (drawn !== 'drawn') return
      const { numUpdatedRows } = await app.write('clock', null, (tx) =>
        tx.db
          .updateTable('identity')
          .set({ home_opened_at: tx.now })
          .where('platform', '=', 'slack')
          .where('external_id', '=', externalId(account))
          .where('home_opened_at', 'is', null)
          .executeTakeFirst(),
      )
      if (numUpdatedRows > 0n) await draw(installed, account)
    },
    /** Every home this person has opened, in whichever workspaces. */
    drawAll: async (person: PersonId): Promise<readonly (Failed | 'drawn')[]> => {
      const accounts = await app.read((ctx) =>
        ctx.db
          .selectFrom('identity')
          .select(['external_id', 'display_name'])
          .where('user_id', '=', person)
          .where('platform', '=', 'slack')
          .where('home_opened_at', 'is not', null)
          .execute(),
      )
      return Promise.all(
        accounts.map(async ({ external_id, display_name }) => {
          const account = accountFrom(external_id, display_name)
          const installed = await installations.of(account.team)
          return installed ? draw(installed, account) : 'drawn'
        }),
      )
    },
  }
}

export type Home = ReturnType<typeof createHome>
