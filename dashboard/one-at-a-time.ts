/**
 * Runs the task when asked. Asked while it runs, it runs once more at its end, however often it was asked: a slow reader piles up
 * nothing, and what was heard last is never lost.
 */
export function oneAtATime(task: () => Promise<void>, failed: (error: unknown) => void): () => void {
  let running = false
  let again = false
  const run = async (): Promise<void> => {
    running = true
    try {
      do {
        again = false
        await task()
      } while (again)
    } finally {
      running = false
    }
  }
  return () => {
    if (running) again = true
    else run().catch(failed)
  }
}
