import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll } from 'vitest'
import { identify } from '../../src/commands/identify.ts'
import type { Caller } from '../../src/commands/perform.ts'
import { makeSignInLink } from '../../src/domain/people/sign-in.actions.ts'
import { openHome } from '../../src/domain/workspaces/workspace.actions.ts'
import { type House, openHouse } from '../../src/testing/house.ts'
import { createServer, type ServerOptions } from '../server.ts'
import { type Visitor, visitor } from './visitor.ts'

export type Pages = {
  readonly house: House
  readonly server: FastifyInstance
  /** A fresh link for somebody of the cast, or for the owner of this installation. */
  link(who: Caller | 'owner'): Promise<string>
  /** Somebody of the cast with a browser, signed in. */
  signIn(who: Caller | 'owner'): Promise<Visitor>
}

/** More than any test asks for: only the test of the limits wants them low, and a test may block the event loop itself. */
export const generous: ServerOptions = { rates: { pages: 1e6, deeds: 1e6, signIns: 1e6, loopMilliseconds: 0 } }

/** A house with its pages for the tests of a file. */
export function usePages(options: ServerOptions = generous, env: Readonly<Record<string, string>> = {}): () => Pages {
  let pages: Pages
  beforeAll(async () => {
    const house = await openHouse({ env })
    const server = await createServer(house.app, options)
    const link = async (who: Caller | 'owner'): Promise<string> => {
      const { person, workspace } = who === 'owner' ? await owner(house) : await identify(house.app, who)
      return `/sign-in/${await house.app.write('clock', null, (tx) => makeSignInLink(tx, person, workspace))}`
    }
    const signIn = async (who: Caller | 'owner'): Promise<Visitor> => {
      const guest = visitor(server)
      const path = await link(who)
      await guest.get(path)
      await guest.post(path)
      return guest
    }
    pages = { house, server, link, signIn }
  })
  afterAll(async () => {
    await pages.server.close()
    await pages.house.close()
  })
  return () => pages
}

async function owner(house: House) {
  const { owner, workspace } = await house.app.write('clock', null, openHome)
  return { person: owner, workspace }
}
