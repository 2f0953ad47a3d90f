import { afterEach, expect, it } from 'vitest'
import type { Caller } from '../src/commands/perform.ts'
import { openStage as openDiscord, until } from './discord/testing/stage.ts'
import { openStage as openSlack } from './slack/testing/stage.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** A name, or a mention, in whatever was sent: to a channel, to somebody else, and to the person themselves. */
const traceOf = ({ name, id }: { readonly name: string; readonly id: string }): RegExp => new RegExp(`${name}|<@!?${id}>`, 'i')

it('nothing that is sent to Discord names whom not everyone may see', { timeout: 200_000 }, async () => {
  const stage = await openDiscord()
  ends.push(() => stage.close())
  const { discord, guild, general, lounge, house, ben, mo } = stage
  type Person = typeof ben
  const add = (name: string): Person => {
    const person = discord.addUser({ name })
    guild.addMember(person)
    return person
  }
  const [hidden, stranger, seen] = [add('Zorblatt'), add('Wexford'), add('Kestrel')]
  await mo.slash(general, '/timer status', {})
  await house.app.db.updateTable('workspace').set({ scheduled_events: true, announcement_channel: general.id }).execute()
  await hidden.slash(general, '/settings set', { visibility: 'me' })
  guild.voice.join(stranger, lounge)
  for (const who of [hidden, seen]) {
    guild.voice.join(who, lounge)
    await house.does(callerOf(who.id, who.name, guild.id), 'settings ping', { ping: 'both' })
    const panel = await who.slash(general, '/room create', { focus: 10, break: 5, control: 'vote' })
    await who.userMenu(general, 'Invite to room', ben)
    await ben.press(panel, 'Join')
    await who.press(panel, 'Pause')
    await ben.slash(general, '/timer status', {})
    await who.slash(general, '/timer resume', {})
    await ben.press(panel, 'Skip')
    await house.clock.advance('16m')
    await who.slash(general, '/achievements', {})
    await ben.slash(general, '/stats', { user: who })
    await ben.slash(general, '/achievements', { user: stranger })
    await house.does(callerOf(who.id, who.name, guild.id), 'diagnose', { tell: 'yes' }, { platform: 'discord', channel: general.id })
    await who.slash(general, '/timer pause', {})
    await house.settle()
    await ben.slash(general, '/timer stop', {})
    const card = await who.slash(general, '/reserve create', { at: 'tomorrow 9am', remind: 30 })
    await ben.press(card, 'Join')
    await who.slash(general, '/timer stop', {})
    guild.voice.leave(who)
    await who.slash(general, '/room close', {})
    await house.clock.advance('25h')
    await house.settle()
  }
  const bodies = (): readonly string[] => discord.requests.map(({ body }) => JSON.stringify(body ?? null))
  const named = (person: Person): readonly string[] => bodies().filter((body) => traceOf(person).test(body))
  await until(() => bodies().some((body) => body.includes(`<@${seen.id}>`)), 'somebody whom everyone may see is called')
  expect(named(seen).length).toBeGreaterThan(8)
  expect(named(hidden)).toEqual([])
  expect(named(stranger)).toEqual([])
  expect([...guild.state.scheduledEvents.values()].map(({ body }) => body.name).filter((name) => /zorblatt/i.test(name))).toEqual([])
})

const callerOf = (id: string, displayName: string, server: string): Caller => ({
  sighting: { platform: 'discord', externalId: id, displayName, locale: null, timezone: null },
  workspace: { platform: 'discord', externalId: server, name: 'The Library', role: 'member' },
})

it('nothing that is sent to Slack names whom not everyone may see', { timeout: 200_000 }, async () => {
  const stage = await openSlack({ patient: true })
  ends.push(() => stage.close())
  const { slack, team, house, ben, channel } = stage
  const hidden = team.addUser({ name: 'zorblatt', realName: 'Zorblatt' })
  const stranger = team.addUser({ name: 'wexford', realName: 'Wexford' })
  const seen = team.addUser({ name: 'kestrel', realName: 'Kestrel' })
  for (const one of [hidden, stranger, seen]) await one.join(channel)
  const says = (who: typeof ben, line: string) => who.slash(channel, '/focus', line)
  await ben.openHome()
  await says(hidden, 'settings set visibility:me')
  for (const who of [hidden, seen]) {
    await says(who, 'settings ping both')
    await says(who, 'room create focus:10 break:5 control:vote')
    await says(who, `room invite @ben`)
    await says(ben, `room join "${who === hidden ? 'Focus room' : 'Kestrel’s room'}"`)
    await says(who, 'timer pause')
    await ben.openHome()
    await says(who, 'timer resume')
    await says(ben, 'timer skip vote:yes')
    await house.clock.advance('16m')
    await says(who, 'stats')
    await says(ben, `stats @${who.name}`)
    await says(ben, `room invite @wexford`)
    await says(who, 'diagnose tell:yes')
    await says(who, 'timer pause')
    await house.settle()
    await says(who, `reserve create "tomorrow 9am" remind:30 with:@ben`)
    await says(who, 'timer stop sure:yes')
    await says(who, 'room close')
    await house.clock.advance('25h')
    await house.settle()
  }
  const sent = (): readonly string[] => slack.requests.map(({ args }) => JSON.stringify(args))
  const named = (person: typeof ben): readonly string[] => sent().filter((body) => traceOf({ id: person.id, name: person.name }).test(body))
  await until(() => sent().some((body) => body.includes(`<@${seen.id}>`)), 'somebody whom everyone may see is called')
  expect(named(seen).length).toBeGreaterThan(8)
  expect(named(hidden)).toEqual([])
  expect(named(stranger)).toEqual([])
})
