import { randomBytes } from 'node:crypto'
import type { Simulation } from './simulation.ts'
import type { Team, User } from './world.ts'

type Page = { readonly status: number; readonly type: string; readonly body: string; readonly headers?: Record<string, string> }

/**
 * The page where somebody allows the app: one link per person and team, which leads back to redirect_uri with code and state.
 * With `team` and `user` in the query it is allowed at once; with `deny` refused.
 */
export function authorizePage(sim: Simulation, url: URL): Page {
  const asked = url.searchParams
  const redirectUri = asked.get('redirect_uri')
  if (asked.get('client_id') !== sim.app.clientId) return { status: 400, type: 'text/plain', body: 'invalid_client_id' }
  if (redirectUri === null || !URL.canParse(redirectUri)) return { status: 400, type: 'text/plain', body: 'bad_redirect_uri' }
  const back = new URL(redirectUri)
  const state = asked.get('state')
  if (state !== null) back.searchParams.set('state', state)
  if (asked.has('deny')) {
    back.searchParams.set('error', 'access_denied')
    return redirect(back)
  }
  const team = sim.world.teams.get(asked.get('team') ?? '')
  const user = team?.users.get(asked.get('user') ?? '')
  if (!team || !user) return { status: 200, type: 'text/html; charset=utf-8', body: choices(sim, url) }
  const code = randomBytes(12).toString('hex')
  const scopes = listOf(asked.get('scope'))
  const userScopes = listOf(asked.get('user_scope'))
  sim.codes.set(code, { team: team.id, user: user.id, scopes, userScopes, redirectUri, at: sim.now() })
  back.searchParams.set('code', code)
  return redirect(back)
}

const listOf = (asked: string | null): readonly string[] => (asked ?? '').split(/[ ,]/).filter((scope) => scope !== '')

const redirect = (to: URL): Page => ({ status: 302, type: 'text/plain', body: '', headers: { location: to.href } })

function choices(sim: Simulation, url: URL): string {
  const everyone = [...sim.world.teams.values()].flatMap((team) =>
    [...team.users.values()].filter((user) => !user.isBot).map((user) => choice(url, team, user)),
  )
  return `<!doctype html><title>Allow the app</title><h1>Who allows it, and where?</h1><ul>${everyone.join('')}</ul>`
}

function choice(url: URL, team: Team, user: User): string {
  const to = new URL(url)
  to.searchParams.set('team', team.id)
  to.searchParams.set('user', user.id)
  return `<li><a href="${escapeHtml(to.pathname + to.search)}">${escapeHtml(`${user.realName} in ${team.name}`)}</a></li>`
}

const escapeHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
