import { expect, test } from 'vitest'
import { packPress } from '../src/commands/press.ts'
import { ada, studyHall } from '../src/testing/cast.ts'
import { usePages } from './testing/pages.ts'

const pages = usePages()

/** The ids of the errors on the page that answers what was typed into the form of the command, and the field that has the focus. */
async function sends(command: string, typed: Readonly<Record<string, string>>) {
  const visitor = await pages().signIn(ada)
  await visitor.get('/settings')
  const fields = Object.fromEntries(Object.entries(typed).map(([name, value]) => [`o.${name}`, value]))
  const { status, body } = await visitor.post('/form', { press: packPress({ command, args: {}, ask: true }), ...fields })
  const [, focused] = /id="field-([a-z_]+)"[^>]* autofocus/.exec(body) ?? []
  return { status, focused, errors: [...body.matchAll(/id="field-([a-z_]+)-error"/g)].map(([, name]) => name) }
}

test('settings that hold can’t be emptied, and say from when a day start counts', async () => {
  await pages().house.says(ada, 'focus add 25', studyHall)
  expect(await sends('settings set', { timezone: 'Asia/Seoul', day_start: '05:00' })).toMatchObject({ status: 200, errors: [] })
  expect((await (await pages().signIn(ada)).get('/settings')).body).toContain('Days follow a changed time zone or start of the day from')
  expect(await sends('settings set', { timezone: '', day_start: '05:00' })).toMatchObject({ status: 422, errors: ['timezone'] })
})

test.each([
  ['settings set', { timezone: 'Mars/Olympus', day_start: '25:99' }, ['timezone', 'day_start']],
  ['settings set', { day_start: '04:07' }, ['day_start']],
  ['reserve create', { at: '2099-01-01 09:00', days: 'someday', focus: '999' }, ['at', 'focus', 'days']],
  ['reserve create', { at: '2099-01-01 09:00', repeat: 'none', times: '3' }, ['at', 'times']],
  ['goal set', { exam: 'whenever' }, ['exam']],
  ['focus add', { minutes: '25', at: '2020-01-01 09:00' }, ['at']],
] as const)('%s says by each field what is wrong: %o', async (command, typed, errors) => {
  expect(await sends(command, typed)).toEqual({ status: 422, focused: errors[0], errors })
})
