/** Refusals, with the numbers and words of Discord's published table of JSON error codes. */

const published = {
  unauthorized: [401, 0, '401: Unauthorized'],
  notFound: [404, 0, '404: Not Found'],
  methodNotAllowed: [405, 0, '405: Method Not Allowed'],
  unknownApplication: [404, 10002, 'Unknown Application'],
  unknownChannel: [404, 10003, 'Unknown Channel'],
  unknownGuild: [404, 10004, 'Unknown Guild'],
  unknownMember: [404, 10007, 'Unknown Member'],
  unknownMessage: [404, 10008, 'Unknown Message'],
  unknownRole: [404, 10011, 'Unknown Role'],
  unknownUser: [404, 10013, 'Unknown User'],
  unknownWebhook: [404, 10015, 'Unknown Webhook'],
  unknownScheduledEvent: [404, 10070, 'Unknown Guild Scheduled Event'],
  unknownInteraction: [404, 10062, 'Unknown interaction'],
  tooManyEvents: [400, 30038, 'Maximum number of uncompleted guild scheduled events reached (100)'],
  invalidStatusChange: [400, 180000, 'Invalid guild scheduled event status transition'],
  alreadyAcknowledged: [400, 40060, 'Interaction has already been acknowledged.'],
  missingAccess: [403, 50001, 'Missing Access'],
  notForThisChannelType: [400, 50024, 'Cannot execute action on this channel type'],
  foreignMessage: [403, 50005, 'Cannot edit a message authored by another user'],
  emptyMessage: [400, 50006, 'Cannot send an empty message'],
  closedDirectMessages: [403, 50007, 'Cannot send messages to this user'],
  missingPermissions: [403, 50013, 'Missing Permissions'],
  expiredWebhookToken: [401, 50027, 'Invalid Webhook Token'],
  invalidJson: [400, 50109, 'The request body contains invalid JSON.'],
  noMutualGuilds: [403, 50278, 'Cannot send messages to this user due to having no mutual guilds'],
  noVoiceConnection: [400, 40032, 'Target user is not connected to voice.'],
} as const

export type Refused = keyof typeof published
export type FieldError = { readonly path: readonly PropertyKey[]; readonly code: string; readonly message: string }

export class ApiError extends Error {
  readonly status: number
  readonly body: Record<string, unknown>

  constructor(status: number, code: number, message: string, more: Record<string, unknown> = {}) {
    super(message)
    this.status = status
    this.body = { message, code, ...more }
  }
}

export const refusal = (reason: Refused): ApiError => {
  const [status, code, message] = published[reason]
  return new ApiError(status, code, message)
}

/** 50035 with the tree that Discord gives: keys down to the field, its faults under `_errors`. */
export const invalidForm = (faults: readonly FieldError[]): ApiError => {
  const tree: Record<string, unknown> = {}
  for (const { path, code, message } of faults) {
    let node = tree
    for (const key of path) {
      const child = (node[String(key)] ?? {}) as Record<string, unknown>
      node[String(key)] = child
      node = child
    }
    const told = Array.isArray(node._errors) ? node._errors : []
    node._errors = [...told, { code, message }]
  }
  return new ApiError(400, 50035, 'Invalid Form Body', { errors: tree })
}

export const invalidField = (path: readonly PropertyKey[], code: string, message: string): ApiError =>
  invalidForm([{ path, code, message }])
