import { createApp } from '../../src/app.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { address, startOurs } from '../discord/bots.ts'
import { type Figure, milliseconds, percentile, print, times } from '../figures.ts'
import { configIn, type Ground, log, onGround } from '../ground.ts'
import { type Process, start } from '../processes.ts'
import { type Audience, fillWith, gather } from './audience.ts'
import { calm, lateness, noteLedger, noteRecords, recordsAfter } from './records.ts'
import { type Deed, trafficOf } from './traffic.ts'

const eventsAMinute = 20_000
const seconds = 60
const burst = 10_000
/** What people did before it begins, so that from the beginning as many come as leave. */
const before = 16_000

type Measured = { readonly late: readonly number[]; readonly perMinute: number }

/** Both hear the same people do the same, one after the other: how long after each event what it changes is committed. */
export const voice = (): Promise<void> =>
  onGround(
    async (ground) => {
      const ours = await measure(ground, 'ours', ({ discord }, url) => startOurs(discord, ground, url))
      const bare = await measure(ground, 'bare', ({ discord }, url) =>
        start('bench/voice/bare-bot.ts', { ...address(discord), DATABASE_URL: url }, /^ready$/m),
      )
      print('voice', figures(ours, bare))
    },
    { track_commit_timestamp: 'on' },
  )

async function measure(
  ground: Ground,
  name: 'ours' | 'bare',
  begin: (audience: Audience, url: string) => Promise<Process>,
): Promise<Measured> {
  const url = await ground.database(name)
  const audience = await gather()
  const app = await createApp(configIn(ground), { url, clock: systemClock, log })
  await noteRecords(app.db)
  if (name === 'ours') {
    await fillWith(app.db, audience)
    await noteLedger(app.db)
  }
  const traffic = trafficOf(audience.listeners, 1)
  traffic.burst(before)
  const sitting = audience.servers.reduce((sum, { guild }) => sum + guild.state.voiceStates.size, 0)
  const bot = await begin(audience, url)
  try {
    const begun = await calm(app.db, name === 'ours' ? sitting : 0)
    const flow = await traffic.flow(eventsAMinute / 60, seconds)
    const flowed = await calm(app.db)
    const late = lateness(flow, await recordsAfter(app.db, begun))
    const rush = traffic.burst(burst)
    await calm(app.db)
    return { late, perMinute: perMinute(rush, lateness(rush, await recordsAfter(app.db, flowed))) }
  } finally {
    await bot.stop()
    await app.stop()
    await audience.discord.stop()
  }
}

/** Events a minute, from the first of a burst that was sent to the last that was committed. */
function perMinute(deeds: readonly Deed[], late: readonly number[]): number {
  const told = deeds.filter(({ sign }) => sign !== null)
  const [first] = told
  const last = Math.max(...told.map(({ sentAt }, n) => sentAt + (late[n] ?? 0)))
  return (deeds.length / (last - (first?.sentAt ?? last))) * 60_000
}

function figures(ours: Measured, bare: Measured): readonly Figure[] {
  const what = `${eventsAMinute.toLocaleString('en')} events in a minute`
  const kept = ({ late }: Measured) => late.filter(Number.isFinite).length
  const number = (value: number) => Math.round(value).toLocaleString('en')
  const took = (name: string, share: number, aim: string): Figure => {
    const [a, b] = [percentile(ours.late, share), percentile(bare.late, share)]
    return { what: `${what}: until it is committed, ${name}`, ours: milliseconds(a), baseline: milliseconds(b), ratio: times(a, b), aim }
  }
  return [
    {
      what: `${what}: recorded of those that change something`,
      ours: `${number(kept(ours))} of ${number(ours.late.length)}`,
      baseline: `${number(kept(bare))} of ${number(bare.late.length)}`,
      ratio: times(kept(ours), kept(bare)),
      aim: 'all',
    },
    took('median', 0.5, ''),
    took('99 %', 0.99, '≤ 1,000 ms'),
    {
      what: `${number(burst)} events at once, in a minute`,
      ours: number(ours.perMinute),
      baseline: number(bare.perMinute),
      ratio: times(ours.perMinute, bare.perMinute),
      aim: `≥ ${number(eventsAMinute)}`,
    },
  ]
}
