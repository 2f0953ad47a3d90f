import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { commands } from '../../src/commands/index.ts'
import { manifestOf } from './manifest.ts'

test('manifest.json is fresh: `node bots/slack/write-manifest.ts` writes it', () => {
  const kept: unknown = JSON.parse(readFileSync(new URL('manifest.json', import.meta.url), 'utf8'))
  expect(kept).toEqual(manifestOf('/focus', null))
})

test('the hint names every listed command while there is room', () => {
  const text = JSON.stringify(manifestOf('/focus', null))
  const missing = commands.filter((command) => command.listed !== false && !text.includes(command.name.replace(/^focus /, '')))
  expect(missing.map((command) => command.name)).toEqual([])
})

test('over HTTP every address is ours', () => {
  const text = JSON.stringify(manifestOf('/focus', 'https://focus.example'))
  expect(text.match(/https:\/\/[^"]+/g)?.every((address) => address.startsWith('https://focus.example/slack/'))).toBe(true)
  expect(text).toContain('"socket_mode_enabled":false')
})
