import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Draws by lot from a seed, so that what was drawn can be drawn again. */
export type Lot = {
  /** From 0 up to 1, without 1. */
  draw(): number
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number
  pick<T>(list: readonly T[]): T
  shuffle<T>(list: readonly T[]): readonly T[]
}

export function lotFrom(seed: number): Lot {
  const generator = xoroshiro128plus(seed)
  const draw = () => uniformFloat64(generator)
  const between = (least: number, most: number) => uniformInt(generator, least, most)
  return {
    draw,
    between,
    pick(list) {
      if (list.length === 0) throw new Error('there is nothing to pick from')
      return list[between(0, list.length - 1)] as (typeof list)[number]
    },
    shuffle: (list) =>
      list
        .map((one) => ({ one, at: draw() }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ one }) => one),
  }
}
