import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeData } from '../../src/testing/postgres.ts'
import { median, milliseconds, print, times } from '../figures.ts'
import { freePort, start } from '../processes.ts'

const repetitions = 5
const ours = { script: 'src/main.ts', ready: /Focus Mate is running/ }
const bare = { script: 'bench/start/bare.ts', ready: /^ready$/m }

type Program = typeof ours
type Taken = { readonly up: number; readonly down: number }

/** From the command to the word that it runs, and from Ctrl-C to the end, on data that is there already. */
export async function startAndStop(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'focus-mate-bench-'))
  try {
    await once(ours, dataDir)
    const mine: Taken[] = []
    const base: Taken[] = []
    for (let n = 0; n < repetitions; n++) {
      base.push(await once(bare, dataDir))
      mine.push(await once(ours, dataDir))
    }
    const figure = (what: string, part: keyof Taken) => {
      const [a, b] = [median(mine.map((one) => one[part])), median(base.map((one) => one[part]))]
      return { what, ours: milliseconds(a), baseline: `${milliseconds(b)} (PostgreSQL alone)`, ratio: times(a, b), aim: '< 5 s' }
    }
    print('start', [figure('until ready', 'up'), figure('until stopped', 'down')])
  } finally {
    await removeData(dataDir)
  }
}

async function once({ script, ready }: Program, dataDir: string): Promise<Taken> {
  const env = { DATA_DIR: dataDir, PORT: String(await freePort()), LOG_LEVEL: 'error' }
  const begun = performance.now()
  const program = await start(script, env, ready)
  const up = performance.now() - begun
  return { up, down: await program.stop() }
}
