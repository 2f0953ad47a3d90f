import { print } from '../figures.ts'
import { onGround } from '../ground.ts'
import { measureBurst } from './burst.ts'
import { measureLateness } from './lateness.ts'

export const timers = (): Promise<void> =>
  onGround(
    async (ground) => {
      print('timers', await measureBurst(ground))
      print('lateness', await measureLateness(ground))
    },
    { track_commit_timestamp: 'on' },
  )
