import { startEmbedded } from '../../src/db/embedded.ts'
import { log } from '../ground.ts'

/** The least that a start with a database is: the same PostgreSQL, and nothing else. */
const server = await startEmbedded({ dataDir: process.env.DATA_DIR ?? '', log })
process.once('SIGINT', () => void server.stop().then(() => process.exit()))
process.stdout.write('ready\n')
