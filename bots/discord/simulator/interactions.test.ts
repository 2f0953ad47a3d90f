import { DiscordAPIError, type Interaction, MessageFlags } from 'discord.js'
import { afterEach, describe, expect, test } from 'vitest'
import { textOf } from './index.ts'
import { type Stage, stage } from './testing.ts'

let opened: Stage | undefined
afterEach(async () => {
  await opened?.leave()
  opened = undefined
})

const scene = async (perform: (interaction: Interaction) => Promise<unknown>) => {
  opened = await stage(perform)
  const { discord, client } = opened
  const ada = discord.addUser({ name: 'Ada' })
  const chae = discord.addUser({ name: 'Chae', locale: 'ko' })
  const guild = discord.addGuild({ name: 'Home', owner: ada })
  guild.addMember(chae)
  const lobby = guild.addChannel({ name: 'lobby' })
  const faults: unknown[] = []
  client.on('error', (error) => faults.push(error))
  return { discord, client, ada, chae, guild, lobby, faults }
}

describe('slash commands', () => {
  test('a reply is read by everybody there, with the options as typed', async () => {
    const { ada, chae, lobby } = await scene(async (interaction) => {
      if (!interaction.isChatInputCommand()) return
      await interaction.reply(
        `${interaction.options.getString('name')} for ${interaction.options.getInteger('focus')} (${interaction.locale})`,
      )
    })
    const answer = await ada.slash(lobby, '/room create', { name: 'Deep work', focus: 50 })
    expect(answer).toMatchObject({ kind: 'message', ephemeral: false, text: 'Deep work for 50 (en-US)' })
    expect(chae.sees(lobby).map(textOf)).toEqual(['Deep work for 50 (en-US)'])
    const korean = await chae.slash(lobby, '/방 만들기', { name: '집중', focus: 25 })
    expect(korean.text).toBe('집중 for 25 (ko)')
  })

  test('a private reply is seen by one', async () => {
    const { ada, chae, lobby } = await scene(
      async (interaction) => interaction.isRepliable() && interaction.reply({ content: 'Only you', flags: MessageFlags.Ephemeral }),
    )
    const answer = await ada.slash(lobby, '/room create', {})
    expect(answer.ephemeral).toBe(true)
    expect(ada.sees(lobby)).toHaveLength(1)
    expect(chae.sees(lobby)).toHaveLength(0)
  })

  test('a deferral is filled in later; a public one can be deleted and followed by a private message', async () => {
    const { ada, chae, lobby } = await scene(async (interaction) => {
      if (!interaction.isChatInputCommand()) return
      await interaction.deferReply()
      if (interaction.options.getString('name')) return interaction.editReply('Done')
      await interaction.deleteReply()
      return interaction.followUp({ content: 'Not you', flags: MessageFlags.Ephemeral })
    })
    const first = await ada.slash(lobby, '/room create', { name: 'x' })
    expect(first.kind).toBe('deferred')
    expect((await first.finished()).text).toBe('Done')
    const second = await ada.slash(lobby, '/room create', {})
    expect((await second.finished()).kind).toBe('deleted')
    expect(textOf(await second.followedUp())).toBe('Not you')
    expect(chae.sees(lobby).map(textOf)).toEqual(['Done'])
  })

  test('what Discord would not send is not sent', async () => {
    const { ada, chae, lobby } = await scene(async () => {})
    await expect(ada.slash(lobby, '/room paint')).rejects.toThrow('no subcommand paint')
    await expect(ada.slash(lobby, '/timer start')).rejects.toThrow('no command /timer')
    await expect(ada.slash(lobby, '/room create', { focus: 'long' })).rejects.toThrow('takes a integer')
    await expect(ada.slash(lobby, '/room create', { focus: 500 })).rejects.toThrow('between 1 and 180')
    await expect(ada.slash(lobby, '/room join')).rejects.toThrow('needs room')
    await expect(chae.slash(lobby, '/setup')).rejects.toThrow('no command /setup')
  })

  test('people in options come with their membership, permissions with the person', async () => {
    const { ada, chae, lobby } = await scene(async (interaction) => {
      if (!interaction.isChatInputCommand()) return
      await interaction.reply({
        content: `${interaction.options.getUser('with')?.displayName} ${interaction.memberPermissions?.has('ManageGuild')} ${interaction.appPermissions.has('SendMessages')}`,
      })
    })
    expect((await ada.slash(lobby, '/room create', { with: chae })).text).toBe('Chae true true')
    expect((await chae.slash(lobby, '/room create', { with: ada })).text).toBe('Ada false true')
  })

  test('silence ends after three seconds, and a late or second answer is refused', async () => {
    const codes: unknown[] = []
    const noted = (error: unknown) => codes.push(error instanceof DiscordAPIError ? error.code : error)
    const { ada, lobby, discord } = await scene(async (interaction) => {
      if (!interaction.isChatInputCommand()) return
      if (interaction.options.getString('name') === 'twice') {
        await interaction.reply('one')
        interaction.replied = false
        return interaction.reply('two').catch(noted)
      }
      return new Promise((resolve) => setTimeout(resolve, 3050)).then(() => interaction.reply('late').catch(noted))
    })
    await ada.slash(lobby, '/room create', { name: 'twice' })
    await expect(ada.slash(lobby, '/room create', { name: 'late' })).rejects.toThrow('The application did not respond')
    await expect.poll(() => codes).toEqual([40060, 10062])
    expect(discord.requests.filter(({ path }) => path.endsWith('/callback')).map(({ status }) => status)).toEqual([204, 400, 404])
  })
})

describe('components and forms', () => {
  const row = (...components: object[]) => ({ type: 1, components })
  const button = (custom_id: string, label: string) => ({ type: 2, style: 1, custom_id, label })

  test('a button updates its message, a select and a form come back filled in', async () => {
    const { ada, chae, lobby } = await scene(async (interaction) => {
      if (interaction.isChatInputCommand())
        return interaction.reply({
          content: 'Panel',
          components: [
            row(button('join', 'Join'), button('edit', 'Edit')),
            row({ type: 3, custom_id: 'length', options: [{ label: '25 min', value: '25' }] }),
          ],
        })
      if (interaction.isButton() && interaction.customId === 'join')
        return interaction.update({ content: `Joined: ${interaction.user.displayName}` })
      if (interaction.isButton())
        return interaction.showModal({
          custom_id: 'form',
          title: 'Settings',
          components: [
            { type: 18, label: 'Name', component: { type: 4, custom_id: 'name', style: 1, value: 'Old' } },
            { type: 18, label: 'Length', component: { type: 3, custom_id: 'minutes', options: [{ label: '50 min', value: '50' }] } },
          ],
        })
      if (interaction.isStringSelectMenu()) return interaction.reply(`${interaction.values} min`)
      if (interaction.isModalSubmit())
        return interaction.reply(`${interaction.fields.getTextInputValue('name')} ${interaction.fields.getStringSelectValues('minutes')}`)
      return undefined
    })
    const panel = await ada.slash(lobby, '/room create')
    expect((await chae.press(panel, 'Join')).text).toContain('Joined: Chae')
    expect(panel.text).toBe('Joined: Chae\n[Join] [Edit]\n[: 25 min]')
    expect((await ada.select(panel, 'length', ['25 min'])).text).toBe('25 min')
    const form = await ada.press(panel, 'Edit')
    expect(form).toMatchObject({ kind: 'modal', text: 'Settings\nName: Old\nLength: ' })
    expect((await ada.submit(form, { Name: 'New', minutes: ['50'] })).text).toBe('New 50')
    await expect(ada.submit(form, { Title: 'New' })).rejects.toThrow('no field Title')
    await expect(ada.press(panel, 'Stop')).rejects.toThrow('No button Stop')
  })

  test('autocomplete and the user menu', async () => {
    const { ada, chae, lobby } = await scene(async (interaction) => {
      if (interaction.isAutocomplete()) return interaction.respond([{ name: `${interaction.options.getFocused()}p work`, value: '1' }])
      if (interaction.isUserContextMenuCommand()) return interaction.reply(interaction.targetUser.displayName)
      return undefined
    })
    expect((await ada.autocomplete(lobby, '/room join', { room: 'dee' })).choices).toEqual([{ name: 'deep work', value: '1' }])
    expect((await ada.userMenu(lobby, 'Profile', chae)).text).toBe('Chae')
  })

  test('a press can be deferred and its message edited, pictures come with private answers', async () => {
    const { ada, lobby } = await scene(async (interaction) => {
      if (interaction.isChatInputCommand())
        return interaction.reply({
          flags: MessageFlags.Ephemeral | MessageFlags.IsComponentsV2,
          files: [{ attachment: Buffer.from('png'), name: 'week.png' }],
          components: [
            { type: 12, items: [{ media: { url: 'attachment://week.png' }, description: 'My week' }] },
            row(button('again', 'Again')),
          ],
        })
      if (!interaction.isButton()) return undefined
      await interaction.deferUpdate()
      return interaction.editReply({ components: [{ type: 10, content: 'Drawn again' }] })
    })
    const picture = await ada.slash(lobby, '/room create')
    expect(picture).toMatchObject({ ephemeral: true, text: '(picture: My week)\n[Again]' })
    const again = await ada.press(picture, 'Again')
    expect(again.kind).toBe('deferred')
    expect((await again.finished()).text).toBe('Drawn again')
    expect(ada.sees(lobby)).toHaveLength(1)
  })

  test('direct messages with the bot take commands too', async () => {
    const { ada } = await scene(
      async (interaction) => interaction.isRepliable() && interaction.reply(`${interaction.inGuild()} ${interaction.context}`),
    )
    expect((await ada.slash(ada.directMessages(), '/room create')).text).toBe('false 1')
  })

  test('a form is no answer to a form', async () => {
    const codes: unknown[] = []
    const modal = {
      custom_id: 'form',
      title: 'T',
      components: [{ type: 18, label: 'L', component: { type: 4, custom_id: 'a', style: 1, required: false } }],
    }
    const { ada, lobby, client } = await scene(async (interaction) => {
      if (interaction.isChatInputCommand()) return interaction.showModal(modal)
      if (!interaction.isModalSubmit()) return
      await client.rest
        .post(`/interactions/${interaction.id}/${interaction.token}/callback`, { auth: false, body: { type: 9, data: modal } })
        .catch((error: unknown) => codes.push(error instanceof DiscordAPIError ? error.code : error))
      return interaction.reply('Sent')
    })
    expect((await ada.submit(await ada.slash(lobby, '/room create'))).text).toBe('Sent')
    expect(codes).toEqual([50035])
  })
})
