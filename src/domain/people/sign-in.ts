import { days, minutes } from '../../kernel/clock.ts'

/** A one-time link lives ten minutes: long enough to change to the browser, short enough to be useless in a log. */
export const linkMilliseconds = minutes(10)

/** A login ends after thirty days without use. */
export const loginMilliseconds = days(30)
