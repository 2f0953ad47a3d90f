import type { Json } from './json.ts'
import type { Simulation } from './simulation.ts'
import { newId, newTs, type Team } from './world.ts'

/**
 * Sends an event to the app, and in the background again after each delay while it is not acknowledged, as Slack does.
 * Resolves with whether it was acknowledged the first time; false when the app was never installed.
 */
export async function sendEvent(sim: Simulation, team: Team, event: Json): Promise<boolean> {
  const { installation } = team
  if (!installation) return false
  const body: Json = {
    token: 'verification',
    team_id: team.id,
    api_app_id: sim.app.id,
    type: 'event_callback',
    event: { event_ts: newTs(sim.world, sim.now()), ...event },
    event_id: newId('Ev'),
    event_time: Math.floor(sim.now() / 1000),
    authorizations: [{ enterprise_id: null, team_id: team.id, user_id: installation.bot.id, is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: false,
  }
  const first = await sim.wire.deliver('events_api', body, null)
  if (!first.ok && !first.noRetry) void sendAgain(sim, body, first.reason)
  return first.ok
}

async function sendAgain(sim: Simulation, body: Json, firstReason: string): Promise<void> {
  let reason = firstReason
  for (const [index, delay] of sim.deadlines.eventRetryMs.entries()) {
    if (!(await sim.wire.pause(delay))) return
    const reply = await sim.wire.deliver('events_api', body, { num: index + 1, reason })
    if (reply.ok || reply.noRetry) return
    reason = reply.reason
  }
}

/** Sends an event only when one of these scopes was granted, as Slack's subscriptions need. */
export async function sendScopedEvent(sim: Simulation, team: Team, scope: string, event: Json): Promise<boolean> {
  return (
    team.installation?.scopes.has(scope) === true &&
    !sim.world.deadTokens.has(team.installation.token) &&
    (await sendEvent(sim, team, event))
  )
}
