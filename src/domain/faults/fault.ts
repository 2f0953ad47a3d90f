/** A fault that stands for so long is told to whoever ran setup. */
export const toldAfterMinutes = 15

/** Members may ask the moderators about one channel this often. */
export const askedAgainMinutes = 60

/** What was mended, and asked, is kept for so long. */
export const keptDays = 90
