/** The one that is meant. Throws the words otherwise. */
export function found<T>(all: readonly T[], isIt: (one: T) => boolean, otherwise: string): T {
  const one = all.find(isIt)
  if (one === undefined) throw new Error(otherwise)
  return one
}
