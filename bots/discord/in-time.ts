/** Discord waits 3 s for a form or for suggestions, which can't be deferred; what is left of it, in milliseconds, is for the way there. */
export const longestWait = 2400

/** What the work gives, or `late` once so many milliseconds have passed; the work goes on. */
export async function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T | 'late'> {
  const late = Promise.withResolvers<'late'>()
  const timer = setTimeout(() => late.resolve('late'), milliseconds)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
