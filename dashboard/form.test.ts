import { describe, expect, it } from 'vitest'
import type { Form } from '../src/commands/command.ts'
import type { Reader } from '../src/locales/write.ts'
import { drawForm } from './form.ts'
import { foreignIn } from './testing/markup.ts'

const reader: Reader = { locale: 'en', timezone: 'UTC', now: new Date('2026-03-02T12:00:00Z'), people: new Map(), web: null }
const frame = { csrf: 'token', heading: 'h1' } as const
const form: Form = {
  command: 'room edit',
  title: { key: 'command.room.edit.summary' },
  carried: { room: '0190a7c4-0000-7000-8000-000000000001' },
  fields: [
    {
      name: 'name',
      option: { type: 'string', max: 100, about: 'option.name.about', required: true },
      label: { key: 'option.name' },
      value: 'Ada’s "room"',
    },
    {
      name: 'focus',
      option: { type: 'integer', min: 1, max: 180, unit: 'minutes', about: 'option.focus.about' },
      label: { key: 'option.focus' },
      value: '25',
    },
    { name: 'private', option: { type: 'boolean', about: 'option.private.about' }, label: { key: 'option.private' }, value: 'no' },
    {
      name: 'control',
      option: { type: 'choice', choices: ['host', 'vote'], about: 'option.control.about' },
      label: { key: 'option.control' },
      value: 'host',
    },
    { name: 'voice', option: { type: 'channel', of: 'voice', about: 'option.voice.about' }, label: { key: 'option.voice' }, value: '' },
    { name: 'aim', option: { type: 'string', max: 500, about: 'option.aim.about' }, label: { key: 'option.aim' }, value: '' },
  ],
}

describe('a form as HTML', () => {
  it('shows what holds now and carries what has no field', () => {
    const drawn = drawForm(form, reader, frame).markup
    expect(foreignIn(drawn)).toEqual([])
    expect(drawn).toContain('value="Ada’s &quot;room&quot;"')
    expect(drawn).toMatch(/name="press" value="\?room\.edit\|room=~[\w-]{22}"/)
    expect(drawn).toContain('<option value="no" selected>No</option>')
    expect(drawn).toContain('<option value="host" selected>Only the host</option>')
    expect(drawn).toContain('type="number" inputmode="numeric" min="1" max="180"')
    expect(drawn).toContain('<textarea id="field-aim"')
  })

  it('has no field for a voice channel, which the web does not know', () => {
    expect(drawForm(form, reader, frame).markup).not.toContain('o.voice')
  })

  it('offers no open choice where a value is filled in, and says what an open one does', () => {
    const drawn = drawForm(form, reader, frame).markup
    expect(drawn).not.toContain('<option value="">')
    const open = { ...form, fields: form.fields.map((field) => ({ ...field, value: '' })) }
    expect(drawForm(open, reader, frame).markup).toContain('<option value="" selected>As it is</option>')
    expect(drawForm({ ...open, command: 'focus add' }, reader, frame).markup).toContain('<option value="" selected>As usual</option>')
  })

  it('suggests people and says how a name is written', () => {
    const user = {
      name: 'user',
      option: { type: 'user', about: 'option.user.about', required: true },
      label: { key: 'option.user' },
      value: '',
    } as const
    const drawn = drawForm({ ...form, command: 'room invite', fields: [user] }, reader, frame).markup
    expect(drawn).toContain('data-fill="/form/suggest?command=room+invite&amp;option=user"')
    expect(drawn).toContain('<datalist id="field-user-list"></datalist>')
    expect(drawn).toContain('a name, as @ada')
    expect(drawn).toContain('>Invite</button>')
  })

  it('keeps what was typed and puts the error by its field', () => {
    const drawn = drawForm(form, reader, frame, { typed: { focus: '<999>' }, errors: new Map([['focus', 'too <long>']]) }).markup
    expect(foreignIn(drawn)).toEqual([])
    expect(drawn).toContain('id="field-focus-error"><span><bdi lang="en">too &lt;long&gt;</bdi>')
    expect(drawn).toMatch(
      /id="field-focus" name="o\.focus" aria-describedby="field-focus-about field-focus-error" aria-invalid="true"[^>]*value="&lt;999&gt;"/,
    )
    expect(drawn).toContain('value="Ada’s')
  })
})
