import type { Library } from './library.ts'
import type { Office } from './office.ts'
import type { Product } from './product.ts'

const some = 2
const outageMilliseconds = 20_000

/** A trouble that one can make. */
export type Fault = {
  readonly id: string
  readonly where: 'Discord' | 'Slack' | 'Focus Mate'
  readonly label: string
  make(): void | Promise<void>
}

export function faultsOf({ discord }: Library, { slack }: Office, product: Product): readonly Fault[] {
  const slackFails = (fault: Parameters<typeof slack.faults.next>[0]['fault'], times = some) => slack.faults.next({ fault, times })
  return [
    { id: 'discord-drop', where: 'Discord', label: 'Cut the gateway', make: () => discord.gateway.drop() },
    { id: 'discord-reconnect', where: 'Discord', label: 'Ask to reconnect', make: () => discord.gateway.reconnect() },
    { id: 'discord-invalidate', where: 'Discord', label: 'Forget the session', make: () => discord.gateway.invalidate() },
    {
      id: 'discord-outage',
      where: 'Discord',
      label: `Gateway closed for ${outageMilliseconds / 1000} s`,
      make: () => {
        discord.faults.closeGateway(true)
        discord.gateway.drop()
        setTimeout(() => discord.faults.closeGateway(false), outageMilliseconds).unref()
      },
    },
    { id: 'discord-500', where: 'Discord', label: `Next ${some} calls: 500`, make: () => discord.faults.failNext(some, 500) },
    { id: 'discord-429', where: 'Discord', label: `Next ${some} calls: 429`, make: () => discord.faults.failNext(some, 429) },
    { id: 'discord-lost', where: 'Discord', label: 'Next answer is lost', make: () => discord.faults.failNext(1, 'lost') },
    { id: 'slack-refresh', where: 'Slack', label: 'Refresh the sockets', make: () => slack.disconnectSockets('refresh_requested', 'all') },
    { id: 'slack-cut', where: 'Slack', label: 'Cut the sockets', make: () => slack.cutSockets('all') },
    { id: 'slack-500', where: 'Slack', label: `Next ${some} calls: 500`, make: () => slackFails({ status: 500 }) },
    { id: 'slack-429', where: 'Slack', label: `Next ${some} calls: 429`, make: () => slackFails({ ratelimited: 2 }) },
    { id: 'slack-lost', where: 'Slack', label: 'Next answer is lost', make: () => slackFails({ cut: 'after' }, 1) },
    { id: 'crash', where: 'Focus Mate', label: 'Kill it and start it again', make: () => product.crash() },
  ]
}
