import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seeHuddle } from '../../src/domain/presence/huddle.actions.ts'
import { appear } from '../../src/domain/presence/presence.actions.ts'
import { installWorkspace } from '../../src/domain/workspaces/workspace.actions.ts'
import { type Person, textOf } from './simulator/index.ts'
import { openStage, type Stage } from './testing/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage({ sameTime: true })
})
afterAll(() => stage.close())

const idOf = async (person: Person) => {
  const { user_id } = await stage.house.app.db
    .selectFrom('identity')
    .select('user_id')
    .where('external_id', '=', `${stage.team.id}:${person.id}`)
    .executeTakeFirstOrThrow()
  return user_id
}

/** Seconds counted for somebody, oldest first. */
const counted = async (person: Person) => {
  const rows = await stage.house.app.db
    .selectFrom('session_history')
    .select(['seconds', 'result'])
    .where('user_id', '=', await idOf(person))
    .orderBy('started_at')
    .execute()
  return rows.map(({ seconds, result }) => ({ seconds, result }))
}

const evidenceOf = async (person: Person) =>
  (
    await stage.house.app.db
      .selectFrom('presence_interval')
      .select('evidence')
      .where('user_id', '=', await idOf(person))
      .where('ended_at', 'is', null)
      .executeTakeFirst()
  )?.evidence ?? null

/** Slack told that the huddle ended. */
async function leaveHuddle(person: Person, quietly = false): Promise<void> {
  await person.huddle(false, quietly)
  await expect.poll(() => isAway(person)).toBe(true)
}

const isAway = async (person: Person) =>
  (await stage.house.app.db
    .selectFrom('presence_interval')
    .select('id')
    .where('user_id', '=', await idOf(person))
    .where('away_since', 'is not', null)
    .where('ended_at', 'is', null)
    .executeTakeFirst()) !== undefined

/** The line in the thread of the panel that asks how it went. */
const question = () =>
  stage.channel.messages.findLast((message) => message.threadTs !== null && textOf(message).includes('[Partly]')) ?? null

async function until(person: Person, evidence: string | null): Promise<void> {
  await expect.poll(() => evidenceOf(person)).toBe(evidence)
}

describe('huddles and check-ins', () => {
  test('a press in the break counts what waited for it, once, and notes how it went', async () => {
    const { ada, ben, channel, house, slack } = stage
    await ada.slash(channel, '/focus', 'room create "Deep work" long_break_after:0')
    await ben.slash(channel, '/focus', 'room join "Deep work"')
    await until(ben, 'check-in')
    await house.clock.advance('25m')
    await slack.until(() => question() !== null)
    expect(await counted(ben)).toEqual([])
    const asked = question()
    if (!asked) throw new Error('nobody was asked')
    const answer = await ben.press(asked, 'Partly')
    expect(answer.message).toMatchObject({ onlyFor: ben.id })
    expect(answer.text).toContain('Counted: 25 min')
    await ben.press(asked, 'Done')
    expect(await counted(ben)).toEqual([{ seconds: 1500, result: 'done' }])
    expect(channel.messages.filter((message) => textOf(message).includes('[Partly]'))).toHaveLength(1)
  })

  test('the question goes when focus begins again', async () => {
    await stage.house.clock.advance('5m')
    await stage.slack.until(() => question() === null)
  })

  test('a huddle takes over and needs no press; its end is a minute of grace, then the check-in again', async () => {
    const { ben, house } = stage
    await ben.huddle(true)
    await until(ben, 'huddle')
    await house.clock.advance('10m')
    await leaveHuddle(ben)
    await house.clock.advance('30s')
    await ben.huddle(true)
    await expect.poll(() => isAway(ben)).toBe(false)
    await house.clock.advance('14m 30s')
    expect((await counted(ben)).at(-1)).toEqual({ seconds: 1500, result: null })
    await house.clock.advance('5m')
    await leaveHuddle(ben)
    await house.clock.advance('2m')
    await until(ben, 'check-in')
  })

  test('a word that comes late changes nothing', async () => {
    const { ben, house } = stage
    await ben.huddle(true)
    await until(ben, 'huddle')
    const told = await house.app.db
      .selectFrom('identity')
      .select('huddle_told_at')
      .where('user_id', '=', await idOf(ben))
      .executeTakeFirstOrThrow()
    const older = new Date((told.huddle_told_at?.getTime() ?? 0) - 1000)
    await house.app.write('clock', null, (tx) =>
      seeHuddle(tx, { externalId: `${stage.team.id}:${ben.id}`, inHuddle: false, toldAt: older }),
    )
    await house.clock.advance('2m')
    expect(await evidenceOf(ben)).toBe('huddle')
  })

  test('after a silence Slack is asked: whoever left meanwhile was there until we last saw them', async () => {
    const { ada, ben, house, slack, channel } = stage
    await ben.slash(channel, '/focus', 'room leave')
    await ada.slash(channel, '/focus', 'timer stop sure:yes')
    await ada.slash(channel, '/focus', 'timer start')
    await ben.slash(channel, '/focus', 'room join "Deep work"')
    await until(ben, 'huddle')
    await house.clock.advance('10m')
    await ben.huddle(false, true)
    slack.cutSockets('all')
    await house.clock.jump('5m')
    await slack.until(() => slack.openSockets() >= 2)
    await house.clock.advance('11s')
    await expect.poll(() => isAway(ben)).toBe(true)
    await house.tick()
    await until(ben, 'check-in')
    const last = await house.app.db
      .selectFrom('presence_interval')
      .select(['started_at', 'ended_at'])
      .where('user_id', '=', await idOf(ben))
      .where('evidence', '=', 'huddle')
      .orderBy('started_at', 'desc')
      .executeTakeFirstOrThrow()
    expect((last.ended_at?.getTime() ?? 0) - last.started_at.getTime()).toBe(600_000)
  })

  test('after forty minutes away: who is still in the huddle is asked about the time, who is not checks in', async () => {
    const { ben, chae, channel, house, slack } = stage
    await chae.slash(channel, '/focus', 'room join "Deep work"')
    for (const one of [ben, chae]) {
      await one.huddle(true)
      await until(one, 'huddle')
    }
    await ben.huddle(false, true)
    slack.cutSockets('all')
    await house.clock.jump('40m')
    await slack.until(() => slack.openSockets() >= 2)
    await house.clock.advance('11s')
    await until(ben, 'check-in')
    await until(chae, 'huddle')
    await house.settle()
    await slack.until(() => chae.dm().messages.some((message) => textOf(message).includes('[계속 집중했어요]')))
    expect(ben.dm().messages.filter((message) => textOf(message).includes('[I kept focusing]'))).toEqual([])
    await chae.huddle(false)
    await chae.slash(channel, '/focus', 'room leave')
  })

  test('a huddle whose end Slack never told is asked about', async () => {
    const { ben, house } = stage
    await ben.huddle(true)
    await until(ben, 'huddle')
    await ben.huddle(false, true)
    await house.clock.advance('10m')
    await expect.poll(() => isAway(ben)).toBe(true)
    await house.clock.advance('2m')
    await until(ben, 'check-in')
  })

  test('two silent breaks end the presence at the last sign, and "I was here" counts it as their own word, once', async () => {
    const { ada, chae, channel, house, slack } = stage
    await ada.slash(channel, '/focus', 'timer stop sure:yes')
    await ada.huddle(true)
    await chae.slash(channel, '/focus', 'room join "Deep work"')
    await ada.slash(channel, '/focus', 'timer start')
    const said = () => chae.dm().messages.find((message) => textOf(message).includes('[계속 있었어요]')) ?? null
    await house.clock.advance('60m')
    await slack.until(() => said() !== null)
    expect(await evidenceOf(chae)).toBeNull()
    expect(await counted(chae)).toEqual([])
    const asked = said()
    if (!asked) throw new Error('nobody was told')
    expect((await chae.press(asked, '계속 있었어요')).text).toContain('50분')
    await chae.press(asked, '계속 있었어요')
    await slack.until(() => chae.dm().messages.some((message) => textOf(message).includes('이미 답해서')))
    expect(await counted(chae)).toEqual([{ seconds: 3000, result: null }])
  })

  test('in a private room, which says nothing in a channel, those who were silent are asked alone', async () => {
    const { ada, chae, channel, house, slack } = stage
    await ada.slash(channel, '/focus', 'room close sure:yes')
    await ada.slash(channel, '/focus', 'room create Nook private:yes')
    await ada.slash(channel, '/focus', 'room invite @chae')
    await chae.slash(channel, '/focus', 'room join Nook')
    const asked = () => chae.dm().messages.find((message) => textOf(message).includes('[다 했어요]')) ?? null
    await house.clock.advance('25m')
    await slack.until(() => asked() !== null)
    const message = asked()
    if (!message) throw new Error('nobody was asked')
    // An achievement may be told before the answer comes.
    const counts = () => chae.dm().messages.filter((one) => textOf(one).includes('25분')).length
    const before = counts()
    await chae.press(message, '다 했어요')
    await slack.until(() => counts() > before)
    expect(question()).toBeNull()
    await ada.slash(channel, '/focus', 'room close sure:yes')
    await ada.slash(channel, '/focus', 'room create "Deep work"')
  })

  test('in voice on Discord and in a huddle at once they earn once', async () => {
    const { ada, ben, channel, house } = stage
    const person = await idOf(ben)
    await ada.slash(channel, '/focus', 'timer stop sure:yes')
    await ben.slash(channel, '/focus', 'room join "Deep work"')
    const before = (await counted(ben)).length
    const { id } = await house.app.db.selectFrom('room').select('id').where('is_active', '=', true).executeTakeFirstOrThrow()
    await house.app.write('clock', null, async (tx) => {
      const at = { user_id: person, platform: 'discord', display_name: 'Ben', created_at: tx.now, home_opened_at: null } as const
      await tx.db
        .insertInto('identity')
        .values({ ...at, external_id: '4242', locale: null, timezone: null })
        .execute()
      const workspace = await installWorkspace(tx, { platform: 'discord', externalId: '4194304000', name: 'Server' })
      await appear(tx, { person, room: id, evidence: 'voice', workspace, channel: '777' })
    })
    await ada.slash(channel, '/focus', 'timer start')
    await ben.huddle(true)
    await house.clock.advance('25m')
    expect(await evidenceOf(ben)).toBe('voice')
    expect((await counted(ben)).slice(before)).toEqual([{ seconds: 1500, result: null }])
  })
})
