import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { checkAgainstOpenApi } from './openapi.ts'

const folder = mkdtempSync(join(tmpdir(), 'openapi-'))
const description = {
  openapi: '3.1.0',
  paths: {
    '/channels/{channel_id}/messages': {
      post: { requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/NewMessage' } } } } },
    },
    '/commands': {
      put: {
        requestBody: {
          content: { 'application/json': { schema: { properties: { permissions: { type: 'integer', maximum: 2 ** 54 } } } } },
        },
      },
    },
  },
  components: { schemas: { NewMessage: { type: 'object', properties: { content: { type: ['string', 'null'], maxLength: 5 } } } } },
}

beforeEach(() => {
  const file = join(folder, 'description.json')
  writeFileSync(file, JSON.stringify(description))
  vi.stubEnv('DISCORD_OPENAPI', file)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

test('bodies are held against the description that the environment names', () => {
  const post = (body: unknown) => () => checkAgainstOpenApi('POST', '/channels/1/messages', body)
  expect(post({ content: 'short' })).not.toThrow()
  expect(post({ content: 'too long' })).toThrow('body/content must NOT have more than 5 characters')
  expect(() => checkAgainstOpenApi('PUT', '/commands', { permissions: '32' })).not.toThrow()
  expect(() => checkAgainstOpenApi('PUT', '/commands', { permissions: 'many' })).toThrow('body/permissions')
  expect(() => checkAgainstOpenApi('POST', '/elsewhere', { content: 1 })).not.toThrow()
  vi.stubEnv('DISCORD_OPENAPI', '')
  expect(post({ content: 'too long' })).not.toThrow()
})
