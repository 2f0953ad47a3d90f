import type { Picture } from '../../src/screens/charts/picture.ts'
import { pngOf } from '../../src/screens/charts/png.ts'
import { svgOf } from '../../src/screens/charts/svg.ts'
import { gallery, sampleReader } from '../../src/screens/gallery.ts'
import { type Figure, median, milliseconds, percentile, print, times } from '../figures.ts'

const rounds = 100
const warmUp = 5
const aim = '≤ 150 ms'

/** Each kind of picture from its data to a PNG in Korean, one after the other, beside an empty drawing of the same size. */
export async function pictures(): Promise<void> {
  const samples = new Map(
    gallery.flatMap(({ screen }) =>
      screen.blocks.flatMap((block) => (block.kind === 'picture' ? [[block.picture.kind, block.picture] as const] : [])),
    ),
  )
  const figures: Figure[] = []
  for (const [kind, picture] of samples) figures.push(...(await measured(kind, picture)))
  print('pictures', figures)
}

async function measured(kind: string, picture: Picture): Promise<readonly Figure[]> {
  const reader = sampleReader('ko')
  const draw = () => svgOf(picture, reader, 'dark')
  const blank = draw().replace(/(<rect [^>]*>).*(<\/svg>)$/s, '$1$2')
  const ours = await timesOf(() => pngOf(draw()))
  const baseline = await timesOf(() => pngOf(blank))
  const line = (name: string, value: (all: readonly number[]) => number): Figure => ({
    what: `${kind}, ${name}`,
    ours: milliseconds(value(ours)),
    baseline: milliseconds(value(baseline)),
    ratio: times(value(ours), value(baseline)),
    aim: name === 'p99' ? aim : '',
  })
  return [line('p50', median), line('p99', (all) => percentile(all, 0.99))]
}

/** Milliseconds of each round. */
async function timesOf(deed: () => Promise<unknown>): Promise<readonly number[]> {
  const taken: number[] = []
  for (let round = -warmUp; round < rounds; round++) {
    const begin = performance.now()
    await deed()
    if (round >= 0) taken.push(performance.now() - begin)
  }
  return taken
}
