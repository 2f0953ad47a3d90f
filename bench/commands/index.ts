import { startBare, startOurs } from '../discord/bots.ts'
import { type Figure, milliseconds, percentile, print, times } from '../figures.ts'
import { onGround } from '../ground.ts'
import { type Crowd, gather, highestRate, latencies, settleIn } from './crowd.ts'

const asked = ['timer status', 'room list'] as const

type Measured = { readonly rate: number; readonly took: readonly number[] }

async function measure(crowd: Crowd): Promise<ReadonlyMap<string, Measured>> {
  const found = new Map<string, Measured>()
  for (const words of asked) found.set(words, { rate: await highestRate(crowd, words), took: await latencies(crowd, words) })
  return found
}

/** Both bots hear the same simulator from processes of their own, one after the other. */
export const commands = (): Promise<void> =>
  onGround(async (ground) => {
    const crowd = await gather()
    const ours = await startOurs(crowd.discord, ground, await ground.database('commands'))
    await settleIn(crowd)
    const mine = await measure(crowd)
    await ours.stop()
    const bare = await startBare(crowd.discord)
    const base = await measure(crowd)
    await bare.stop()
    await crowd.discord.stop()
    print(
      'commands',
      asked.flatMap((words) => figures(words, mine.get(words), base.get(words))),
    )
  })

function figures(words: string, mine: Measured | undefined, base: Measured | undefined): readonly Figure[] {
  if (mine === undefined || base === undefined) throw new Error(`${words} was not measured`)
  const rate = (value: number): string => `${Math.round(value)} a second`
  const took = (name: string, share: number, aim: string): Figure => {
    const [a, b] = [percentile(mine.took, share), percentile(base.took, share)]
    return { what: `/${words} at 200 a second, ${name}`, ours: milliseconds(a), baseline: milliseconds(b), ratio: times(a, b), aim }
  }
  return [
    {
      what: `/${words}, highest rate`,
      ours: rate(mine.rate),
      baseline: rate(base.rate),
      ratio: times(mine.rate, base.rate),
      aim: '≥ 0.5×',
    },
    took('median', 0.5, ''),
    took('99 %', 0.99, ''),
  ]
}
