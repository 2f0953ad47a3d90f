import { type Channel, type Discord, type Person, startDiscord } from '../../bots/discord/simulator/index.ts'

export type Crowd = { readonly discord: Discord; readonly people: readonly Person[]; readonly channel: Channel }

const rooms = 10
const peopleInEach = 5

/** One server with people and a channel; nothing limits how fast they may ask. */
export async function gather(): Promise<Crowd> {
  const discord = await startDiscord({ limits: false })
  const guild = discord.addGuild({ name: 'The Library', bot: [] })
  const people = Array.from({ length: rooms * peopleInEach }, (_, n) => discord.addUser({ name: `Person ${n}` }))
  for (const person of people) guild.addMember(person)
  return { discord, people, channel: guild.addChannel({ name: 'general' }) }
}

/** Everyone sits in a room whose timer runs. */
export async function settleIn({ people, channel }: Crowd): Promise<void> {
  for (const [n, person] of people.entries()) {
    const room = `Room ${n % rooms}`
    const answer =
      n < rooms ? await person.slash(channel, 'room create', { name: room }) : await person.slash(channel, 'room join', { room })
    if (!/Here \(/.test((await answer.finished()).text)) throw new Error(`nobody came in: ${answer.text}`)
  }
}

/** Answers in the best second, while so many are always asked for at once: what else the machine does counts as little as it can. */
export async function highestRate({ people, channel }: Crowd, words: string, inFlight = 64, seconds = 8, warmUp = 4): Promise<number> {
  const begin = performance.now() + warmUp * 1000
  const end = begin + seconds * 1000
  const bySecond = new Array<number>(seconds).fill(0)
  const asking = async (n: number): Promise<void> => {
    for (let turn = n; performance.now() < end; turn += inFlight) {
      const isAnswered = await answered(people[turn % people.length], channel, words)
      const second = Math.floor((performance.now() - begin) / 1000)
      if (isAnswered && second >= 0 && second < seconds) bySecond[second] = (bySecond[second] ?? 0) + 1
    }
  }
  await Promise.all(Array.from({ length: inFlight }, (_, n) => asking(n)))
  return Math.max(...bySecond)
}

/** Milliseconds until each answer, with so many asked for every second whether or not earlier ones are answered. */
export async function latencies({ people, channel }: Crowd, words: string, perSecond = 200, seconds = 10): Promise<readonly number[]> {
  const begin = performance.now()
  const total = perSecond * seconds
  const took: Promise<number>[] = []
  while (took.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - begin) / 1000) * perSecond) + 1)
    while (took.length < due) took.push(timed(people[took.length % people.length], channel, words))
    await new Promise((next) => setTimeout(next, 2))
  }
  return Promise.all(took)
}

/** False after the three seconds in which Discord waits for an answer. */
const answered = (person: Person | undefined, channel: Channel, words: string): Promise<boolean> =>
  Promise.resolve(person?.slash(channel, words)).then(
    (answer) => answer !== undefined,
    () => false,
  )

async function timed(person: Person | undefined, channel: Channel, words: string): Promise<number> {
  const asked = performance.now()
  await answered(person, channel, words)
  return performance.now() - asked
}
