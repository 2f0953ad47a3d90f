/** Fields as Discord checks them, and its way of saying what is wrong with them. */

import { z } from 'zod'
import { type FieldError, invalidForm } from '../errors.ts'

export const text = (least: number, most: number) => z.string().min(least).max(most)
export const snowflake = z.string().regex(/^\d{1,20}$/)
export const color = z.number().int().min(0).max(0xffffff)

/** Refuses a field inside a zod check, with Discord's code for the fault. */
export const fault = (path: PropertyKey[], code: string, message: string) => ({ code: 'custom' as const, path, message, params: { code } })

const described = (issue: z.core.$ZodIssue): FieldError => {
  const { path } = issue
  switch (issue.code) {
    case 'too_big':
      return { path, code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${issue.maximum} or fewer in length.` }
    case 'too_small':
      return { path, code: 'BASE_TYPE_MIN_LENGTH', message: `Must be ${issue.minimum} or more in length.` }
    case 'invalid_type':
      return issue.message.includes('received undefined')
        ? { path, code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }
        : { path, code: 'BASE_TYPE_BAD_TYPE', message: issue.message }
    case 'invalid_value':
    case 'invalid_union':
      return { path, code: 'BASE_TYPE_CHOICES', message: `Value must be one of those allowed here: ${issue.message}` }
    case 'custom':
      return { path, code: String(issue.params?.code ?? 'BASE_TYPE_BAD_VALUE'), message: issue.message }
    default:
      return { path, code: 'BASE_TYPE_BAD_VALUE', message: issue.message }
  }
}

/** The body as the schema reads it, or 50035 with every fault at its place. */
export const checked = <T>(schema: z.ZodType<T>, body: unknown): T => {
  const read = schema.safeParse(body)
  if (read.success) return read.data
  throw invalidForm(read.error.issues.map(described))
}
