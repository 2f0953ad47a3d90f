import { readFileSync } from 'node:fs'
import { isJson, type Json, jsonList, parseJson, textField } from './json.ts'

/** What is wrong with the arguments of a call, one sentence each. */
export type ParameterCheck = (method: string, args: Json) => readonly string[]

/** Parameters that Slack documents today and its published description of 2020 does not know yet. */
const NEWER: Readonly<Record<string, readonly string[]>> = {
  'chat.postMessage': ['metadata', 'markdown_text'],
  'chat.update': ['metadata', 'markdown_text', 'reply_broadcast', 'unfurl_links', 'unfurl_media'],
  'chat.postEphemeral': ['markdown_text'],
  'conversations.open': ['prevent_creation'],
  'conversations.history': ['include_all_metadata'],
  'conversations.replies': ['include_all_metadata'],
  'views.open': ['interactivity_pointer'],
  'views.push': ['interactivity_pointer'],
  'oauth.v2.access': ['grant_type', 'refresh_token'],
}
/** The SDK may send these with any call. */
const ALWAYS = ['token', 'team_id']

/** Reads Slack's OpenAPI 2 description; without a file nothing is checked. Throws when the file is not one. */
export function createParameterCheck(file: string | undefined): ParameterCheck {
  if (!file) return () => []
  const paths = parseJson(readFileSync(file, 'utf8'))?.paths
  if (!isJson(paths)) throw new Error(`${file} is not an OpenAPI description`)
  return (method, args) => {
    const path = paths[`/${method}`]
    const operation = isJson(path) ? Object.values(path).find(isJson) : undefined
    return operation ? faultsIn(method, jsonList(operation.parameters), args) : []
  }
}

function faultsIn(method: string, parameters: readonly Json[], args: Json): string[] {
  const known = new Map(parameters.map((one) => [textField(one, 'name'), one]))
  const allowed = new Set([...known.keys(), ...ALWAYS, ...(NEWER[method] ?? [])])
  const unknown = Object.keys(args).filter((name) => !allowed.has(name))
  const missing = parameters.filter((one) => one.required === true && one.name !== 'token' && args[textField(one, 'name')] === undefined)
  const mistyped = Object.entries(args).filter(([name, value]) => {
    const parameter = known.get(name)
    return parameter !== undefined && name !== 'token' && !fits(textField(parameter, 'type'), value)
  })
  return [
    ...unknown.map((name) => `unknown parameter ${name} of ${method}`),
    ...missing.map((one) => `missing required field: ${textField(one, 'name')}`),
    ...mistyped.map(([name]) => `${name} is not of type ${textField(known.get(name) ?? {}, 'type')}`),
  ]
}

/** In a form everything is text; in JSON a string parameter may hold the structure itself (blocks, view). */
function fits(type: string, value: unknown): boolean {
  if (type === 'boolean') return ['true', 'false', '1', '0', true, false, 1, 0].some((one) => one === value)
  if (type === 'integer') return /^-?\d+$/.test(String(value))
  if (type === 'number') return Number.isFinite(Number(value))
  return typeof value === 'string' || typeof value === 'object' || typeof value === 'boolean'
}
