/** Draws by lot from a seed (mulberry32), so that what was drawn can be drawn again. */
export type Lot = {
  /** From 0 up to 1, without 1. */
  draw(): number
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number
  pick<T>(list: readonly T[]): T
}

export function lotFrom(seed: number): Lot {
  let state = seed >>> 0
  const draw = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    draw,
    between: (least, most) => least + Math.floor(draw() * (most - least + 1)),
    pick(list) {
      const found = list[Math.floor(draw() * list.length)]
      if (found === undefined) throw new Error('there is nothing to pick from')
      return found
    },
  }
}
