import { resolve } from 'node:path'
import { ConfigRefused, codeOf, type Environment, present } from './environment.ts'
import { keptSecretKey } from './secret.ts'
import { type LogLevel, type Role, type Setting, type Settings, settings } from './settings.ts'

/** What is asked of this process, checked. */
export type Config = {
  readonly port: number
  readonly host: string
  /** The origin under which people reach the pages, without a slash at its end; null while they are reachable from this machine only. */
  readonly publicUrl: string | null
  /** Absolute. */
  readonly dataDir: string
  /** Null: the embedded database in `dataDir`. */
  readonly databaseUrl: string | null
  readonly redisUrl: string | null
  readonly roles: ReadonlySet<Role>
  readonly discord: {
    readonly token: string | null
    readonly clientId: string | null
    readonly clientSecret: string | null
    readonly apiUrl: string
    readonly cdnUrl: string
    /** The shards of this process. */
    readonly shards: readonly number[] | 'auto'
    /** The shards of all processes together; null: what Discord recommends. */
    readonly shardCount: number | null
  }
  readonly slack: {
    readonly botToken: string | null
    readonly appToken: string | null
    readonly signingSecret: string | null
    readonly clientId: string | null
    readonly clientSecret: string | null
    /** Ends in a slash. */
    readonly apiUrl: string
    readonly authorizeUrl: string
    readonly command: string
  }
  /** Discord servers and Slack teams by their ids; empty: all. */
  readonly allowedWorkspaces: readonly string[]
  /** 32 bytes: signs cookies, encrypts what is kept secret in the database. */
  readonly secretKey: Buffer
  readonly logLevel: LogLevel
  readonly database: {
    readonly pool: number
    readonly waitMilliseconds: number
    readonly renewSeconds: number
    readonly statementMilliseconds: number
    readonly slowMilliseconds: number
  }
  readonly development: boolean
}

/** Whether only this machine reaches the pages: a start then prints a sign-in link. */
export const isLoopback = ({ host }: Pick<Config, 'host'>): boolean => ['127.0.0.1', '::1', 'localhost'].includes(host)

/** Throws ConfigRefused. Makes and keeps a `SECRET_KEY` in the data folder where none is given. */
export function readConfig(env: Environment): Config {
  const checked = settings.safeParse(present(env))
  if (!checked.success) {
    const [issue] = checked.error.issues
    throw new ConfigRefused(`${issue?.path.join('.')} ${issue?.message}.`)
  }
  const s = checked.data
  refuseHalves(s)
  const dataDir = resolve(s.DATA_DIR)
  return {
    port: s.PORT,
    host: s.HOST,
    publicUrl: s.PUBLIC_URL ?? null,
    dataDir,
    databaseUrl: s.DATABASE_URL ?? null,
    redisUrl: s.REDIS_URL ?? null,
    roles: s.ROLES,
    discord: {
      token: s.DISCORD_TOKEN ?? null,
      clientId: s.DISCORD_CLIENT_ID ?? null,
      clientSecret: s.DISCORD_CLIENT_SECRET ?? null,
      apiUrl: s.DISCORD_API_URL,
      cdnUrl: s.DISCORD_CDN_URL,
      shards: s.DISCORD_SHARDS,
      shardCount: s.DISCORD_SHARD_COUNT ?? null,
    },
    slack: {
      botToken: s.SLACK_BOT_TOKEN ?? null,
      appToken: s.SLACK_APP_TOKEN ?? null,
      signingSecret: s.SLACK_SIGNING_SECRET ?? null,
      clientId: s.SLACK_CLIENT_ID ?? null,
      clientSecret: s.SLACK_CLIENT_SECRET ?? null,
      apiUrl: s.SLACK_API_URL,
      authorizeUrl: s.SLACK_AUTHORIZE_URL,
      command: s.SLACK_COMMAND,
    },
    allowedWorkspaces: s.ALLOWED_WORKSPACES,
    secretKey: s.SECRET_KEY ?? keptSecretKeyIn(dataDir),
    logLevel: s.LOG_LEVEL,
    database: {
      pool: s.DB_POOL,
      waitMilliseconds: s.DB_WAIT_SECONDS * 1000,
      renewSeconds: s.DB_RENEW_SECONDS,
      statementMilliseconds: s.DB_STATEMENT_SECONDS * 1000,
      slowMilliseconds: s.DB_SLOW_MS,
    },
    development: s.NODE_ENV === 'development',
  }
}

/** Settings that mean something only together. */
function refuseHalves(s: Settings): void {
  const half = (one: Setting, other: Setting) => {
    if (s[one] !== undefined && s[other] === undefined)
      throw new ConfigRefused(`${one} is set but ${other} is not: they work only together.`)
  }
  half('DISCORD_CLIENT_SECRET', 'DISCORD_CLIENT_ID')
  half('SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET')
  half('SLACK_CLIENT_SECRET', 'SLACK_CLIENT_ID')
  if (s.DISCORD_SHARDS === 'auto') return
  half('DISCORD_SHARDS', 'DISCORD_SHARD_COUNT')
  const count = s.DISCORD_SHARD_COUNT ?? 0
  if (s.DISCORD_SHARDS.length === 0 || s.DISCORD_SHARDS.some((shard) => shard >= count))
    throw new ConfigRefused(`DISCORD_SHARDS must be numbers from 0 to ${count - 1}, since DISCORD_SHARD_COUNT is ${count}.`)
}

function keptSecretKeyIn(dataDir: string): Buffer {
  try {
    return keptSecretKey(dataDir)
  } catch (error) {
    throw new ConfigRefused(`DATA_DIR ${dataDir} can't hold the secret key (${codeOf(error)}); choose another folder or set SECRET_KEY.`)
  }
}
