/**
 * The end-to-end encrypted group of a voice channel (DAVE): the people in it are real members, each with an MLS client of their own,
 * so that what a bot says is truly opened by somebody else's key, or by nobody's.
 */

import { DAVESession } from '@snazzah/davey'
import { type Commit, newProposer, type Proposer, readCommit, vector } from './mls.ts'

const appended = 0
const protocolVersion = 1

/** A bot's end of the line. Each is told what DAVE's opcode of that name carries. */
export type Remote = {
  externalSender(introduction: Buffer): void
  /** @returns what it answers to the proposals: commit and welcome; null when it says nothing */
  proposals(operation: Buffer): Promise<Buffer | null>
  announceCommit(transition: number, commit: Buffer): void
  welcome(transition: number, welcome: Buffer): void
}

export type Group = {
  /** People come and go in the order in which they are told here. */
  addPerson(userId: string): void
  addBot(userId: string, keyPackage: Buffer, remote: Remote): void
  remove(userId: string): void
  /** What the person hears of a frame; null where it is not meant for them. */
  hears(listener: string, speaker: string, frame: Buffer): Buffer | null
}

export const createGroup = (channelId: string): Group => {
  const proposer: Proposer = newProposer()
  const id = BigInt(channelId)
  const people = new Map<string, DAVESession>()
  const bots = new Map<string, Remote>()
  /** The tree's leaves: newcomers take the leftmost free one. */
  const leaves: (string | null)[] = []
  let epoch = 0
  let transition = 0
  let last: Promise<void> = Promise.resolve()

  const inTurn = (change: () => Promise<void>): void => {
    last = last.then(change, change)
  }
  const members = (): string[] => leaves.filter((leaf) => leaf !== null)

  /** Whoever comes next founds the group: alone in it, with nobody to agree. */
  const disband = (): void => {
    leaves.length = 0
    epoch = 0
  }

  const sit = (userId: string): void => {
    const free = leaves.indexOf(null)
    if (free === -1) leaves.push(userId)
    else leaves[free] = userId
  }

  /** All members work out a commit; the first one counts. A bot's, where there is one: people here are quicker than any network. */
  const agree = async (proposal: Buffer, newcomer: string | null): Promise<Commit | null> => {
    const known = newcomer === null ? members() : [...members(), newcomer]
    const proposals = vector(proposal)
    const asked = [...bots].filter(([bot]) => members().includes(bot)).map(([, remote]) => remote)
    const answers = Promise.all(asked.map((remote) => remote.proposals(Buffer.concat([Buffer.from([appended]), proposals]))))
    const own = members().flatMap((member) => {
      const made = people.get(member)?.processProposals(appended, proposals, known)
      return made?.commit ? [{ commit: made.commit, welcome: made.welcome ?? null }] : []
    })
    const answer = (await answers).find((one) => one !== null)
    const chosen = answer ? readCommit(answer) : own[0]
    if (!chosen) return null
    for (const member of members()) {
      people.get(member)?.processCommit(chosen.commit)
      bots.get(member)?.announceCommit(transition + 1, chosen.commit)
    }
    transition += 1
    epoch += 1
    return chosen
  }

  const add = async (userId: string, keyPackage: Buffer, welcomed: (welcome: Buffer) => void): Promise<void> => {
    const agreed = members().length === 0 ? null : await agree(proposer.add(id, epoch, keyPackage), userId)
    if (agreed?.welcome) welcomed(agreed.welcome)
    else disband()
    sit(userId)
  }

  const leave = async (userId: string): Promise<void> => {
    const leaf = leaves.indexOf(userId)
    if (leaf === -1) return
    leaves[leaf] = null
    people.delete(userId)
    bots.delete(userId)
    if (members().length > 0) await agree(proposer.remove(id, epoch, leaf), null)
    else disband()
  }

  return {
    addPerson: (userId) =>
      inTurn(async () => {
        const session = new DAVESession(protocolVersion, userId, channelId)
        const keyPackage = session.getSerializedKeyPackage()
        session.setExternalSender(proposer.introduction)
        await add(userId, keyPackage, (welcome) => session.processWelcome(welcome))
        people.set(userId, session)
      }),
    addBot: (userId, keyPackage, remote) =>
      inTurn(async () => {
        await leave(userId)
        remote.externalSender(proposer.introduction)
        await add(userId, keyPackage, (welcome) => remote.welcome(transition, welcome))
        bots.set(userId, remote)
      }),
    remove: (userId) => inTurn(() => leave(userId)),
    hears: (listener, speaker, frame) => {
      const session = people.get(listener)
      if (!session?.ready || !session.getUserIds().includes(speaker)) return null
      try {
        return session.decrypt(speaker, 0, frame)
      } catch {
        return null // sealed with another key, or not at all
      }
    },
  }
}
