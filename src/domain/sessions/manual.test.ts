import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { formFor } from '../../commands/perform.ts'
import type { Press } from '../../kernel/press.ts'
import type { Screen } from '../../screens/screen.ts'
import { ada, ben, chae, studyHall } from '../../testing/cast.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { plainText } from '../../testing/plain.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

const totals = () =>
  house.app.db.selectFrom('user').select(['total_focus_time', 'total_sessions']).where('display_name', '=', 'Ada').executeTakeFirstOrThrow()
const days = () => house.app.db.selectFrom('user_day').select(['focus_seconds', 'reported_seconds', 'sessions']).execute()
const record = () => house.app.db.selectFrom('session_history').select('id').where('source', '=', 'manual').executeTakeFirstOrThrow()

/** The press of the button that opens the form of a command. */
function opens({ blocks }: Screen, command: string): Press {
  const presses = blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons.map((one) => one.do) : []))
  const found = presses.find((press) => 'command' in press && press.command === command && press.ask === true)
  if (found === undefined || !('command' in found)) throw new Error(`no button opens ${command}`)
  return found
}

describe('time studied elsewhere', () => {
  it('ends just now where no beginning is told, and counts for the own totals, for no workspace', async () => {
    expect(await house.says(ada, 'focus add 50 note:"Library #law"', studyHall)).toContain('50 min counted')
    expect(await totals()).toEqual({ total_focus_time: 3000, total_sessions: 1 })
    expect(await days()).toEqual([{ focus_seconds: 3000, reported_seconds: 3000, sessions: 1 }])
    expect(await house.app.db.selectFrom('workspace_day').selectAll().execute()).toEqual([])
    expect(await house.says(ada, 'focus list', studyHall)).toContain('08:10–09:00 | Library #law | 50 min | added by you')
  })

  it('is listed by its beginning, named once, and a break promises nothing', async () => {
    await house.says(ada, 'focus add 10 at:08:30', studyHall)
    await house.says(ada, 'focus add 10 at:08:00', studyHall)
    const listed = await house.says(ada, 'focus list', studyHall)
    expect(listed.indexOf('08:00–08:10')).toBeLessThan(listed.indexOf('08:30–08:40'))
    expect(listed).toContain('08:00–08:10 | Focus | 10 min | added by you')
    expect(await house.says(ada, 'focus add 10 kind:break at:07:00', studyHall)).not.toContain('your own totals')
  })

  it('reads its beginning in Korean, in the zone of its person', async () => {
    expect(await house.says(chae, '집중 직접추가 90분 언제:"어제 오후 2시"', studyHall)).toContain('14:00–15:30')
  })

  it('is found by the word it was added with, also between midnight and the start of the day', async () => {
    await house.close()
    house = await openHouse({ start: new Date('2026-03-02T00:05:00Z') })
    expect(await house.says(ada, 'focus add 30 at:"yesterday 3pm"', studyHall)).toContain('Sun 1 March')
    for (const day of ['yesterday', 'today', '2026-03-01']) {
      expect(await house.says(ada, `focus list day:${day}`, studyHall)).toContain('Sun 1 March')
      expect(await house.says(ada, `focus why day:${day}`, studyHall)).toContain('Sun 1 March')
    }
    expect(await house.says(ada, 'goal set exam:2026-03-22', studyHall)).toContain('D-20')
    expect(await house.says(ada, 'goal show', studyHall)).toContain('D-20')
  })

  it('is refused to come, too long ago, too long, or over something that counts, which is named', async () => {
    expect(await house.says(ada, 'focus add 60 at:"08:30"', studyHall)).toContain('That would end at 09:30')
    expect(await house.says(ada, 'focus add 60 at:"2026-01-01 10:00"', studyHall)).toContain('Time can be added for the last 30 days.')
    expect((await house.does(ada, 'focus add', { minutes: '481' }, studyHall)).outcome).toBe('refused')
    await house.says(ada, 'focus add 30 note:Seminar', studyHall)
    expect(await house.says(ada, 'focus add 30 at:08:15', studyHall)).toContain('It overlaps “Seminar” on Mon 2 March, 08:30–09:00.')
    expect(await house.says(ada, 'focus add 30 at:08:00', studyHall)).toContain('30 min counted')
    expect(await totals()).toEqual({ total_focus_time: 3600, total_sessions: 2 })
  })

  it('is refused over focus that runs and is not counted yet', async () => {
    await house.says(ada, 'room create Hall', studyHall)
    await house.clock.jump('10m')
    expect(await house.says(ada, 'focus add 5', studyHall)).toContain('It overlaps “Hall” on Mon 2 March, 09:00–')
    expect(await house.says(ada, 'focus add 20 at:08:30', studyHall)).toContain('20 min counted')
  })

  it('is refused over what a room or a session by oneself counted', async () => {
    await house.says(ada, 'focus start minutes:30', studyHall)
    await house.clock.advance('31m')
    expect(await house.says(ada, 'focus add 5 at:09:10', studyHall)).toContain('It overlaps')
    await house.says(ada, 'room create Hall voice:700', { ...studyHall, voice: '700' })
    await house.clock.advance('10m')
    await house.says(ada, 'timer stop', studyHall)
    expect(await house.says(ada, 'focus add 5', studyHall)).toContain('It overlaps “Hall”')
  })

  it('counts as nothing where it was a break, and is listed', async () => {
    expect(await house.says(ada, 'focus add 20 kind:break', studyHall)).toContain('20 min of break, written down')
    expect(await days()).toEqual([])
    expect(await house.says(ada, 'focus list', studyHall)).toContain('Break | 20 min, not counted | added by you')
    expect(await house.says(ada, 'focus add 5', studyHall)).toContain('It overlaps')
  })

  it('is offered to be changed where another zone is chosen than that in which it was read', async () => {
    const read = await house.does(ada, 'focus add', { minutes: '30', at: '08:00' }, studyHall)
    const choose = opens(read.screen, 'settings zone')
    const told = await house.does(ada, choose.command, { ...choose.args, timezone: 'Asia/Seoul' }, studyHall)
    expect(plainText(told.screen, told.reader)).toContain('What you added stays where it is: Mon 2 March, 17:00–17:30.')
    const asked = await formFor(house.app, ada, opens(told.screen, 'focus edit'), studyHall)
    const { fields, carried } = 'form' in asked ? asked.form : { fields: [], carried: {} }
    expect(fields.find(({ name }) => name === 'at')?.value).toBe('2026-03-02 17:00')
    await house.does(ada, 'focus edit', { ...carried, at: '2026-03-02 08:00' }, studyHall)
    expect(await house.says(ada, 'focus list day:2026-03-01', studyHall)).toContain('08:00–08:30')
  })

  it('is changed and deleted with all it counted, for 30 days, by its person alone', async () => {
    await house.says(ada, 'focus add 50', studyHall)
    await house.does(ada, 'focus edit', { record: (await record()).id, minutes: '30', at: '08:00' }, studyHall)
    expect(await days()).toEqual([{ focus_seconds: 1800, reported_seconds: 1800, sessions: 1 }])
    expect(await house.says(ada, 'focus list', studyHall)).toContain('08:00–08:30')
    const { id } = await record()
    expect((await house.does(ben, 'focus remove', { record: id }, studyHall)).outcome).toBe('refused')
    expect(await house.says(ben, 'focus edit', studyHall)).toContain('Say which record you mean')
    expect(await house.says(ben, 'focus undo', studyHall)).toContain('Undo stands as a button')
    expect((await house.does(ben, 'focus edit', { record: id, minutes: '1' }, studyHall)).outcome).toBe('refused')
    expect(await house.says(ada, `focus remove ${id}`, studyHall)).toMatch(/^Delete “Focus” on .* \(08:00–08:30\)\?/)
    expect(await days()).toHaveLength(1)
    expect((await house.does(ada, 'focus remove', { record: id, sure: 'yes' }, studyHall)).outcome).toBe('done')
    expect(await days()).toEqual([])
    expect(await totals()).toEqual({ total_focus_time: 0, total_sessions: 0 })
    await house.says(ada, 'focus add 50', studyHall)
    const old = (await record()).id
    await house.clock.jump(`${31 * 24}h`)
    expect(await house.says(ada, `focus remove ${old} sure:yes`, studyHall)).toContain('Added time can be changed for 30 days.')
  })
})

describe('a record that was seen', () => {
  it('is taken out by its person, and brought back', async () => {
    await house.says(ada, 'focus start minutes:25', studyHall)
    await house.clock.advance('30m')
    const { id } = await house.app.db.selectFrom('session_history').select('id').executeTakeFirstOrThrow()
    expect(await house.says(ada, `focus remove ${id}`, studyHall)).toMatch(/^“.*” on .* \(09:00–09:25\) no longer counts\./)
    expect(await totals()).toEqual({ total_focus_time: 0, total_sessions: 0 })
    expect(await days()).toEqual([])
    expect(await house.says(ada, 'focus why', studyHall)).toContain('25 min not counted: removed by you')
    const { id: correction } = await house.app.db.selectFrom('session_correction').select('id').executeTakeFirstOrThrow()
    expect((await house.does(ben, 'focus undo', { correction }, studyHall)).outcome).toBe('refused')
    await house.does(ada, 'focus undo', { correction }, studyHall)
    expect(await totals()).toEqual({ total_focus_time: 1500, total_sessions: 1 })
    expect((await house.does(ada, 'focus undo', { correction }, studyHall)).outcome).toBe('refused')
  })

  it('is found by what its line says, if only one says so', async () => {
    await house.says(ada, 'focus add 20 at:08:00 note:Seminar', studyHall)
    await house.says(ada, 'focus add 20 at:08:30 note:Library', studyHall)
    expect(await house.says(ada, 'focus remove "2026-03-02"', studyHall)).toContain('Several records say so')
    expect(await house.says(ada, 'focus remove "Quiz"', studyHall)).toContain('There is no such record of yours.')
    expect(await house.says(ada, 'focus remove i', studyHall)).toContain('There is no such record of yours.')
    expect(await house.says(ada, 'focus remove "08:30" sure:yes', studyHall)).toContain('“Library”')
    expect(await house.says(ada, 'focus list', studyHall)).not.toContain('Library')
  })

  it('does not come back over time that was written down meanwhile', async () => {
    await house.says(ada, 'focus start minutes:25', studyHall)
    await house.clock.advance('30m')
    const { id } = await house.app.db.selectFrom('session_history').select('id').executeTakeFirstOrThrow()
    await house.says(ada, `focus remove ${id}`, studyHall)
    await house.says(ada, 'focus add 20', studyHall)
    const { id: correction } = await house.app.db.selectFrom('session_correction').select('id').executeTakeFirstOrThrow()
    expect((await house.does(ada, 'focus undo', { correction }, studyHall)).outcome).toBe('refused')
    expect(await totals()).toEqual({ total_focus_time: 1200, total_sessions: 1 })
  })
})
