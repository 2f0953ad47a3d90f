import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { closest, distance } from 'fastest-levenshtein'
import { neighbours, settings } from './settings.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** A setting is broken: the message is one sentence for whoever starts the product, and names the variable but never a secret. */
export class ConfigRefused extends Error {
  constructor(sentence: string) {
    super(sentence)
    this.name = 'ConfigRefused'
  }
}

/**
 * The environment with the `.env` of `folder` under it: a real variable wins, an empty one counts as unset.
 * Throws ConfigRefused where `.env` is there but can't be read.
 */
export function readEnvironment(folder: string, real: Environment): { env: Environment; warnings: readonly string[] } {
  const file = readEnvFile(resolve(folder, '.env'))
  const env = { ...file, ...present(real) }
  return { env, warnings: unknownSettings(real, Object.keys(file)) }
}

function readEnvFile(path: string): Record<string, string> {
  try {
    return present(parseEnv(readFileSync(path, 'utf8')))
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT') return {}
    throw new ConfigRefused(`${path} can't be read (${code}).`)
  }
}

/** The variables that say something, trimmed. */
export const present = (env: Environment): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined || value.trim() === '' ? [] : [[name, value.trim()]])),
  )

/** The code of a system error (ENOENT, EACCES), or what was thrown, as text. */
export const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : String(error))

/** Short names such as HOST lie too near to names of others (HOME) to be suspected in the environment of the whole machine. */
const shortestSuspect = 6

/** One sentence for each name that nobody reads: all of `.env`, and those of the environment that look like ours. */
function unknownSettings(real: Environment, written: readonly string[]): string[] {
  const known: readonly string[] = [...Object.keys(settings.shape), ...neighbours]
  const inReal = Object.keys(real).filter((name) => looksLikeOurs(name, known))
  return [...new Set([...written, ...inReal])]
    .filter((name) => !known.includes(name))
    .map((name) => `${name} is not a setting of Focus Mate; did you mean ${closest(name, known)}?`)
}

const looksLikeOurs = (name: string, known: readonly string[]): boolean =>
  /^(DISCORD|SLACK)_/.test(name) || (name.length >= shortestSuspect && distance(name, closest(name, known)) <= 2)
