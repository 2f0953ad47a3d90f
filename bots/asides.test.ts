import { expect, it } from 'vitest'
import { textOf as discordText } from './discord/simulator/index.ts'
import { openStage as openDiscord } from './discord/testing/stage.ts'
import { textOf as slackText } from './slack/simulator/index.ts'
import { openStage as openSlack } from './slack/testing/stage.ts'

const left = 'You left “One”: one room at a time.'

it('whoever opens a room on Discord while in another hears alone that they left it', { timeout: 60_000 }, async () => {
  const stage = await openDiscord()
  const { ada, ben, general } = stage
  await ada.slash(general, '/room create', { name: 'One' })
  await ben.slash(general, '/room join', { room: 'One' })
  const answer = await ben.slash(general, '/room create', { name: 'Two' })
  expect(answer.ephemeral).toBe(false)
  const aside = await answer.followedUp()
  expect(discordText(aside)).toContain(left)
  const seenBy = (person: typeof ada): string => person.sees(general).map(discordText).join('\n')
  expect(seenBy(ben)).toContain(left)
  expect(seenBy(ada)).not.toContain(left)
  await stage.close()
})

it('and so on Slack', { timeout: 60_000 }, async () => {
  const stage = await openSlack({ patient: true })
  const { ada, ben, channel } = stage
  const seenBy = (person: typeof ada): string => person.sees(channel).map(slackText).join('\n')
  await ada.slash(channel, '/focus', 'room create One')
  await ben.slash(channel, '/focus', 'room join One')
  await ben.slash(channel, '/focus', 'room create Two')
  await expect.poll(() => seenBy(ben), { timeout: 10_000 }).toContain(left)
  expect(seenBy(ada)).not.toContain(left)
  await stage.close()
})
