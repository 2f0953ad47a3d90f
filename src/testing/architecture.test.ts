import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import * as rules from './architecture/rules.ts'
import { readSource, readSources } from './architecture/sources.ts'

const product = readSources(fileURLToPath(new URL('../..', import.meta.url)))

test('the sources are found', () => {
  expect(product.map(({ path }) => path)).toEqual(expect.arrayContaining(['src/kernel/clock.ts', 'src/commands/command.ts']))
})

/** Files by path that break the rule, and part of the sentence that they earn. */
type Broken = readonly [rule: keyof typeof rules, files: Readonly<Record<string, string>>, says: string]
const broken: readonly Broken[] = [
  ['importsGoDown', { 'src/db/database.ts': "import { room } from '../domain/rooms/room.ts'" }, 'imports only go down'],
  [
    'importsGoDown',
    { 'src/domain/rooms/room.actions.ts': "import type { Screen } from '../../screens/screen.ts'" },
    'imports only go down',
  ],
  ['importsGoDown', { 'src/screens/room.ts': "export { app } from '../app.ts'" }, 'imports only go down'],
  ['importsGoDown', { 'src/commands/help.ts': "import { react } from '../reactions/index.ts'" }, 'imports only go down'],
  ['importsGoDown', { 'src/reactions/rooms.ts': "import { perform } from '../commands/perform.ts'" }, 'imports only go down'],
  ['importsGoDown', { 'src/app.ts': "import { start } from '../bots/discord/main.ts'" }, 'imports only go down'],
  ['importsGoDown', { 'src/app.ts': "import { house } from './testing/house.ts'" }, 'nothing of its tests'],
  ['importsGoDown', { 'src/misc/x.ts': "import { app } from '../app.ts'" }, 'no layer knows'],
  ['importsGoDown', { 'src/kernel/log.ts': "const app = await import('../app.ts')" }, 'imports only go down'],
  ['surfacesKeepApart', { 'bots/slack/main.ts': "import { render } from '../discord/render.ts'" }, 'never import each other'],
  ['surfacesKeepApart', { 'dashboard/main.ts': "import type { X } from '../bots/slack/main.ts'" }, 'never import each other'],
  ['packagesHaveOneHome', { 'src/screens/room.ts': "import { Client } from 'discord.js'" }, 'only bots/discord'],
  ['packagesHaveOneHome', { 'dashboard/main.ts': "import type { App } from '@slack/bolt'" }, 'only bots/slack'],
  ['packagesHaveOneHome', { 'bots/slack/main.ts': "import fastify from 'fastify'" }, 'only dashboard'],
  ['packagesHaveOneHome', { 'src/commands/help.ts': "import { Eta } from 'eta'" }, 'only dashboard'],
  ['packagesHaveOneHome', { 'src/bus/bus.ts': "import postgres from 'postgres'" }, 'only src/db and src/app.ts'],
  ['nounsArePure', { 'src/domain/rooms/room.ts': "import { sql } from 'kysely'" }, 'a noun is pure'],
  ['nounsArePure', { 'src/domain/rooms/room.ts': "import { findRoom } from './room.queries.ts'" }, 'a noun is pure'],
  ['nounsArePure', { 'src/domain/rooms/room.ts': 'export async function wait() {}' }, 'a noun is pure'],
  ['nounsHaveThreeFiles', { 'src/domain/rooms/room.helpers.ts': '' }, 'noun.actions.ts'],
  ['nounsHaveThreeFiles', { 'src/domain/rooms/lib/room.ts': '' }, 'noun.actions.ts'],
  ['timeIsAnArgument', { 'src/app.ts': 'const t = new Date()' }, 'looks at the clock'],
  ['timeIsAnArgument', { 'dashboard/server.ts': 'const t = Date.now()' }, 'looks at the clock'],
  ['sqlHasNoClock', { 'src/db/pool.ts': 'sql`select now()`' }, 'asks the database'],
  ['sqlHasNoClock', { 'src/db/rows.ts': "ref('now()')" }, 'asks the database'],
  ['sqlHasNoClock', { 'src/domain/timers/timer.queries.ts': 'sql`ends_at < current_timestamp`' }, 'asks the database'],
  [
    'verbsRunInNoCircle',
    {
      'src/domain/rooms/room.actions.ts': "import { stop } from '../timers/timer.actions.ts'",
      'src/domain/timers/timer.actions.ts': "import { end } from '../sessions/session.actions.ts'",
      'src/domain/sessions/session.queries.ts': "import { leave } from '../rooms/room.actions.ts'",
    },
    'rooms → timers → sessions → rooms',
  ],
]

/** What looks like a breach and is none. */
const sound: Readonly<Record<string, string>> = {
  'src/domain/rooms/room.ts':
    "import type { Kysely } from 'kysely'\nimport { type A, type B } from './room.queries.ts'\nimport { after } from '../../kernel/clock.ts'",
  'src/domain/rooms/room.actions.ts': "import { stop } from '../timers/timer.actions.ts'\nconst late = new Date(tx.now.getTime() + 1)",
  'src/domain/timers/timer.queries.ts': "import { findRoom } from '../rooms/room.queries.ts'\n// no now() and no Date.now() here",
  'src/parts.ts': "const { startDiscord } = await import('../bots/discord/main.ts')\nconst t = clock.now()",
  'bots/discord/main.test.ts': "import { start } from '../slack/main.ts'\nimport { house } from '../../src/testing/house.ts'\nDate.now()",
  'bots/slack/cache.ts': `const entry = { at: now() }\nsql\`select \${now()}\``,
  'bots/discord/main.ts': "import { Client } from 'discord.js'\nimport { perform } from '../../src/commands/perform.ts'",
  'migrations/0001_rooms.ts': "import { sql } from 'kysely'\nsql`update room set closed_at = now()`",
}

describe.each(Object.entries(rules))('%s', (name, rule) => {
  test('holds in the product', () => {
    expect(rule(product)).toEqual([])
  })

  test.each(broken.filter(([rule]) => rule === name))('%s is noticed in %o', (_, files, says) => {
    const [sentence, ...more] = rule(Object.entries(files).map(([path, text]) => readSource(path, text)))
    expect(sentence).toContain(says)
    expect(more).toEqual([])
  })

  test('leaves sound code alone', () => {
    expect(rule(Object.entries(sound).map(([path, text]) => readSource(path, text)))).toEqual([])
  })
})

test('every rule is tried on a sample that breaks it', () => {
  expect(new Set(broken.map(([rule]) => rule))).toEqual(new Set(Object.keys(rules)))
})
