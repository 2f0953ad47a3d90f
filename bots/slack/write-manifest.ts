import { writeFileSync } from 'node:fs'
import { manifestOf } from './manifest.ts'

/**
 * Writes manifest.json for Socket Mode beside this file. With an https address as its argument it prints the manifest
 * for signed HTTP and OAuth installation at that address instead.
 */
const [address] = process.argv.slice(2)
const written = (origin: string | null) => `${JSON.stringify(manifestOf('/focus', origin), null, 2)}\n`
if (address === undefined) writeFileSync(new URL('manifest.json', import.meta.url), written(null))
else process.stdout.write(written(new URL(address).origin))
