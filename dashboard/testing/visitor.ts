import type { FastifyInstance, LightMyRequestResponse } from 'fastify'

type Answer = { readonly status: number; readonly body: string; readonly headers: LightMyRequestResponse['headers'] }

/** Somebody with a browser that has no JavaScript: keeps cookies, follows redirects, sends the token of the page it saw last. */
export type Visitor = {
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  post(path: string, fields?: Record<string, string>, headers?: Record<string, string>): Promise<Answer>
  /** Presses the button of that name on the page seen last. */
  press(label: string | RegExp): Promise<Answer>
  readonly page: () => string
  readonly cookies: Map<string, string>
}

export function visitor(server: FastifyInstance): Visitor {
  const cookies = new Map<string, string>()
  let page = ''
  let path = '/'

  const ask = async (method: 'GET' | 'POST', url: string, headers: Record<string, string>, payload?: string): Promise<Answer> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await server.inject({
      method,
      url,
      headers: { ...(cookie ? { cookie } : {}), referer: `http://localhost:80${path}`, ...headers },
      ...(payload === undefined ? {} : { payload }),
    })
    for (const { name, value } of response.cookies) {
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    const { location } = response.headers
    if (typeof location === 'string' && response.statusCode >= 300 && response.statusCode < 400) return ask('GET', location, {})
    if (headers['hx-request'] === undefined) [page, path] = [response.body, url]
    return { status: response.statusCode, body: response.body, headers: response.headers }
  }

  const post: Visitor['post'] = (url, fields = {}, headers = {}) => {
    const token = tokenIn(page)
    const body = new URLSearchParams({ ...(token ? { _csrf: token } : {}), ...fields })
    return ask('POST', url, { 'content-type': 'application/x-www-form-urlencoded', ...headers }, body.toString())
  }

  return {
    get: (url, headers = {}) => ask('GET', url, headers),
    post,
    press(label) {
      const button = [...page.matchAll(/<button[^>]*name="press" value="([^"]*)"[^>]*>(.*?)<\/button>/g)].find(([, , words = '']) =>
        typeof label === 'string' ? words === label : label.test(words),
      )
      if (!button) throw new Error(`there is no button ${label} on the page`)
      return post('/press', { press: plain(button[1] ?? '') })
    },
    page: () => page,
    cookies,
  }
}

export const tokenIn = (page: string): string | null => plain(/name="_csrf" value="([^"]*)"/.exec(page)?.[1] ?? '') || null

/** An attribute's value as the browser reads it. */
export const plain = (value: string): string =>
  value.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
