/** What travels over the wire: an object whose fields nobody has looked at yet. */
export type Json = { readonly [key: string]: unknown }

export const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The objects of a list; anything that is no list is an empty one. */
export const jsonList = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isJson) : [])

/** A text field, or '' when it is absent or of another type. */
export const textField = (from: Json, field: string): string => {
  const value = from[field]
  return typeof value === 'string' ? value : ''
}

/** Reads a text as a JSON object; null when it is none. */
export function parseJson(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text)
    return isJson(value) ? value : null
  } catch {
    return null
  }
}
