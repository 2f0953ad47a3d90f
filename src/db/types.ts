/**
 * How values travel, beyond what postgres.js does itself (timestamptz as Date, integers as numbers, numeric as text, arrays as arrays):
 * - bigint (also count(*) and sum(integer)) is a number, and one beyond 2^53 an error, never a rounded value;
 * - date is text, 'YYYY-MM-DD': a calendar day has no zone;
 * - json and jsonb are objects both ways. A string given for them is taken as JSON text, as pg-boss gives it.
 */
export const types = {
  bigint: { to: 20, from: [20], serialize: String, parse: safeInteger },
  day: { to: 1082, from: [1082], serialize: String, parse: String },
  json: { to: 114, from: [114, 3802], serialize: jsonText, parse: JSON.parse as (text: string) => unknown },
}

function safeInteger(text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number)) throw new RangeError(`${text} is beyond 2^53`)
  return number
}

function jsonText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
