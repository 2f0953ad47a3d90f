/** Questions that wait for their answers on connections of postgres.js, which never answers what it is about to send when one closes. */
export type Answers = {
  /** The answer, or the error of `lose` where that comes first. */
  to<T>(asked: PromiseLike<T>): Promise<T>
  /** A connection closed: whatever waits is refused. */
  lose(error: Error): void
}

export function openAnswers(): Answers {
  const waiting = new Set<(error: Error) => void>()
  return {
    to<T>(asked: PromiseLike<T>): Promise<T> {
      const { promise, resolve, reject } = Promise.withResolvers<T>()
      waiting.add(reject)
      asked.then(resolve, reject)
      return promise.finally(() => waiting.delete(reject))
    },
    lose(error) {
      for (const refuse of waiting) refuse(error)
    },
  }
}
