/** A Slack workspace in which to play: two people, channels with and without the app. */

import manifest from '../slack/manifest.json' with { type: 'json' }
import { type ChannelHandle, type LocalSlack, type Person, startSlack, type Workspace } from '../slack/simulator/index.ts'

export type Office = {
  readonly slack: LocalSlack
  readonly team: Workspace
  readonly people: readonly { readonly id: string; readonly person: Person }[]
  readonly channels: readonly ChannelHandle[]
  /** The ids of the channels that the app is in. */
  readonly withApp: Set<string>
  readonly shortcuts: readonly { readonly name: string; readonly callback_id: string }[]
}

export async function openOffice(): Promise<Office> {
  const slack = await startSlack()
  const team = slack.addTeam({ name: 'Riverside Lab' })
  const dev = team.addUser({ name: 'dev', realName: 'Dev', isAdmin: true, locale: 'en-US', tz: 'America/Los_Angeles' })
  const eunji = team.addUser({ name: 'eunji', realName: '은지', locale: 'ko-KR', tz: 'Asia/Seoul' })
  team.install({ scopes: manifest.oauth_config.scopes.bot, installer: dev })
  const everybody = [dev, eunji]
  const withApp = ['general', 'deep-work'].map((name) => team.addChannel({ name, members: [...everybody, team.bot] }))
  return {
    slack,
    team,
    people: [
      { id: 'dev', person: dev },
      { id: 'eunji', person: eunji },
    ],
    channels: [...withApp, team.addChannel({ name: 'random', members: everybody })],
    withApp: new Set(withApp.map(({ id }) => id)),
    shortcuts: manifest.features.shortcuts,
  }
}
