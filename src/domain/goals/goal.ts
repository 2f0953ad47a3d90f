/** What a person wants to reach: minutes of focus a day, sessions a week, 0 for no goal of the kind; and the day of an exam. */
export type Goal = { readonly minutes: number; readonly sessions: number; readonly exam: string | null }

/** Of those who never chose one (domain.md, section 2). */
export const usualGoal: Goal = { minutes: 120, sessions: 5, exam: null }
