import { type Client, DiscordAPIError, type GuildTextBasedChannel, MessageFlags } from 'discord.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Channel, type Discord, type GuildHandle, type Person, startDiscord, textOf } from './index.ts'
import { connect } from './testing.ts'

let discord: Discord
let client: Client<true>
let ada: Person
let guild: GuildHandle
let lobby: Channel
let now = Date.now()

beforeEach(async () => {
  now = Date.now()
  discord = await startDiscord({ now: () => now })
  ada = discord.addUser({ name: 'Ada' })
  guild = discord.addGuild({ name: 'Home', owner: ada })
  lobby = guild.addChannel({ name: 'lobby' })
  client = await connect(discord)
})
afterEach(async () => {
  await client.destroy()
  await discord.stop()
})

const channelOf = (channel: Channel): GuildTextBasedChannel => {
  const found = client.channels.cache.get(channel.id)
  if (!found?.isTextBased() || found.isDMBased()) throw new Error(`${channel.name} is not there`)
  return found
}
const codeOf = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => 'accepted',
    (error: unknown) => (error instanceof DiscordAPIError ? error.code : error),
  )
const v2 = (...components: object[]) => ({ flags: MessageFlags.IsComponentsV2, components }) as const
const text = (content: string) => ({ type: 10, content })
const button = (custom_id: string) => ({ type: 2, style: 1, custom_id, label: custom_id })

describe('messages', () => {
  test('are written, edited, pinged and deleted; files get an address that works', async () => {
    const sent = await channelOf(lobby).send({
      content: `Hello <@${ada.id}> @everyone`,
      allowedMentions: { users: [ada.id] },
      files: [{ attachment: Buffer.from('png'), name: 'chart.png' }],
    })
    const [message] = ada.sees(lobby)
    expect(message?.pings).toEqual({ users: [ada.id], roles: [], everyone: false })
    expect(ada.pingedIn(lobby)).toHaveLength(1)
    expect(await (await fetch(sent.attachments.first()?.url ?? '')).text()).toBe('png')
    await sent.edit('Changed')
    expect(ada.sees(lobby).map(textOf)).toEqual(['Changed'])
    await sent.delete()
    expect(ada.sees(lobby)).toEqual([])
    expect(await codeOf(sent.edit('Again'))).toBe(10008)
  })

  test('the same enforced nonce is the same message', async () => {
    const once = { content: 'Once', nonce: 'n1', enforceNonce: true }
    const [first, second] = [await channelOf(lobby).send(once), await channelOf(lobby).send(once)]
    expect(second.id).toBe(first.id)
    expect(ada.sees(lobby)).toHaveLength(1)
    now += 4 * 60_000
    expect((await channelOf(lobby).send(once)).id).not.toBe(first.id)
  })

  test('Components V2 are read back as text', async () => {
    const body = v2({
      type: 17,
      accent_color: 0xff0000,
      components: [text('# Deep work'), { type: 14 }, { type: 1, components: [button('Join'), button('Leave')] }],
    })
    await client.rest.post(`/channels/${lobby.id}/messages`, { body })
    expect(ada.sees(lobby).map(textOf)).toEqual(['# Deep work\n---\n[Join] [Leave]'])
  })

  test.each([
    ['content beside Components V2', { ...v2(text('a')), content: 'b' }],
    ['a section without the flag', { components: [text('a')] }],
    ['six buttons in a row', v2({ type: 1, components: Array.from({ length: 6 }, (_, at) => button(`b${at}`)) })],
    ['a custom id twice', v2({ type: 1, components: [button('a'), button('a')] })],
    ['a custom id of 101 characters', v2({ type: 1, components: [button('a'.repeat(101))] })],
    ['41 components', v2(...Array.from({ length: 20 }, () => ({ type: 17, components: [text('a')] })), text('a'))],
    ['4001 characters of text', v2(text('a'.repeat(4000)), text('b'))],
    [
      '26 options',
      v2({
        type: 1,
        components: [{ type: 3, custom_id: 's', options: Array.from({ length: 26 }, (_, at) => ({ label: 'o', value: `${at}` })) }],
      }),
    ],
    ['a picture that was not sent', v2({ type: 12, items: [{ media: { url: 'attachment://none.png' } }] })],
    ['2001 characters', { content: 'a'.repeat(2001) }],
    ['a nonce of 26 characters', { content: 'a', nonce: 'n'.repeat(26) }],
    ['two ways to allow mentions', { content: 'a', allowed_mentions: { parse: ['users'], users: ['1'] } }],
  ])('%s is refused', async (_, body) => {
    expect(await codeOf(client.rest.post(`/channels/${lobby.id}/messages`, { body }))).toBe(50035)
    expect(ada.sees(lobby)).toEqual([])
  })
})

describe('permissions', () => {
  test('a hidden channel, a silent one, a gone one, a private inbox', async () => {
    const hidden = guild.addChannel({ name: 'hidden', overwrites: [{ for: 'everyone', deny: ['ViewChannel'] }] })
    const silent = guild.addChannel({ name: 'silent', overwrites: [{ for: 'everyone', deny: ['SendMessages'] }] })
    const post = (id: string) => codeOf(client.rest.post(`/channels/${id}/messages`, { body: { content: 'a' } }))
    expect([await post(hidden.id), await post(silent.id), await post('123456789012345678')]).toEqual([50001, 50013, 10003])
    const shy = discord.addUser({ name: 'Shy', acceptsDirectMessages: false })
    guild.addMember(shy)
    expect(await codeOf(shy ? client.users.send(shy.id, 'Hi') : Promise.resolve())).toBe(50007)
    await client.users.send(ada.id, 'Hi')
    expect(ada.sees(ada.directMessages()).map(textOf)).toEqual(['Hi'])
  })

  test('the voice status needs its permission, and Manage Channels from outside', async () => {
    const study = guild.addChannel({ name: 'Study', type: 'voice' })
    const set = () => codeOf(client.rest.put(`/channels/${study.id}/voice-status`, { body: { status: 'Focus' } }))
    guild.setBotPermissions(['SetVoiceChannelStatus'])
    expect(await set()).toBe(50013)
    guild.setBotPermissions(['SetVoiceChannelStatus', 'ManageChannels'])
    expect(await set()).toBe('accepted')
    expect(study.status).toBe('Focus')
  })
})

describe('commands', () => {
  const put = (body: unknown) => codeOf(client.rest.put(`/applications/${discord.applicationId}/commands`, { body }))
  const option = (name: string, more: object = {}) => ({ type: 3, name, description: 'd', ...more })

  test.each([
    ['capitals', [{ name: 'Room', description: 'd' }]],
    ['no description', [{ name: 'room' }]],
    ['required after optional', [{ name: 'room', description: 'd', options: [option('a'), option('b', { required: true })] }]],
    ['26 options', [{ name: 'room', description: 'd', options: Array.from({ length: 26 }, (_, at) => option(`o${at}`)) }]],
    ['an unknown locale', [{ name: 'room', description: 'd', name_localizations: { kr: '방' } }]],
    [
      'more than 8000 characters',
      [
        {
          name: 'room',
          description: 'd',
          options: Array.from({ length: 25 }, (_, at) => ({
            type: 1,
            name: `s${at}`,
            description: 'd'.repeat(100),
            options: Array.from({ length: 3 }, (_, of) => option(`o${of}`, { description: 'd'.repeat(90) })),
          })),
        },
      ],
    ],
    ['101 commands', Array.from({ length: 101 }, (_, at) => ({ name: `c${at}`, description: 'd' }))],
    [
      'the same name twice',
      [
        { name: 'a', description: 'd' },
        { name: 'a', description: 'd' },
      ],
    ],
  ])('%s is refused', async (_, body) => {
    expect(await put(body)).toBe(50035)
    expect(discord.commands).toEqual([])
  })

  test('a list replaces the one before and keeps ids', async () => {
    await client.application.commands.set([{ name: 'a', description: 'd' }])
    const [before] = discord.commands
    await client.application.commands.set([{ name: 'a', description: 'e', nameLocalizations: { ko: '가' } }])
    expect(discord.commands).toMatchObject([{ id: before?.id, description: 'e', name_localizations: { ko: '가' } }])
    expect((await client.application.commands.fetch({ withLocalizations: true })).first()?.nameLocalizations).toEqual({ ko: '가' })
  })
})

describe('limits and faults', () => {
  const raw = (content: string) =>
    fetch(`${discord.apiUrl}/v10/channels/${lobby.id}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ content }),
    })

  test('the sixth message in five seconds is one too many, until they are over', async () => {
    const statuses = []
    for (let sent = 0; sent < 6; sent += 1) statuses.push((await raw('a')).status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
    now += 2000
    const refused = await raw('b')
    expect(refused.headers.get('retry-after')).toBe('3')
    expect(await refused.json()).toMatchObject({ retry_after: 3, global: false })
    now += 3000
    expect((await raw('c')).headers.get('x-ratelimit-remaining')).toBe('4')
  })

  test('fifty requests a second for the whole bot', async () => {
    const get = (at: number) =>
      fetch(`${discord.apiUrl}/v10/channels/${10 ** 17 + at * 1000}`, { headers: { authorization: `Bot ${discord.token}` } })
    now += 2000
    const answers = await Promise.all(Array.from({ length: 51 }, (_, at) => get(at)))
    expect(answers.filter((answer) => answer.status === 429).map((answer) => answer.headers.get('x-ratelimit-global'))).toEqual(['true'])
  })

  test('discord.js waits out a 429 and tries a 500 and a cut connection again', async () => {
    discord.faults.failNext(1, 429)
    discord.faults.failNext(1, 500)
    discord.faults.failNext(1, 'cut')
    await channelOf(lobby).send('Through')
    expect(discord.requests.slice(-4).map(({ status }) => status)).toEqual([429, 500, 0, 200])
    expect(ada.sees(lobby).map(textOf)).toEqual(['Through'])
  })

  test('a lost answer was done all the same: only the nonce keeps it single', async () => {
    discord.faults.failNext(1, 'lost')
    await channelOf(lobby).send({ content: 'Single', nonce: 'one', enforceNonce: true })
    expect(ada.sees(lobby)).toHaveLength(1)
    discord.faults.failNext(1, 'lost')
    await channelOf(lobby).send({ content: 'Double' })
    expect(ada.sees(lobby)).toHaveLength(3)
  })
})
