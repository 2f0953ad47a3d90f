export const discord = {} as const
