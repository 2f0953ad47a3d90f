import { beforeEach, describe, expect, it } from 'vitest'
import { type VoiceStates, voiceStates } from './voice-states.ts'

const user = (id: string, bot = false) => ({
  id,
  username: `user${id}`,
  global_name: `Person ${id}`,
  discriminator: '0',
  avatar: null,
  bot,
})
const state = (account: string, channel: string | null, more: object = {}) => ({
  guild_id: '1',
  user_id: account,
  channel_id: channel,
  session_id: 's',
  deaf: false,
  mute: false,
  self_deaf: false,
  self_mute: false,
  self_video: false,
  suppress: false,
  request_to_speak_timestamp: null,
  member: { user: user(account) },
  ...more,
})
const server = (sitting: readonly object[] = [], members: readonly object[] = []) => ({ id: '1', voice_states: sitting, members })

let states: VoiceStates
let sequence = 0
function hear(t: string, d: unknown, s?: number) {
  sequence += 1
  return states.hear({ t, s: s ?? sequence, d }, 0)
}
const where = () => states.sitting(0).map(({ account, channel }) => `${account} in ${channel}`)

beforeEach(() => {
  states = voiceStates()
  sequence = 0
  hear('READY', { guilds: [{ id: '1' }, { id: '2' }] })
  hear('GUILD_CREATE', server())
})

describe('what the gateway says of voice', () => {
  it('is who sits where, with names, and of bots that they are', () => {
    expect(states.unseen(0)).toEqual(['2'])
    hear('VOICE_STATE_UPDATE', state('7', '70', { self_video: true, self_stream: true, deaf: true }))
    expect(hear('VOICE_STATE_UPDATE', state('8', '70', { member: { user: user('8', true) } }))).toMatchObject({ person: { isBot: true } })
    expect(states.find('1', '7')).toMatchObject({
      name: 'Person 7',
      isBot: false,
      details: ['camera', 'screen', 'deafened'],
      entered: true,
    })
    expect(where()).toEqual(['7 in 70', '8 in 70'])
  })

  it('says nothing new where it comes twice, late, or of what nobody records', () => {
    const first = state('7', '70')
    expect(hear('VOICE_STATE_UPDATE', first, 10)).not.toBeNull()
    expect(hear('VOICE_STATE_UPDATE', first, 10)).toBeNull()
    expect(hear('VOICE_STATE_UPDATE', state('7', '71'), 12)).not.toBeNull()
    expect(hear('VOICE_STATE_UPDATE', first, 10)).toBeNull()
    expect(hear('VOICE_STATE_UPDATE', state('7', '71', { self_mute: true }), 13)).toBeNull()
    expect(hear('VOICE_STATE_UPDATE', state('7', '71', { mute: true }), 14)).not.toBeNull()
    expect(where()).toEqual(['7 in 71'])
  })

  it('is over with the leave: a doubled word of before seats nobody again', () => {
    hear('VOICE_STATE_UPDATE', state('7', '70'), 10)
    const leave = hear('VOICE_STATE_UPDATE', state('7', null), 11)
    if (leave !== null && 'person' in leave) states.told(leave.person)
    expect(hear('VOICE_STATE_UPDATE', state('7', '70'), 10)).toBeNull()
    expect(hear('VOICE_STATE_UPDATE', state('7', null), 11)).toBeNull()
    expect(where()).toEqual([])
    expect(hear('VOICE_STATE_UPDATE', state('7', '70'), 12)).toMatchObject({ person: { entered: true } })
  })

  it('remembers no more than a thousand who left', () => {
    for (let account = 1; account <= 1200; account += 1) {
      hear('VOICE_STATE_UPDATE', state(`${account}`, '70'))
      const leave = hear('VOICE_STATE_UPDATE', state(`${account}`, null))
      if (leave !== null && 'person' in leave) states.told(leave.person)
    }
    expect([states.find('1', '200'), states.find('1', '201')?.channel]).toEqual([null, null])
    expect(states.find('1', '1200')).not.toBeNull()
  })

  it('is begun anew with a session, which tells who moved meanwhile', () => {
    hear('VOICE_STATE_UPDATE', state('7', '70'), 900)
    hear('VOICE_STATE_UPDATE', state('8', '70'), 901)
    for (const account of ['7', '8']) {
      const known = states.find('1', account)
      if (known) states.told(known)
    }
    hear('READY', { guilds: [{ id: '1' }] }, 1)
    expect(states.unseen(0)).toEqual(['1'])
    hear('GUILD_CREATE', server([state('7', '70'), state('8', '71'), state('9', '70')], [{ user: user('9') }]), 2)
    expect(where()).toEqual(['7 in 70', '8 in 71', '9 in 70'])
    expect(['7', '8', '9'].map((account) => states.find('1', account)?.entered)).toEqual([false, true, true])
    expect(states.find('1', '7')?.name).toBe('Person 7')
    expect(hear('VOICE_STATE_UPDATE', state('7', null), 3)).toMatchObject({ person: { channel: null } })
    expect(where()).toEqual(['8 in 71', '9 in 70'])
  })

  it('forgets a server that is gone, and waits for one that Discord can’t show', () => {
    hear('VOICE_STATE_UPDATE', state('7', '70'))
    expect(hear('GUILD_DELETE', { id: '1', unavailable: true })).toBeNull()
    expect(states.unseen(0)).toEqual(['2', '1'])
    hear('GUILD_CREATE', server([state('7', '70')]))
    expect(where()).toEqual(['7 in 70'])
    expect(hear('GUILD_DELETE', { id: '1' })).toEqual({ server: '1' })
    expect(where()).toEqual([])
    expect(hear('VOICE_STATE_UPDATE', state('7', '70'))).toBeNull()
  })
})
