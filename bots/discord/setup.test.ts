import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, type Stage, until } from './testing/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
  const owners = stage.guild.addRole({ name: 'Owners', permissions: ['ManageGuild'] })
  stage.guild.addRole({ name: 'Readers', permissions: [] })
  stage.guild.setRoles(stage.mo, [owners])
})
afterAll(() => stage.close())

const settings = () => stage.house.app.db.selectFrom('workspace').selectAll().where('platform', '=', 'discord').executeTakeFirstOrThrow()

/** The part of the setup form with this name, opened from the setup screen. */
async function part(name: string) {
  const { mo, general } = stage
  const shown = await mo.slash(general, 'setup')
  expect(shown.ephemeral).toBe(true)
  const parts = await mo.press(shown, 'Change')
  expect(parts.ephemeral).toBe(true)
  const form = await mo.press(parts, name)
  expect(form.kind).toBe('modal')
  return form
}

test('is refused to those without Manage Server', async () => {
  const answer = await stage.ada.slash(stage.general, 'setup')
  expect(answer.ephemeral).toBe(true)
  expect(answer.text).toContain('Only admins')
})

test('shows what holds, and each permission that is missing', async () => {
  const { mo, general, guild } = stage
  expect((await mo.slash(general, 'setup')).text).toContain('Setup of The Library')
  guild.overwrite(general, [{ for: 'everyone', deny: ['AttachFiles'] }])
  const shown = await mo.slash(general, 'setup')
  expect(shown.text).toContain('Attach Files is missing')
  expect(shown.text).not.toContain('Send Messages is missing')
  guild.overwrite(general, [])
})

test('its form comes in parts of at most five fields, and keeps channels and roles that were chosen', async () => {
  const { mo, general, guild } = stage
  await mo.submit(await part('Language, time and news'), { language: 'en', announce: [general.id] })
  expect(await settings()).toMatchObject({ locale: 'en', announcement_channel: general.id })
  const readers = guild.role('Readers')
  await mo.submit(await part('Who opens rooms, and where'), { creators: 'roles', creator_roles: [readers.id], room_channels: [general.id] })
  expect(await settings()).toMatchObject({
    room_creators: 'roles',
    creator_roles: [readers.id],
    room_channels: [general.id],
    announcement_channel: general.id,
  })
})

test('roles that Discord tells with a command open rooms, others do not', async () => {
  const { ada, ben, general, guild, house } = stage
  guild.setRoles(ben, [guild.role('Readers')])
  expect((await ada.slash(general, 'room create')).text).toContain('Only certain roles open rooms here')
  await ben.slash(general, 'room create')
  await until(async () => (await house.app.db.selectFrom('room').select('id').execute()).length === 1, 'the one with the role has a room')
})

test('a list that is emptied in the form is emptied', async () => {
  const { mo } = stage
  await mo.submit(await part('Who opens rooms, and where'), { creators: 'everyone', creator_roles: [], room_channels: [] })
  expect(await settings()).toMatchObject({ room_creators: 'everyone', creator_roles: [], room_channels: [] })
})

test('a channel that lets us in no longer becomes a fault that diagnose names, until the room speaks there again', async () => {
  const { ben, general, guild, house } = stage
  const faults = () => house.app.db.selectFrom('standing_fault').selectAll().where('resolved_at', 'is', null).execute()
  const stirs = async () => {
    await ben.slash(general, 'timer pause')
    await ben.slash(general, 'timer resume')
    await house.settle()
  }
  guild.overwrite(general, [{ for: 'everyone', deny: ['SendMessages'] }])
  await stirs()
  await until(async () => (await faults()).length > 0, 'the line that could not be said is a fault')
  expect(await faults()).toMatchObject([{ kind: 'permission', deed: 'line', channel: general.id }])
  const shown = await ben.slash(general, 'diagnose')
  expect(shown.ephemeral).toBe(true)
  expect(shown.text).toContain(`I may not write in <#${general.id}>`)
  expect(shown.text).toContain('Send Messages is missing')
  guild.overwrite(general, [])
  await stirs()
  await until(async () => (await faults()).length === 0, 'a line that was said resolves it')
})
