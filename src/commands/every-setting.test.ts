import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { deliveryQueue } from '../deliveries/queues.ts'
import { ada, ben, chae, mo, root, studyHall } from '../testing/cast.ts'
import { type House, openHouse } from '../testing/house.ts'
import { commands } from './index.ts'

let house: House

/** What a setting changes, shown here, or in the test of the place where alone it can be seen. */
type Shown = (() => Promise<void>) | `${string}.test.ts`

const minutesLeft = async (): Promise<number> => {
  const { ends_at: end } = await house.app.db.selectFrom('timer').select('ends_at').executeTakeFirstOrThrow()
  return end === null ? 0 : (end.getTime() - house.clock.now().getTime()) / 60_000
}
const says = (who: typeof ada, line: string) => house.says(who, line, studyHall)
const status = () => says(ada, 'timer status Hall')
/** Ada’s room, edited before its timer runs; she stays there. */
async function hall(args: Readonly<Record<string, string>>, who = ada): Promise<void> {
  await house.does(who, 'room create', { name: 'Hall', start: 'no' }, studyHall)
  const { id: room } = await house.app.db.selectFrom('room').select('id').executeTakeFirstOrThrow()
  expect((await house.does(who, 'room edit', { room, ...args }, studyHall)).outcome).toBe('done')
}
async function runs(args: Readonly<Record<string, string>>): Promise<void> {
  await hall(args)
  await says(ada, 'timer start')
}

const room: Readonly<Record<string, Shown>> = {
  async name() {
    await hall({ name: 'Nook' })
    expect(await says(ben, 'room list')).toContain('Nook')
  },
  async focus() {
    await runs({ focus: '50' })
    expect(await minutesLeft()).toBe(50)
  },
  async break() {
    await runs({ break: '10' })
    await house.clock.advance('25m')
    expect(await minutesLeft()).toBe(10)
  },
  async long_break() {
    await runs({ long_break: '40', long_break_after: '2' })
    await house.clock.advance('55m')
    expect(await minutesLeft()).toBe(40)
  },
  async long_break_after() {
    await runs({ long_break_after: '2' })
    await house.clock.advance('55m')
    expect(await status()).toContain('long break')
  },
  async rounds() {
    await runs({ rounds: '1' })
    await house.clock.advance('25m')
    expect(await status()).toContain('not running')
  },
  async capacity() {
    await hall({ capacity: '2' })
    await says(ben, 'room join Hall')
    expect(await says(mo, 'room join Hall')).toContain('Full (2/2)')
  },
  async private() {
    await hall({ private: 'yes' })
    expect(await says(ben, 'room list')).not.toContain('Hall')
  },
  async control() {
    await runs({ control: 'anyone' })
    await says(ben, 'room join Hall')
    expect(await says(ben, 'timer pause')).toContain('Ben paused')
  },
  async voice() {
    await hall({ voice: '777' })
    expect(await house.says(ben, 'room info', { ...studyHall, channel: '9', voice: '777' })).toContain('Hall')
  },
  async keep() {
    await hall({ keep: 'yes' }, mo)
    expect(await says(ben, 'room info Hall')).toContain('The Library')
  },
  async auto_break() {
    await runs({ auto_break: 'no' })
    await house.clock.advance('26m')
    expect(await status()).toContain('[Start break]')
  },
  async auto_focus() {
    await runs({ auto_focus: 'no' })
    await house.clock.advance('31m')
    expect(await status()).toContain('[Start]')
  },
  async warning() {
    await runs({ warning: 'yes' })
    await house.clock.advance('29m')
    expect(await house.app.db.selectFrom('event').select('type').where('type', '=', 'timer.warned').execute()).toHaveLength(1)
  },
  thread_lines: 'bots/slack/deliver.test.ts',
  async start_on_join() {
    await hall({ start_on_join: 'yes' })
    await says(ada, 'room leave')
    await says(ben, 'room join Hall')
    expect(await minutesLeft()).toBe(25)
  },
  async stop_when_empty() {
    await runs({ stop_when_empty: 'yes' })
    await says(ada, 'room leave')
    expect(await status()).toContain('not running')
  },
  chime: 'bots/discord/chimes/chimes.test.ts',
  chime_sound: 'bots/discord/chimes/chimes.test.ts',
  chime_volume: 'bots/discord/chimes/chimes.test.ts',
  mute_in_focus: 'bots/discord/voice-mutes.test.ts',
}

const own: Readonly<Record<string, Shown>> = {
  async timezone() {
    await says(ada, 'settings set timezone:Asia/Tokyo')
    await says(ada, 'focus add 20 at:17:10')
    expect(await says(ada, 'focus list')).toContain('17:10')
    const { started_at: from } = await house.app.db.selectFrom('session_history').select('started_at').executeTakeFirstOrThrow()
    expect(from.toISOString()).toContain('T08:10')
  },
  async locale() {
    expect(await says(ada, 'room list')).toContain('No room is open.')
    expect(await says(ada, 'settings show')).toContain('Language: As in my chat app')
    expect(await says(ada, 'settings set locale:ko')).toContain('언어: 한국어')
    expect(await says(ada, 'room list')).not.toMatch(/[a-z]{4}/)
    expect(await says(ada, 'settings set locale:platform')).toContain('Language: As in my chat app')
  },
  async day_start() {
    await says(ada, 'settings set timezone:UTC day_start:08:00')
    await says(ada, 'focus add 20 at:07:30')
    const { day } = await house.app.db.selectFrom('user_day').select('day').executeTakeFirstOrThrow()
    expect(day).toBe('2026-03-01')
  },
  visibility: 'src/domain/rooms/seen.test.ts',
  voice_time: 'src/domain/voice/voice.test.ts',
  weekly_note: 'src/domain/stats/stats.test.ts',
  slack_status: 'bots/slack/statuses.test.ts',
  slack_snooze: 'bots/slack/statuses.test.ts',
}

const workspace: Readonly<Record<string, Shown>> = {
  ...Object.fromEntries(
    [
      ...['language', 'zone', 'announce', 'others_stats', 'trial', 'creators', 'creator_roles', 'room_channels', 'rooms_per_host'],
      ...['default_focus', 'default_break', 'default_control'],
    ].map((name) => [name, 'src/domain/workspaces/setup.test.ts'] as const),
  ),
  solo_voice: 'src/domain/workspaces/setup.test.ts',
  voice_allow: 'src/domain/voice/voice.test.ts',
  voice_deny: 'src/domain/voice/voice.test.ts',
  async server_events() {
    const listed: string[] = []
    await house.app.queue.work(deliveryQueue('discord', 'scheduled-event'), { batch: 2 }, async ({ id }) => {
      listed.push(id)
    })
    await says(chae, 'help')
    const plans = async (at: string) => {
      await house.does(ada, 'reserve create', { at }, studyHall)
      await house.settle()
    }
    await plans('tomorrow 9am')
    expect(listed).toEqual([])
    await house.does(root, 'setup', { server_events: 'yes' }, studyHall)
    await plans('tomorrow 3pm')
    expect(listed.length).toBeGreaterThan(1)
  },
}

describe.each([
  ['room edit', room, ['room']],
  ['settings set', own, []],
  ['setup', workspace, []],
] as const)('each setting of %s changes what happens', (name, shown, others) => {
  it('and is shown to', () => {
    const options = Object.keys(commands.find((one) => one.name === name)?.options ?? {})
    expect(Object.keys(shown).toSorted()).toEqual(options.filter((option) => !(others as readonly string[]).includes(option)).toSorted())
  })
  for (const [setting, how] of Object.entries(shown)) {
    it(setting, async () => {
      if (typeof how === 'function') {
        house = await openHouse()
        await how().finally(() => house.close())
      } else expect(readFileSync(new URL(`../../${how}`, import.meta.url), 'utf8')).toMatch(new RegExp(`\\b${setting}\\b`))
    })
  }
})
