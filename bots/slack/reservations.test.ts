import { afterAll, beforeAll, expect, test } from 'vitest'
import { textOf } from './simulator/text.ts'
import { openStage, type Stage } from './testing/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage({ sameTime: true })
})
afterAll(() => stage.close())

const shared = () => stage.channel.messages.filter(({ onlyFor }) => onlyFor === null)

test('a card in the channel is joined by a press, and at its time exactly those are called', async () => {
  const { ada, ben, chae, channel, house, slack } = stage
  const card = await ada.slash(channel, '/focus', 'reserve create 2026-03-02 10:00 name:Morning remind:0')
  expect(card.text).toContain('Morning')
  await slack.until(() => shared().length > 0)
  const [posted] = shared()
  if (!posted) throw new Error('the card is public')
  expect(textOf(posted)).toContain('I can’t come')
  await ben.press(posted, 'Join')
  await chae.slash(channel, '/focus', '예약 목록')
  await house.clock.advance('1h')
  await slack.until(() => shared().some((message) => textOf(message).includes('begins now')))
  await slack.until(() => shared().some((message) => textOf(message).includes('round 1')))
  const said = shared().map(textOf)
  const line = said.find((text) => text.includes('begins now')) ?? ''
  expect([ada, ben, chae].map(({ id }) => line.includes(`<@${id}>`))).toEqual([true, true, false])
})

test('a form says by its field what a time is, in the reader’s language, and takes one', async () => {
  const { ada, chae, channel, house } = stage
  const listed = await chae.slash(channel, '/focus', '예약 목록')
  if (!listed.message) throw new Error('the list is a message')
  const form = await chae.press(listed.message, '예약하기')
  if (!form.view) throw new Error('no form')
  const refused = await chae.submit(form.view, { 'field:at': '언젠가' })
  expect(JSON.stringify(refused)).toContain('내일 오전 9시')
  await chae.submit(chae.view ?? form.view, { 'field:at': '내일 오전 9시', 'field:name': '아침집중' })
  const made = await house.app.db.selectFrom('reservation_occurrence').select('starts_at').where('state', '=', 'planned').execute()
  expect(made).toEqual([{ starts_at: new Date('2026-03-03T00:00:00Z') }])
  expect((await ada.slash(channel, '/focus', 'reserve list')).text).toContain('Nothing is planned')
})

test('a card in the channel stays what the reservation is, to its end', async () => {
  const { ada, ben, channel, house, slack } = stage
  await ada.slash(channel, '/focus', 'reserve create 2026-03-02 15:00 name:Reading remind:0')
  const reads = async (): Promise<string> => {
    await house.settle()
    return textOf(shared().find((message) => message.ts === posted?.ts) ?? null)
  }
  const card = () => shared().find((message) => textOf(message).includes('Reading'))
  await slack.until(() => card() !== undefined)
  const posted = card()
  if (!posted) throw new Error('the card is public')
  await ben.press(posted, 'Join')
  expect(await reads()).toContain('ben')
  await ben.press(posted, 'I can’t come')
  expect(await reads()).not.toContain('ben')
  await ada.slash(channel, '/focus', 'reserve edit Reading name:"Reading aloud" focus:40')
  expect(await reads()).toMatch(/Reading aloud.*40 min/s)
  const asked = await ada.press(posted, 'I can’t come')
  expect(asked.text).toContain('You are the host')
  const question = await ada.slash(channel, '/focus', 'reserve cancel "Reading aloud"')
  expect(question.text).toContain('for everyone?')
  expect(await reads()).toContain('Join')
  if (!question.message) throw new Error('the question is a message')
  await ada.press(question.message, 'Cancel for everyone')
  expect(await reads()).toContain('Cancelled')
  expect(await reads()).not.toContain('Join')
})

test('where the app is not in the channel, the reservation is made and says so, and its card can follow', async () => {
  const { ada, team, house, slack } = stage
  const quiet = team.addChannel({ name: 'quiet', members: [ada] })
  const answer = await ada.slash(quiet, '/focus', 'reserve create 2026-03-02 18:00 name:Evening')
  expect(answer.text).toContain('Your reservation is made')
  // The room that the first one opened is the only one she may have.
  expect(answer.text).toContain('If “Morning” is still open then')
  if (!answer.message) throw new Error('the answer has a button')
  await quiet.invite(team.bot)
  await ada.press(answer.message, 'Try again')
  await slack.until(() => quiet.messages.some((message) => message.onlyFor === null && textOf(message).includes('Evening')))
  const made = await house.app.db.selectFrom('room_reservations').select('id').where('name', '=', 'Evening').execute()
  expect(made).toHaveLength(1)
})
