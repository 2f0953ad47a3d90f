import { sql } from 'kysely'
import { runWork, type Work } from '../../../clockwork.ts'
import type { Caller } from '../../../commands/perform.ts'
import { askWhoWasSeen } from '../../../domain/presence/asked.actions.ts'
import { seeHuddle } from '../../../domain/presence/huddle.actions.ts'
import { creditSeen, sourceBack } from '../../../domain/presence/outage.actions.ts'
import { leaveLostPages } from '../../../domain/presence/page.actions.ts'
import { appear, stepAway } from '../../../domain/presence/presence.actions.ts'
import { blindSeconds } from '../../../domain/presence/presence.ts'
import type { Source } from '../../../domain/presence/source.ts'
import { missVoice, voiceBack } from '../../../domain/voice/look.actions.ts'
import { seeVoice } from '../../../domain/voice/voice.actions.ts'
import type { VoiceChannel, VoiceSighting } from '../../../domain/voice/voice.ts'
import { after, seconds } from '../../../kernel/clock.ts'
import type { Platform, Tx } from '../../../kernel/context.ts'
import type { PersonId, RoomId, WorkspaceId } from '../../../kernel/ids.ts'
import type { House } from '../../house.ts'

const server = '900'
export const channels: readonly VoiceChannel[] = [
  { id: '700', name: 'Deep', category: null, isAfk: false },
  { id: '701', name: 'Lounge', category: null, isAfk: false },
  { id: '709', name: 'Sleepers', category: null, isAfk: true },
]

/** One person with an account on both platforms, and where they really are, whoever sees it. */
export type Crosser = {
  readonly id: PersonId
  readonly onDiscord: Caller
  readonly onSlack: Caller
  readonly account: string
  readonly slackAccount: string
  channel: VoiceChannel | null
  isInHuddle: boolean
  page: RoomId | null
}

const callerOn = (platform: 'discord' | 'slack', externalId: string, displayName: string): Caller => ({
  sighting: { platform, externalId, displayName, locale: 'en', timezone: 'Asia/Seoul' },
  workspace:
    platform === 'discord'
      ? { platform, externalId: server, name: 'The Library', role: 'member' }
      : { platform, externalId: 'T1', name: 'The Office', role: 'member' },
})

/** Somebody who used the product on Discord, and whose account on Slack is theirs too. */
export async function crosser(house: House, n: number): Promise<Crosser> {
  const [account, slackAccount, name] = [`10${n}`, `T1:U${n}`, `Person ${n}`]
  const [onDiscord, onSlack] = [callerOn('discord', account, name), callerOn('slack', slackAccount, name)]
  await house.says(onDiscord, 'settings show', { platform: 'discord', channel: '555' })
  const { user_id: id } = await house.app.db
    .selectFrom('identity')
    .select('user_id')
    .where('external_id', '=', account)
    .executeTakeFirstOrThrow()
  await sql`insert into identity (user_id, platform, external_id, display_name, created_at)
    values (${id}::uuid, 'slack', ${slackAccount}, ${name}, ${house.clock.now()}::timestamptz)`.execute(house.app.db)
  await house.says(onSlack, 'settings show')
  return { id, onDiscord, onSlack, account, slackAccount, channel: null, isInHuddle: false, page: null }
}

/** What the three platforms tell of where people are, as the surfaces write it down. */
export function platforms(house: House, people: readonly Crosser[]) {
  const write = <T>(act: (tx: Tx) => Promise<T>): Promise<T> => house.app.write('clock', null, act)
  const up = new Map<Platform, boolean>()
  let shardCount = 1
  let process = 0
  const page = (): Source => ({ platform: 'web', shard: 0, shardCount: 1, process: `process ${process}` })
  const sitting = () => people.filter(({ channel }) => channel !== null)
  const keys = () => new Set(sitting().map(({ account }) => `${server} ${account}`))
  const sightingOf = ({ account, channel }: Crosser, entered: boolean, at: Date): VoiceSighting => ({
    server,
    account,
    name: account,
    channel,
    details: [],
    at,
    entered: entered && channel !== null,
  })
  const workspaceOf = async (platform: 'discord' | 'slack'): Promise<WorkspaceId> =>
    (await house.app.db.selectFrom('workspace').select('id').where('platform', '=', platform).executeTakeFirstOrThrow()).id
  const hasOpen = (seat: { readonly person: PersonId; readonly room: RoomId }): boolean =>
    people.some(({ id, page: open }) => id === seat.person && open === seat.room)

  return {
    isUp: (platform: Platform): boolean => up.get(platform) === true,
    /** From now on nothing is seen there, and nothing gives a sign of life. */
    async loses(platform: Platform): Promise<void> {
      up.set(platform, false)
      await house.app.db
        .updateTable('pulse')
        .set((e) => ({ seen_at: e.fn<Date>('least', ['seen_at', e.val(after(house.clock.now(), -seconds(blindSeconds + 1)))]) }))
        .where('platform', '=', platform)
        .execute()
    },
    /** Time passes in which the clock does nothing of what is due; then its works come in this order. */
    async fallsBehind(by: string, order: readonly Work[]): Promise<void> {
      await house.clock.jump(by)
      const seeing = [...up].flatMap(([platform, isUp]) => (isUp ? [platform] : []))
      if (seeing.length > 0)
        await house.app.db.updateTable('pulse').set({ seen_at: house.clock.now() }).where('platform', 'in', seeing).execute()
      for (const work of order) await runWork(house.app, work)
    },
    /** Discord comes back, with so many shards; Slack; or the pages, served by another process. */
    async findsAgain(platform: Platform, shards = shardCount): Promise<void> {
      up.set(platform, true)
      if (platform === 'discord') {
        shardCount = shards
        await write((tx) => voiceBack(tx, { platform, shard: 0, shardCount }, [], keys()))
        for (let shard = 1; shard < shardCount; shard += 1)
          await write((tx) => voiceBack(tx, { platform, shard, shardCount }, [], new Set()))
        await write((tx) =>
          seeVoice(
            tx,
            sitting().map((one) => sightingOf(one, false, tx.now)),
          ),
        )
        return
      }
      if (platform === 'web') process += 1
      await write(async (tx) => {
        const source = platform === 'web' ? page() : ({ platform, shard: 0, shardCount: 1 } as const)
        const outage = await sourceBack(tx, source)
        const lastSeen = outage?.lastSeen ?? tx.now
        if (platform === 'slack') {
          for (const { slackAccount: externalId, isInHuddle: inHuddle } of people)
            await seeHuddle(tx, { externalId, inHuddle, toldAt: null }, inHuddle ? tx.now : lastSeen)
        } else {
          const workspace = await workspaceOf('slack')
          for (const { id: person, page: room } of people)
            if (room !== null) await appear(tx, { person, room, workspace, evidence: 'web', channel: `process ${process}` })
          await leaveLostPages(tx, `process ${process}`, { has: hasOpen }, lastSeen, true)
        }
        if (outage !== null) await askWhoWasSeen(tx, outage.id)
        await creditSeen(tx, source)
      })
    },
    /** Discord says where somebody sits now: `late` by so many seconds, once or twice. */
    async tellsVoice(one: Crosser, late: number, times: number): Promise<void> {
      if (up.get('discord') !== true) return
      const at = after(house.clock.now(), -seconds(late))
      for (let n = 0; n < times; n += 1) await write((tx) => seeVoice(tx, [sightingOf(one, true, at)]))
    },
    /** What is recorded is compared with who sits where. */
    async comparesVoice(): Promise<void> {
      if (up.get('discord') !== true) return
      await write((tx) => missVoice(tx, { servers: [server] }, keys(), tx.now))
      await write((tx) =>
        seeVoice(
          tx,
          sitting().map((one) => sightingOf(one, false, tx.now)),
        ),
      )
    },
    async tellsHuddle({ slackAccount: externalId, isInHuddle: inHuddle }: Crosser, late: number): Promise<void> {
      if (up.get('slack') === true)
        await write((tx) => seeHuddle(tx, { externalId, inHuddle, toldAt: null }, after(tx.now, -seconds(late))))
    },
    async opensPage(one: Crosser, room: RoomId): Promise<void> {
      if (up.get('web') !== true) return
      one.page = room
      const workspace = await workspaceOf('slack')
      await write((tx) => appear(tx, { person: one.id, room, workspace, evidence: 'web', channel: `process ${process}` }))
    },
    async closesPage(one: Crosser, late: number): Promise<void> {
      const room = one.page
      one.page = null
      if (room !== null && up.get('web') === true)
        await write((tx) => stepAway(tx, { person: one.id, room }, 'web', after(tx.now, -seconds(late))))
    },
  }
}
