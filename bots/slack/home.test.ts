import { afterAll, beforeAll, expect, test } from 'vitest'
import { startShortcut } from './listeners.ts'
import { textOf } from './simulator/index.ts'
import { openStage, type Stage } from './testing/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const home = (person: Stage['ada']) => textOf(person.home)

test('App Home shows a start, then the panel of my room, and stays fresh', async () => {
  const { ada, ben, channel, house, slack } = stage
  const opened = await ada.openHome()
  expect(opened).toMatchObject({ error: null })
  expect(home(ada)).toContain('[Rooms here]')
  await ada.slash(channel, '/focus', 'room create Reading')
  await house.settle()
  await slack.until(() => home(ada).includes('Reading'))
  await ben.slash(channel, '/focus', 'room join Reading')
  await house.settle()
  await slack.until(() => home(ada).includes('ada · ben'))
})

test('a button of App Home acts, and its answer is seen', async () => {
  const { ada, house, slack } = stage
  if (!ada.home) throw new Error('no home')
  await ada.press(ada.home, 'Pause')
  await house.settle()
  await slack.until(() => home(ada).includes('paused'))
  if (!ada.home) throw new Error('no home')
  const more = await ada.press(ada.home, 'More')
  expect(more.error).toBeNull()
  await slack.until(() => textOf(ada.view).includes('Reading'))
  await ada.dismiss()
})

test('the global shortcut starts', async () => {
  const { chae } = stage
  const started = await chae.shortcut('global', startShortcut)
  expect(started.error).toBeNull()
  expect(started.view?.spec.type).toBe('modal')
})

test('a press in an answer that opened from home redraws that answer', async () => {
  const { ada } = stage
  if (!ada.home) throw new Error('no home')
  const more = await ada.press(ada.home, 'More')
  expect(more.view?.spec.type).toBe('modal')
  const before = ada.view
  if (!before) throw new Error('no answer')
  const settings = await ada.press(before, 'Settings')
  expect(settings.view?.spec.type).toBe('modal')
  await ada.dismiss()
})

test('an answer that came too late to open is said in direct messages', async () => {
  const { chae, slack } = stage
  slack.faults.next({ method: 'views.open', fault: { error: 'expired_trigger_id' } })
  const before = chae.dm().messages.length
  await chae.shortcut('global', startShortcut)
  await slack.until(() => chae.dm().messages.length === before + 1)
  expect(textOf(chae.dm().messages.at(-1) ?? null)).toContain('집중')
})
