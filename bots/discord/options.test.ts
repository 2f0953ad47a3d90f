import { ApplicationCommandOptionType as Type } from 'discord.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rawFrom, type TypedOption } from './options.ts'

const user = { id: '7', username: 'ben', globalName: 'Ben' }

describe('the options of a slash command', () => {
  test('of a subcommand become arguments', () => {
    const options = [
      { name: 'name', type: Type.String, value: 'Deep <@7> work' },
      { name: 'focus', type: Type.Integer, value: 50 },
      { name: 'private', type: Type.Boolean, value: false },
      { name: 'user', type: Type.User, value: '7', user },
    ]
    expect(rawFrom([{ name: 'create', type: Type.Subcommand, options }])).toEqual({
      name: 'Deep <@7> work',
      focus: 50,
      private: false,
      user: { external: '7', displayName: 'Ben' },
    })
  })

  test('that Discord did not resolve keep the id', () => {
    expect(rawFrom([{ name: 'user', type: Type.User, value: '7' }])).toEqual({ user: { external: '7' } })
  })

  test('of any shape are taken without a crash', () => {
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.boolean(), fc.constant(undefined))
    const person = fc.record({ id: fc.string(), username: fc.string(), globalName: fc.option(fc.string()) })
    const leaf = fc.record({
      name: fc.string(),
      type: fc.constantFrom(Type.String, Type.Integer, Type.User, Type.Boolean, Type.Channel),
      value,
      user: fc.option(person),
    })
    const option: fc.Arbitrary<TypedOption> = fc.oneof(
      leaf,
      fc.record({ name: fc.string(), type: fc.constant(Type.Subcommand), options: fc.array(leaf) }),
    )
    fc.assert(
      fc.property(fc.array(option), (options) => {
        for (const raw of Object.values(rawFrom(options))) expect(raw).not.toBeUndefined()
      }),
    )
  })
})
