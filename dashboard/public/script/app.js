import { bringAnswers } from './answers.js'
import { watchClocks } from './clocks.js'
import { startConsole } from './console.js'
import { offerCopies } from './copies.js'
import { fillLists } from './fields.js'
import { followLive } from './live.js'
import { guessZone } from './zone.js'

watchClocks()
followLive()
bringAnswers()
startConsole()
offerCopies()
fillLists()
guessZone()
