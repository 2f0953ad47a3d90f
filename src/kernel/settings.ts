import { z } from 'zod'

/** The parts of the product; by default one process runs them all. */
export const roles = ['discord', 'slack', 'dashboard', 'worker'] as const
export type Role = (typeof roles)[number]

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

const whole = (least: number, most: number) => {
  const bounds = `must be a whole number from ${least} to ${most}`
  return z
    .string()
    .regex(/^\d{1,9}$/, bounds)
    .transform(Number)
    .pipe(z.number().min(least, bounds).max(most, bounds))
}

const secret = z.string().regex(/^[\x21-\x7e]+$/, 'must be one word without spaces, copied as it is')

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
)

const address = (protocols: readonly string[], example: string) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), `must be an address such as ${example}`)

const web = (example: string) => address(['https:', 'http:'], example)
const withoutSlash = (text: string) => text.replace(/\/+$/, '')
const withSlash = (text: string) => `${withoutSlash(text)}/`

const isRole = (text: string): text is Role => roles.some((role) => role === text)

const rolesAsked = list
  .refine((names) => names.every(isRole), `must be a list out of ${roles.join(',')}`)
  .transform((names): ReadonlySet<Role> => new Set(names.length === 0 ? roles : names.filter(isRole)))

const shards = z
  .string()
  .regex(/^(auto|\d{1,5}(-\d{1,5})?(,\d{1,5}(-\d{1,5})?)*)$/, 'must be auto, or shard numbers such as 0,1 or 0-3')
  .transform((text) => (text === 'auto' ? 'auto' : text.split(',').flatMap(shardRange)))

function shardRange(part: string): number[] {
  const [first = 0, last = first] = part.split('-').map(Number)
  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, i) => first + i)
}

const secretKey = z
  .string()
  .regex(/^([0-9a-f]{64}|[\w+/-]{43}=?)$/i, 'must be 32 bytes as hex or base64; make one with: openssl rand -hex 32')
  .transform((text) => Buffer.from(text, text.length === 64 ? 'hex' : 'base64'))

/** Every setting by its name in the environment: an absent or empty one has the default given here. `.env.example` explains each. */
export const settings = z.object({
  PORT: whole(0, 65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: web('https://focus.example.org')
    .regex(/^https?:\/\/[^/?#@]+\/?$/i, 'must be an origin without a path, such as https://focus.example.org')
    .transform((text) => new URL(text).origin)
    .optional(),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: address(['postgres:', 'postgresql:'], 'postgres://user:password@localhost:5432/focus_mate').optional(),
  REDIS_URL: address(['redis:', 'rediss:'], 'redis://localhost:6379').optional(),
  ROLES: rolesAsked.prefault(''),
  DISCORD_TOKEN: secret.optional(),
  DISCORD_CLIENT_ID: z
    .string()
    .regex(/^\d{15,22}$/, 'must be the application id, a number of 17 to 20 digits')
    .optional(),
  DISCORD_CLIENT_SECRET: secret.optional(),
  DISCORD_API_URL: web('https://discord.com/api').transform(withoutSlash).default('https://discord.com/api'),
  DISCORD_CDN_URL: web('https://cdn.discordapp.com').transform(withoutSlash).default('https://cdn.discordapp.com'),
  DISCORD_SHARDS: shards.default('auto'),
  DISCORD_SHARD_COUNT: whole(1, 16384).optional(),
  SLACK_BOT_TOKEN: secret.startsWith('xoxb-', 'must begin with xoxb- (OAuth & Permissions, Bot User OAuth Token)').optional(),
  SLACK_APP_TOKEN: secret.startsWith('xapp-', 'must begin with xapp- (Basic Information, App-Level Tokens)').optional(),
  SLACK_SIGNING_SECRET: secret.optional(),
  SLACK_CLIENT_ID: secret.optional(),
  SLACK_CLIENT_SECRET: secret.optional(),
  SLACK_API_URL: web('https://slack.com/api/').transform(withSlash).default('https://slack.com/api/'),
  SLACK_AUTHORIZE_URL: web('https://slack.com/oauth/v2/authorize').default('https://slack.com/oauth/v2/authorize'),
  SLACK_COMMAND: z
    .string()
    .regex(/^\/[a-z0-9_-]{1,31}$/, 'must be a slash and a word in lower case, such as /focus')
    .default('/focus'),
  ALLOWED_WORKSPACES: list.prefault(''),
  SECRET_KEY: secretKey.optional(),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
  DB_POOL: whole(2, 1000).default(30),
  DB_WAIT_SECONDS: whole(1, 600).default(30),
  DB_RENEW_SECONDS: whole(10, 86_400).default(3600),
  DB_STATEMENT_SECONDS: whole(1, 3600).default(30),
  DB_SLOW_MS: whole(1, 600_000).default(1000),
  NODE_ENV: z.string().default('production'),
})

export type Setting = keyof typeof settings.shape
export type Settings = z.infer<typeof settings>

/** Read by docker-compose.yml, by scripts and by the tests, not by the product: known, so that nobody is warned of them. */
export const neighbours: readonly string[] = [
  'FOCUS_MATE_PASSPHRASE',
  'POSTGRES_PASSWORD',
  'CHROMIUM_PATH',
  'DISCORD_OPENAPI',
  'SLACK_OPENAPI',
]
