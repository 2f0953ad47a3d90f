/** Holds requests against Discord's API description, when the environment variable DISCORD_OPENAPI names its file. */

import { readFileSync } from 'node:fs'
import { Ajv2020, type AnySchema, type ValidateFunction } from 'ajv/dist/2020.js'
import { ApiError } from './errors.ts'

type Operation = { readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: AnySchema }>> } }
type Description = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>; readonly components: object }
type Check = (method: string, path: string, body: unknown) => void

/** Permissions travel as decimal strings, though the description calls them integers up to 2^54 - 1, which a JavaScript number rounds to this. */
const permissionBits = 2 ** 54

const permissionsAsText = (_: string, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || !('maximum' in value) || value.maximum !== permissionBits) return value
  return { anyOf: [value, { type: 'string', pattern: '^[0-9]+$' }] }
}

const templates = (paths: Description['paths']) =>
  Object.entries(paths)
    .map(([template, operations]) => ({
      operations,
      template,
      pattern: new RegExp(`^${template.replaceAll(/[.*+?^$|[\]\\]/g, '\\$&').replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
    }))
    // Those with fewer parameters are the more exact ones.
    .sort((a, b) => a.template.split('{').length - b.template.split('{').length)

const loaded = (file: string): Check => {
  const description = JSON.parse(readFileSync(file, 'utf8'), permissionsAsText) as Description
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: false })
  ajv.addSchema({ $id: 'discord', components: description.components })
  const known = templates(description.paths)
  const validators = new Map<string, ValidateFunction | null>()

  const validatorOf = (method: string, path: string): ValidateFunction | null => {
    const found = known.find(({ pattern, operations }) => pattern.test(path) && method.toLowerCase() in operations)
    const key = `${method} ${found?.template}`
    const ready = validators.get(key)
    if (ready !== undefined) return ready
    const schema = found?.operations[method.toLowerCase()]?.requestBody?.content['application/json']?.schema
    const made =
      schema === undefined ? null : ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"discord#/components')))
    validators.set(key, made)
    return made
  }

  return (method, path, body) => {
    const validate = body === undefined ? null : validatorOf(method, path)
    if (!validate || validate(body)) return
    const words = ajv.errorsText(validate.errors, { dataVar: 'body' })
    throw new ApiError(400, 50035, `${method} ${path} does not follow the API description: ${words}`)
  }
}

const descriptions = new Map<string, Check>()

/** Refuses a body that the description does not allow (400, with the place and the rule). Without a description everything passes. */
export const checkAgainstOpenApi: Check = (method, path, body) => {
  const file = process.env.DISCORD_OPENAPI
  if (!file) return
  const check = descriptions.get(file) ?? loaded(file)
  descriptions.set(file, check)
  check(method, path, body)
}
