import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStage, type Stage } from './testing/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
}, 60_000)
afterAll(() => stage.close())

it('a room opened from a voice channel is bound to it and brings in the people there, no bot', async () => {
  const { ada, ben, chae, mo, guild, lounge, general, house, discord } = stage
  for (const person of [ada, ben, chae]) guild.voice.join(person, lounge)
  await ada.slash(general, '/room create', { name: 'Lounge hour' })
  const status = await ada.slash(general, '/timer status', {})
  expect(status.text).toContain('Here (3): Ada and 2 more')
  // Sitting in a channel tells nobody's name; using the product does.
  await ben.slash(general, '/timer status', {})
  expect((await ada.slash(general, '/timer status', {})).text).toContain('Here (3): Ada · Ben and 1 more')
  expect(discord.messagesIn(general).length).toBeGreaterThan(0)
  const bound = await house.app.db.selectFrom('room_binding').select('voice_channel').execute()
  expect(bound).toEqual([{ voice_channel: lounge.id }])
  const answer = await mo.slash(general, '/room join', { room: 'Lounge hour' })
  expect(answer.text).toContain('Here (4)')
})
