import type { Achievement } from '../domain/achievements/achievement.ts'
import type { Text } from '../locales/text.ts'
import { button, buttons, lines, message } from './room.ts'
import type { Screen } from './screen.ts'

/** What has to be done for it. */
export const aboutAchievement = ({ cause, amount }: Achievement): Text =>
  message(`achievement.about.${cause}`, { amount, time: { duration: amount * 60 } })

/** Told once. */
export const achievementUnlocked = (unlocked: Achievement): Screen => ({
  tone: 'calm',
  title: message('achievement.unlocked.title', { name: message(`achievement.${unlocked.id}`) }),
  blocks: [lines(aboutAchievement(unlocked)), buttons(button('achievements.show', { command: 'achievements', args: {} }))],
})
