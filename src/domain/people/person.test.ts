import { describe, expect, test } from 'vitest'
import { displayNameFrom, isTimezone, usernameFrom } from './person.ts'

describe('a name as others read it', () => {
  test.each([
    ['  Ada\n Lovelace ', 'Ada Lovelace'],
    ['\u202ekcatta', 'kcatta'],
    ['\u200b', 'Somebody'],
    ['', 'Somebody'],
    ['😀', '😀'],
    ['😀'.repeat(90), '😀'.repeat(80)],
  ])('of %j is %j', (told, kept) => {
    expect(displayNameFrom(told)).toBe(kept)
  })
})

describe('a username', () => {
  test.each([
    ['Ada Lovelace', 'Ada.Lovelace'],
    ['지민', '지민'],
    ['Ａｄａ', 'Ada'],
    ['😀', 'friend'],
    ['J', 'Jfriend'],
    ['Everyone', 'Everyonefriend'],
    ['@here', 'herefriend'],
    ['ａｄｍｉｎ', 'adminfriend'],
    ['..channel..', 'channelfriend'],
    ['x'.repeat(80), 'x'.repeat(44)],
  ])('of %j is %j', (name, made) => {
    expect(usernameFrom(name)).toBe(made)
  })
})

test.each([
  ['Asia/Seoul', true],
  ['UTC', true],
  ['+09:00', false],
  ['Seoul', false],
  ['', false],
])('%j is a time zone: %s', (name, is) => {
  expect(isTimezone(name)).toBe(is)
})
