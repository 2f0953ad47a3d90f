import type { slack as en } from '../en/slack.ts'

export const slack: Readonly<Record<keyof typeof en, string>> = {}
