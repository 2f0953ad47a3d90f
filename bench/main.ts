import { commands } from './commands/index.ts'
import { ledger } from './ledger/index.ts'
import { memory } from './memory/index.ts'
import { pictures } from './pictures/index.ts'
import { startAndStop } from './start/index.ts'
import { timers } from './timers/index.ts'
import { voice } from './voice/index.ts'

const benches: Readonly<Record<string, () => Promise<void>>> = { timers, ledger, voice, commands, memory, pictures, start: startAndStop }

const [name = ''] = process.argv.slice(2)
const chosen = name === '' ? Object.values(benches) : [benches[name]]
for (const bench of chosen) {
  if (bench === undefined) {
    process.stderr.write(`Usage: npm run bench -- ${Object.keys(benches).join(' | ')}\n`)
    process.exit(1)
  }
  await bench()
}
