import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import type { Caller } from '../../commands/perform.ts'
import { studyHall } from '../../testing/cast.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { roomNameFrom } from './room.ts'

describe('the name of a room', () => {
  test.each([
    ['  Deep\n work ', 'Deep work'],
    ['cafe\u0301', 'café'],
    ['Deep\u200bwork', 'Deepwork'],
    ['\u202eknil', 'knil'],
    ['👩\u200d💻', '👩\u200d💻'],
    ['\u2067\u200b', null],
    ['😀'.repeat(101), '😀'.repeat(100)],
  ])('of %j is %j', (typed, kept) => {
    expect(roomNameFrom(typed)).toBe(kept)
  })
})

describe('a room that nobody named', () => {
  let house: House
  beforeEach(async () => {
    house = await openHouse()
  })
  afterEach(() => house.close())

  const called = (externalId: string, displayName: string): Caller => ({
    sighting: { platform: 'discord', externalId, displayName, locale: 'en', timezone: null },
    workspace: { platform: 'discord', externalId: '900', name: 'The Library', role: 'member' },
  })

  it('has the whole of a long name', async () => {
    const name = `a${'😀'.repeat(79)}`
    expect(await house.says(called('1', name), 'room create', studyHall)).toContain(`${name}’s room`)
  })
  it('is free for names whose small letters depend on where they stand', async () => {
    const answers = []
    for (const id of ['1', '2']) answers.push(await house.says(called(id, 'ΝΙΚΟΣ'), 'room create', studyHall))
    expect(answers.map((answer) => answer.split('’')[0])).toEqual(['ΝΙΚΟΣ', 'ΝΙΚΟΣ'])
    expect(await house.says(called('1', 'ΝΙΚΟΣ'), 'room invite @ΝΙΚΟΣ2', studyHall)).toContain('is invited')
    expect(await house.says(called('1', 'ΝΙΚΟΣ'), 'room kick @ΝΙΚΟΣ', studyHall)).toContain('The host stays.')
  })
  it('is refused to no namesake, also of two at once', async () => {
    const answers = await Promise.all(['1', '2', '3'].map((id) => house.does(called(id, 'Ada'), 'room create', {}, studyHall)))
    expect(answers.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done'])
  })
})
