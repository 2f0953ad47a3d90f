import { type Client, Events, GatewayDispatchEvents, type Guild } from 'discord.js'
import { installWorkspace, uninstallWorkspace } from '../../src/domain/workspaces/workspace.actions.ts'
import type { App } from '../../src/kernel/context.ts'

/**
 * Keeps our list of Discord servers true: what happens is written down as it happens, and after each start of a session the
 * list is compared, since servers come and go while nobody is connected. A server that is no longer served counts as gone. `changed` is
 * told of each that came or went.
 */
export function followServers(
  app: App,
  client: Client,
  inOrder: (deed: () => Promise<void>) => void,
  changed: (server: string) => void,
): void {
  const { allowedWorkspaces } = app.config
  const isServed = (id: string) => allowedWorkspaces.length === 0 || allowedWorkspaces.includes(id)

  async function install({ id, name }: Guild): Promise<void> {
    if (!isServed(id)) return
    await app.write('clock', null, (tx) => installWorkspace(tx, { platform: 'discord', externalId: id, name }))
    changed(id)
  }
  async function uninstall(id: string): Promise<void> {
    await app.write('clock', null, (tx) => uninstallWorkspace(tx, 'discord', id))
    changed(id)
  }

  const known = () =>
    app.read((ctx) =>
      ctx.db
        .selectFrom('workspace')
        .select(['external_id', 'name'])
        .where('platform', '=', 'discord')
        .where('uninstalled_at', 'is', null)
        .execute(),
    )

  async function compare(shard: number, present: ReadonlySet<string>): Promise<void> {
    const before = new Map((await known()).map((row) => [row.external_id, row.name]))
    for (const id of before.keys()) if (shardOf(id, client) === shard && !(present.has(id) && isServed(id))) await uninstall(id)
    for (const id of present) {
      const guild = client.guilds.cache.get(id)
      if (guild?.available && before.get(id) !== guild.name) await install(guild)
    }
  }

  // READY lists every server of the shard, also those that are unavailable.
  const listed = new Map<number, ReadonlySet<string>>()
  client.ws.on(GatewayDispatchEvents.Ready, ({ guilds }: { guilds: readonly { id: string }[] }, shard: number) => {
    listed.set(shard, new Set(guilds.map(({ id }) => id)))
  })
  client.on(Events.ShardReady, (shard) => {
    const present = listed.get(shard)
    if (present) inOrder(() => compare(shard, present))
  })
  client.on(Events.GuildCreate, (guild) => inOrder(() => install(guild)))
  client.on(Events.GuildUpdate, (before, guild) => {
    if (before.name !== guild.name) inOrder(() => install(guild))
  })
  client.on(Events.GuildDelete, (guild) => inOrder(() => uninstall(guild.id)))
}

/** Discord's own rule for which shard hears of a server. */
const shardOf = (guild: string, client: Client): number => Number((BigInt(guild) >> 22n) % BigInt(client.options.shardCount ?? 1))
