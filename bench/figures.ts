/** One line of a bench: `ours` against `baseline` in the same run. `aim` is what we hope for. */
export type Figure = {
  readonly what: string
  readonly ours: string
  readonly baseline: string
  readonly ratio: string
  readonly aim: string
}

export const milliseconds = (value: number): string =>
  value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value).toLocaleString('en')} ms`

export const times = (ours: number, baseline: number): string => `${(ours / baseline).toFixed(2)}×`

/** The value below which a share of all lies; `values` in any order. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const found = sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]
  if (found === undefined) throw new Error('there is nothing to measure')
  return found
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)

export function print(title: string, figures: readonly Figure[]): void {
  const head: Figure = { what: title, ours: 'ours', baseline: 'baseline', ratio: 'ratio', aim: 'aim' }
  const columns = ['what', 'ours', 'baseline', 'ratio', 'aim'] as const
  const widths = columns.map((column) => Math.max(...[head, ...figures].map((figure) => figure[column].length)))
  const line = (figure: Figure): string =>
    columns
      .map((column, n) => figure[column].padEnd(widths[n] ?? 0))
      .join('  ')
      .trimEnd()
  process.stdout.write(`\n${[head, ...figures].map(line).join('\n')}\n`)
}
