import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Locale } from '../src/locales/text.ts'
import type { Reader } from '../src/locales/write.ts'
import { samples } from '../src/testing/samples.ts'
import { completionsOf } from './completions.ts'

const readerOf = (locale: Locale): Reader => ({
  locale,
  timezone: 'UTC',
  now: new Date('2026-03-02T12:00:00Z'),
  people: new Map(),
  web: null,
})
const rooms = async () => [{ label: 'Deep work', value: 'Deep work' }]
const goingOn = async (line: string, locale: Locale = 'en') =>
  (await completionsOf(line, samples, readerOf(locale), rooms)).map(({ value }) => value)

describe('how a console line may go on', () => {
  it('begins with commands, in the language of the person or of the line', async () => {
    expect(await goingOn('room c')).toEqual(['room create '])
    expect(await goingOn('방 만')).toEqual(['방 만들기 '])
    expect(await goingOn('', 'ko')).toContain('방 들어가기 ')
  })

  it('does not offer commands that only buttons reach', async () => {
    expect(await goingOn('room k')).toEqual([])
  })

  it('goes on with the options that are not given yet', async () => {
    expect(await goingOn('room create focus:50 ')).toEqual([
      'room create focus:50 name:',
      'room create focus:50 capacity:',
      'room create focus:50 private:',
      'room create focus:50 control:',
    ])
    expect(await goingOn('방 만들기 집')).toEqual(['방 만들기 집중:'])
  })

  it('knows the values of choices and yes and no', async () => {
    expect(await goingOn('room create control:v')).toEqual(['room create control:vote '])
    expect(await goingOn('room create private:')).toEqual(['room create private:yes ', 'room create private:no '])
    expect(await goingOn('방 만들기 조작권한:투')).toEqual(['방 만들기 조작권한:투표로 '])
  })

  it('puts a value with spaces in quotes', async () => {
    expect(await goingOn('room join D')).toContain('room join "Deep work" ')
  })

  it('answers any line, at most twelve times', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.string().map((rest) => `room create ${rest}`),
        ),
        async (line) => {
          expect((await goingOn(line)).length).toBeLessThanOrEqual(12)
        },
      ),
    )
  })
})
