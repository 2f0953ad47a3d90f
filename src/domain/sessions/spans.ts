/** A stretch of time from its first moment up to, and without, `to`. */
export type Span = { readonly from: Date; readonly to: Date }

export const secondsOf = (spans: readonly Span[]): number =>
  Math.floor(spans.reduce((sum, { from, to }) => sum + Math.max(0, to.getTime() - from.getTime()), 0) / 1000)

const later = (a: Date, b: Date): Date => (a > b ? a : b)
const earlier = (a: Date, b: Date): Date => (a < b ? a : b)

/** What two have in common; null where that is nothing. */
export function overlap(a: Span, b: Span): Span | null {
  const from = later(a.from, b.from)
  const to = earlier(a.to, b.to)
  return from < to ? { from, to } : null
}

/** What of `spans` lies in `within`. */
export const clip = (spans: readonly Span[], within: Span): readonly Span[] => spans.flatMap((span) => overlap(span, within) ?? [])

/** What of `whole` none of `taken` covers, in order. */
export function without(whole: Span, taken: readonly Span[]): readonly Span[] {
  const left: Span[] = []
  let from = whole.from
  for (const one of clip(taken, whole).toSorted((a, b) => a.from.getTime() - b.from.getTime())) {
    if (one.from > from) left.push({ from, to: one.from })
    if (one.to > from) from = one.to
  }
  return from < whole.to ? [...left, { from, to: whole.to }] : left
}

/** What `whole` falls into: the parts that `taken` covers and the parts it does not, in order. */
export const split = (whole: Span, taken: readonly Span[]): { readonly inside: readonly Span[]; readonly outside: readonly Span[] } => {
  const outside = without(whole, taken)
  return { inside: without(whole, outside), outside }
}
