import type { Actor, Ctx } from '../../kernel/context.ts'

/** The person and the workspace in which they act; a bug where the clock acts. */
export function actorOf({ actor }: Ctx): Exclude<Actor, 'clock'> {
  if (actor === 'clock') throw new Error('only a person makes a reservation')
  return actor
}
