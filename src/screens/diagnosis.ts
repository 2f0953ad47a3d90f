import type { Here, LastChime, StandingFault } from '../domain/faults/fault.queries.ts'
import type { Health } from '../domain/faults/health.queries.ts'
import type { Lacking, Permission } from '../kernel/context.ts'
import type { Text } from '../locales/text.ts'
import { button, buttons, lines, message } from './room.ts'
import type { Block, Screen } from './screen.ts'
import { permissionCheck } from './setup.ts'

/** What a member may know: this channel. */
export type Found = {
  readonly here: Here | null
  readonly lacks: readonly Permission[] | undefined
  readonly faults: readonly StandingFault[]
  readonly trialUntil: Date | null
  /** For moderators: the whole workspace. */
  readonly workspace: {
    readonly faults: readonly StandingFault[]
    readonly lacking: readonly Lacking[]
    readonly chimes: readonly LastChime[]
    readonly givenUp: number
  } | null
  /** For whoever runs the installation. */
  readonly health: Health | null
}

/** Why the bot is silent here: each fault with its fix. */
export function diagnosisScreen({ here, lacks, faults, trialUntil, workspace, health }: Found): Screen {
  const said = [
    ...(trialUntil === null ? [] : [message('diagnosis.trial', { until: { time: trialUntil, as: 'date' } })]),
    ...faults.map(faultLine),
    ...silence(here),
  ]
  const next = [
    ...(here?.rooms === 0 ? [button('room.create', { command: 'room create', args: {} })] : []),
    ...(workspace === null && here !== null ? [button('diagnosis.tell', { command: 'diagnose', args: { tell: 'yes' } })] : []),
  ]
  return {
    tone: faults.length > 0 || (lacks?.length ?? 0) > 0 ? 'warning' : 'calm',
    title: message('diagnosis.title'),
    blocks: [
      lines(...(said.length === 0 ? [message(here === null ? 'diagnosis.no-channel' : 'diagnosis.fine')] : said)),
      ...(lacks === undefined ? [] : [permissionCheck(lacks)]),
      ...(workspace === null ? [] : workspaceBlocks(workspace)),
      ...(health === null ? [] : healthBlocks(health)),
      ...(next.length === 0 ? [] : [buttons(...next)]),
    ],
  }
}

/** What stands, since when, and what mends it. */
const faultLine = ({ kind, platform, channel, since }: StandingFault): Text =>
  message(`fault.${kind}`, { channel: { channel }, since: { time: since, as: 'countdown' }, slack: platform === 'slack' ? 'yes' : 'no' })

function silence(here: Here | null): readonly Text[] {
  if (here === null) return []
  if (here.rooms === 0) return [message('diagnosis.no-room', { command: { command: 'room create' } })]
  if (here.isPrivate) return [message('diagnosis.private')]
  return here.present === 0 ? [message('diagnosis.nobody')] : []
}

/** More channels than this fill the message: who mends these asks again. */
const mostLacking = 10

/** In one channel with rooms, everything that is missing. */
const lackingLine = ({ channel, lacks }: Lacking): Text =>
  message('diagnosis.lacking', {
    channel: { channel },
    what: lacks
      .map((permission): Text => message(`permission.${permission}.name`))
      .reduce((head, tail) => message('commands.list', { head, tail })),
  })

function workspaceBlocks({ faults, lacking, chimes, givenUp }: NonNullable<Found['workspace']>): readonly Block[] {
  return [
    lines(
      message('diagnosis.workspace'),
      ...(faults.length + lacking.length === 0 ? [message('diagnosis.workspace.fine')] : faults.map(faultLine)),
      ...lacking.slice(0, mostLacking).map(lackingLine),
      ...(givenUp === 0 ? [] : [message('diagnosis.given-up', { count: givenUp })]),
    ),
    ...(chimes.length === 0 ? [] : [{ kind: 'facts', facts: chimes.map(chimeFact) } as const]),
  ]
}

const chimeFact = ({ channel, playedAt, failure, failedAt }: LastChime) => ({
  label: message('diagnosis.chime', { channel: { channel } }),
  value:
    failure !== null && failedAt !== null && (playedAt === null || failedAt > playedAt)
      ? message('diagnosis.chime.failed', { why: failure, when: { time: failedAt, as: 'countdown' } })
      : playedAt === null
        ? message('diagnosis.chime.none')
        : message('diagnosis.chime.played', { when: { time: playedAt, as: 'countdown' } }),
})

/** A clock that is off by more than this makes phases end at other times than people see. */
const mostSkewSeconds = 2
/** A job that is due longer than this means that nobody works the queue. */
const longestWaitSeconds = 60
const crowded = 0.8

function healthBlocks(health: Health): readonly Block[] {
  const advice = [
    ...(Math.abs(health.skewSeconds) > mostSkewSeconds
      ? [message('health.skew', { seconds: Math.round(Math.abs(health.skewSeconds)) })]
      : []),
    ...(health.oldestSeconds > longestWaitSeconds
      ? [message('health.stuck', { minutes: Math.round(health.oldestSeconds / 60), role: health.oldestRole })]
      : []),
    ...(health.connections > health.mostConnections * crowded ? [message('health.connections')] : []),
    ...(health.givenUp > 0 ? [message('health.given-up', { count: health.givenUp })] : []),
  ]
  return [
    lines(message('health.title'), ...(advice.length === 0 ? [message('health.fine')] : advice)),
    {
      kind: 'facts',
      facts: [
        {
          label: message('health.database'),
          value: message('health.database.value', {
            size: Math.max(1, Math.round(health.databaseBytes / 1_048_576)),
            used: health.connections,
            most: health.mostConnections,
          }),
        },
        {
          label: message('health.queue'),
          value: message('health.queue.value', { waiting: health.waiting, oldest: { duration: Math.round(health.oldestSeconds) } }),
        },
        ...health.outages.map(({ platform, from, to }) => ({
          label: message('health.outage', { platform }),
          value: message('health.outage.value', {
            from: { time: from, as: 'countdown' },
            length: to === null ? message('health.outage.open') : { duration: Math.round((to.getTime() - from.getTime()) / 1000) },
          }),
        })),
      ],
    },
  ]
}

/** Sent once to whoever ran setup, when a fault has stood for a while. */
export const faultNotice = (fault: StandingFault): Screen => ({
  tone: 'warning',
  title: message('fault.title', { workspace: fault.workspace }),
  blocks: [lines(faultLine(fault))],
})

/** A member asked: to one moderator. */
export const helpAsked = (workspace: string, channel: string, name: Text): Screen => ({
  tone: 'calm',
  title: message('diagnosis.question.title', { workspace }),
  blocks: [lines(message('diagnosis.question', { name, channel: { channel }, command: { command: 'diagnose' } }))],
})
