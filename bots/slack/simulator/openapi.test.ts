import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createParameterCheck } from './openapi.ts'

const description = {
  paths: {
    '/chat.postMessage': {
      post: {
        parameters: [
          { name: 'token', in: 'header', type: 'string', required: true },
          { name: 'channel', in: 'formData', type: 'string', required: true },
          { name: 'mrkdwn', in: 'formData', type: 'boolean' },
        ],
      },
    },
  },
}

test('unknown, missing and mistyped parameters are named, newer ones allowed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'slack-openapi-'))
  try {
    const file = join(folder, 'openapi.json')
    await writeFile(file, JSON.stringify(description))
    const check = createParameterCheck(file)
    expect(check('chat.postMessage', { channel: 'C1', mrkdwn: 'true', metadata: {}, team_id: 'T1' })).toEqual([])
    expect(check('chat.postMessage', { mrkdwn: 'perhaps', colour: 'red' })).toEqual([
      'unknown parameter colour of chat.postMessage',
      'missing required field: channel',
      'mrkdwn is not of type boolean',
    ])
    expect(check('views.unheard', { anything: 1 })).toEqual([])
  } finally {
    await rm(folder, { recursive: true })
  }
})
