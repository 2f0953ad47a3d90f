/** Deadlock, serialization failure: the transaction was rolled back for another's sake. */
const yieldedCodes = new Set(['40P01', '40001'])

/** The same, and connection lost or refused while the server restarts: the same may work a moment later. */
const transientCodes = new Set([
  ...yieldedCodes,
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08003',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'ECONNREFUSED',
  'ECONNRESET',
])

const codeIn = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

/** Nothing of it happened, so that it can be done again as it is. */
export const hasYielded = (error: unknown): boolean => yieldedCodes.has(codeIn(error))

export const isTransient = (error: unknown): boolean => transientCodes.has(codeIn(error))

/** A unique rule was broken; the transaction is spoilt and must end. */
export const isDuplicate = (error: unknown): boolean => codeIn(error) === '23505'
