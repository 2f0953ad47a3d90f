import { describe, expect, it } from 'vitest'
import { packPress } from '../src/commands/press.ts'
import { ada, ben } from '../src/testing/cast.ts'
import { generous, usePages } from './testing/pages.ts'
import { tokenIn, visitor } from './testing/visitor.ts'

const pages = usePages()
const https = usePages(generous, { PUBLIC_URL: 'https://focus.example' })
const strict = usePages({ rates: { pages: 1000, deeds: 4, signIns: 3, loopMilliseconds: 0 } })

const posts = ['/press', '/form', '/console', '/settings/theme', '/sign-out'] as const

describe('forms', () => {
  it('are refused without the token of the page, and with that of somebody else', async () => {
    const guest = await pages().signIn(ada)
    const other = await pages().signIn(ben)
    await other.get('/settings')
    const foreign = tokenIn(other.page()) ?? ''
    for (const path of posts) {
      for (const _csrf of ['', 'nonsense', foreign]) {
        const answer = await guest.post(path, {
          _csrf,
          press: packPress({ command: 'room create', args: {} }),
          line: 'room create',
          theme: 'dark',
        })
        expect(answer.status, path).toBe(403)
        expect(answer.body).toContain('This page is too old')
      }
    }
    expect((await guest.get('/rooms')).body).toContain('No room is open yet')
  })

  it('of strangers lead to the sign-in page', async () => {
    for (const path of posts.filter((one) => one !== '/sign-out')) {
      const answer = await visitor(pages().server).post(path, { line: 'room create' })
      expect(answer.body).toContain('one-time link')
    }
  })

  it('must come as a form: other bodies are refused in words', async () => {
    const guest = await pages().signIn(ada)
    const answer = await guest.post('/press', {}, { 'content-type': 'application/json' })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
  })
})

describe('headers', () => {
  it('allow our own files only, and never inline scripts or styles', async () => {
    const { headers, body } = await visitor(pages().server).get('/sign-in')
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("style-src 'self'")
    expect(policy).not.toContain('unsafe')
    expect(policy).not.toContain('upgrade-insecure-requests')
    expect(headers['strict-transport-security']).toBeUndefined()
    expect(body).not.toMatch(/<script(?![^>]*src=)|<style|\son\w+=|\sstyle=/)
  })

  it('insist on https only where the pages are reached by it', async () => {
    const { headers } = await visitor(https().server).get('/sign-in')
    expect(headers['strict-transport-security']).toContain('max-age')
    expect(headers['content-security-policy']).toContain('upgrade-insecure-requests')
    const guest = await https().signIn(ada)
    expect([...guest.cookies.keys()]).toContain('__Host-focus_mate')
    await guest.get('/settings')
    const out = await https().server.inject({
      method: 'POST',
      url: '/sign-out',
      cookies: Object.fromEntries(guest.cookies),
      payload: new URLSearchParams({ _csrf: tokenIn(guest.page()) ?? '' }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    // A browser takes no word about a `__Host-` cookie, also not its end, that is not marked secure.
    expect(out.cookies.find(({ name }) => name === '__Host-focus_mate')).toMatchObject({ value: '', path: '/', secure: true })
  })

  it('keep files for ever and pages never', async () => {
    const guest = await pages().signIn(ada)
    const page = await guest.get('/')
    expect(page.headers['cache-control']).toBe('no-store')
    const [, style = ''] = /href="(\/assets\/[^"]+paper\.css)"/.exec(page.body) ?? []
    const sheet = await guest.get(style)
    expect(sheet.status).toBe(200)
    expect(sheet.headers['cache-control']).toContain('immutable')
    expect((await guest.get(style.replace('style/paper.css', 'htmx/htmx.js'))).status).toBe(404)
    expect((await guest.get(style.replace('paper.css', '..%2f..%2fserver.ts'))).status).toBe(404)
  })
})

describe('limits', () => {
  it('slow down whoever tries links or presses all the time', async () => {
    const guesser = visitor(strict().server)
    const statuses = []
    for (let guess = 0; guess < 5; guess += 1) statuses.push((await guesser.get(`/sign-in/${'x'.repeat(43)}`)).status)
    expect(statuses).toEqual([404, 404, 404, 429, 429])
  })
})

describe('errors', () => {
  it('are pages in the language of the person', async () => {
    const guest = visitor(pages().server)
    const english = await guest.get('/nowhere')
    expect(english.status).toBe(404)
    expect(english.body).toContain('Nothing here')
    expect((await guest.get('/nowhere', { 'accept-language': 'ko' })).body).toContain('여기엔 아무것도 없어요')
  })

  it('of ours show a reference and nothing of their cause', async () => {
    const guest = await pages().signIn(ada)
    pages().server.log.level = 'silent'
    await pages().house.app.db.schema.alterTable('room').renameTo('room_away').execute()
    const answer = await guest.get('/rooms')
    await pages().house.app.db.schema.alterTable('room_away').renameTo('room').execute()
    expect(answer.status).toBe(500)
    expect(answer.body).toMatch(/reference: .*[a-z2-9]{7}/)
    expect(answer.body).not.toContain('relation')
  })
})

describe('for operators', () => {
  it('/health and /ready answer without a login', async () => {
    expect((await visitor(pages().server).get('/health')).body).toBe('{"status":"live"}')
    const ready = await visitor(pages().server).get('/ready')
    expect(ready.status).toBe(200)
    expect(JSON.parse(ready.body)).toEqual({ status: 'ready', parts: { database: 'ready', queue: 'ready' } })
  })
})

const limping = usePages({
  ...generous,
  parts: [
    { name: 'discord', healthy: () => false },
    { name: 'slack', healthy: () => Promise.reject(new Error('secret cause')) },
  ],
})

describe('while a bot is away', () => {
  it('/ready says which part is down', async () => {
    const ready = await visitor(limping().server).get('/ready')
    expect(ready.status).toBe(503)
    expect(JSON.parse(ready.body).parts).toEqual({ database: 'ready', queue: 'ready', discord: 'down', slack: 'down' })
  })
})
