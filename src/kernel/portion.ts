/**
 * Which of what is due is done in one transaction: at most `most`, without the first `skip`. What failed together is done one by one, and
 * what fails alone is passed over, so that nothing else waits for it.
 */
export type Portion = { readonly skip: number; readonly most: number }

export const asMuchAsFits: Portion = { skip: 0, most: Number.POSITIVE_INFINITY }
