import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse } from '../../src/testing/house.ts'
import { createInstallations, type Installations } from './installed.ts'
import { createLogger } from './logger.ts'

let house: House
/** Two processes on one database: each remembers by itself. */
let one: Installations
let other: Installations
beforeAll(async () => {
  house = await openHouse()
  const logger = createLogger(house.app.log)
  one = createInstallations(house.app, logger)
  other = createInstallations(house.app, logger)
})
afterAll(() => house.close())

const told = (token: string) => ({ team: 'T1', name: 'Acme', enterprise: null, botUser: 'UBOT', installedBy: null, token })

test('a dead token that one process still remembers does not end the app that came back with a new one', async () => {
  await other.keep(told('xoxb-old'))
  const remembered = await one.of('T1')
  await other.keep(told('xoxb-new'))
  await remembered?.leave('token_revoked')
  expect((await one.of('T1'))?.token).toBe('xoxb-new')
  expect(await house.app.db.selectFrom('slack_installation').select('revoked_at').execute()).toEqual([{ revoked_at: null }])
})

test('the token that lives there ends with the word of Slack', async () => {
  const installed = await one.of('T1')
  await installed?.leave('token_revoked')
  expect(await one.of('T1')).toBeNull()
})
