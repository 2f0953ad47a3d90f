import { after, minutes } from '../../kernel/clock.ts'
import type { GapId, OutageId } from '../../kernel/ids.ts'
import { gapCounted, gapQuestion, gapsCredited, gapsLine } from '../outage.ts'
import { joinedAnswer, message, roomPanel } from '../room.ts'
import type { Screen } from '../screen.ts'
import { phaseId, sampleNow } from './cast.ts'
import { sampleView } from './views.ts'

const gap = phaseId as string as GapId
const outage = phaseId as string as OutageId
const focus = sampleView()

/** What is said of time that nobody could see. */
export const outageSamples: Readonly<Record<string, Screen>> = {
  'outage bridged, on the panel': roomPanel(sampleView({ timer: { outage_minutes: 9 } }), sampleNow),
  'outage too long, on the panel': roomPanel(sampleView({ timer: { outage_minutes: 41 } }), sampleNow),
  'outage, did you keep focusing': gapQuestion(gap, {
    platform: 'discord',
    from: after(sampleNow, -minutes(48)),
    to: after(sampleNow, -minutes(7)),
    room: 'Deep work',
  }),
  'outage, counted in own words': gapCounted(31 * 60),
  'outage, nothing to count': gapCounted(0),
  'outage, counted for all by a moderator?': gapsLine(focus, outage, { count: 4, seconds: 41 * 60 }),
  'outage, counted for all': gapsCredited(focus, '지민', { count: 4, seconds: 31 * 60 }),
  'joined, and not seen yet': joinedAnswer(focus, sampleNow, message('room.joined-unseen'), true),
}
