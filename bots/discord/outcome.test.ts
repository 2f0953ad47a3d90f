import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js'
import { describe, expect, test } from 'vitest'
import { outcomeOf } from './outcome.ts'

const url = 'https://discord.com/api/v10/channels/1/messages'
const refused = (status: number, code: number): Error =>
  new DiscordAPIError({ code, message: 'no' }, code, status, 'POST', url, { body: undefined, files: undefined })
const unreachable = (code: string): Error => Object.assign(new Error(code), { code })
const limited = new RateLimitError({
  global: false,
  hash: 'h',
  limit: 5,
  majorParameter: '1',
  method: 'POST',
  retryAfter: 12_000,
  route: '/channels/:id/messages',
  scope: 'user',
  sublimitTimeout: 0,
  timeToReset: 12_000,
  url,
})

describe('what became of a request', () => {
  test('that worked is sent', async () => {
    expect(await outcomeOf(Promise.resolve({}))).toBe('sent')
  })

  test.each([
    [404, 10003],
    [404, 10008],
    [403, 50001],
    [403, 50013],
    [403, 50007],
    [400, 50083],
  ])('to a place that is gone (%i, %i) says so', async (status, code) => {
    expect(await outcomeOf(Promise.reject(refused(status, code)))).toMatchObject({ gone: expect.any(String) })
  })

  test.each([
    ['a rate limit', limited, 12_000],
    ['a fault of Discord', new HTTPError(503, 'Service Unavailable', 'POST', url, { body: undefined, files: undefined }), 5000],
    ['a reset connection', unreachable('ECONNRESET'), 5000],
    ['a broken socket', unreachable('UND_ERR_SOCKET'), 5000],
  ])('that met %s is for later', async (_what, error, retryAfter) => {
    expect(await outcomeOf(Promise.reject(error))).toEqual({ retryAfter })
  })

  test('that Discord calls malformed is a bug', async () => {
    await expect(outcomeOf(Promise.reject(refused(400, 50035)))).rejects.toThrow()
    await expect(outcomeOf(Promise.reject(new TypeError('x is undefined')))).rejects.toThrow('x is undefined')
  })
})
