/** A message, a card and a form as Discord's client draws them. */
import { face, h } from './dom.js'
import { formFrame, picker } from './forms.js'
import { discordText } from './markup.js'
import { timeText } from './times.js'

const colour = (number) => `#${number.toString(16).padStart(6, '0')}`

export function drawMessage(seat, message, act, hide) {
  const press = (which) => act({ do: 'press', on: message.id, which })
  const select = (which, values) => act({ do: 'select', on: message.id, which, values })
  const draw = (component) => drawComponent(seat, component, press, select)
  return h(
    'article',
    { class: `message${message.private ? ' private' : ''}${message.rings ? ' rings' : ''}` },
    message.asked && h('p', { class: 'asked' }, h('b', {}, message.asked.by), ' used ', h('code', {}, `/${message.asked.command}`)),
    h(
      'div',
      { class: 'row' },
      face(message.author.name, message.author.bot),
      h(
        'div',
        {},
        h(
          'div',
          { class: 'who' },
          h('b', {}, message.author.name),
          message.author.bot && h('span', { class: 'tag' }, 'APP'),
          h('time', {}, timeText(seat, Date.parse(message.at), 't')),
          message.edited && h('span', { class: 'edited' }, '(edited)'),
        ),
        message.loading && h('p', { class: 'thinking' }, 'Focus Mate is thinking…'),
        message.content && discordText(seat, message.content),
        ...message.components.map(draw),
        message.private &&
          h('p', { class: 'foot' }, '◉ Only you can see this · ', h('button', { type: 'button', onclick: hide }, 'Dismiss message')),
      ),
    ),
  )
}

export function drawComponent(seat, component, press, select) {
  const draw = (inner) => drawComponent(seat, inner, press, select)
  switch (component.type) {
    case 1:
      return h('div', { class: 'rowof' }, ...component.components.map(draw))
    case 2: {
      const words = [component.emoji?.name, component.label].filter(Boolean).join(' ')
      if (component.url) return h('a', { class: 'button s5', href: component.url, target: '_blank', rel: 'noreferrer' }, words)
      const onclick = () => press(component.custom_id)
      return h('button', { type: 'button', class: `button s${component.style}`, disabled: component.disabled, onclick }, words)
    }
    case 3:
    case 5:
    case 6:
    case 7:
    case 8:
      return picker({
        label: component.placeholder ?? 'Choose',
        options: component.options ?? entities(seat, component),
        many: (component.max_values ?? 1) > 1,
        disabled: component.disabled,
        onpick: (values) => select(component.custom_id, values),
      })
    case 9:
      return h('div', { class: 'section' }, h('div', {}, ...component.components.map(draw)), draw(component.accessory))
    case 10:
      return discordText(seat, component.content)
    case 11:
      return h('img', { src: component.media.url, alt: component.description ?? '' })
    case 12:
      return h('div', {}, ...component.items.map((item) => h('img', { src: item.media.url, alt: item.description ?? '' })))
    case 14:
      return h('hr', { class: component.divider === false ? 'none' : '' })
    case 17:
      return h(
        'div',
        { class: 'container', style: component.accent_color == null ? {} : { '--accent': colour(component.accent_color) } },
        ...component.components.map(draw),
      )
    default:
      return h('pre', {}, JSON.stringify(component, null, 1))
  }
}

function entities(seat, { type, channel_types: kinds }) {
  const voice = kinds?.includes(2) && !kinds.includes(0)
  const channels = seat.places.filter(({ kind }) => (voice ? kind === 'voice' : kind !== 'direct'))
  return (type === 8 ? channels : seat.people).map(({ id, name }) => ({ label: name, value: id }))
}

export function drawForm(seat, { body }, act) {
  const fields = body.components.flatMap((component) => {
    if (component.type === 10) return [{ words: discordText(seat, component.content) }]
    if (component.type === 18) return [fieldOf(seat, component.component, component.label, component.description)]
    return component.components.map((input) => fieldOf(seat, input, input.label, null))
  })
  return formFrame({
    title: body.title,
    fields,
    submit: { label: 'Submit', class: 'button s1' },
    cancel: { label: 'Cancel', class: 'button s2' },
    onsubmit: (values) => act({ do: 'submit', values }),
    oncancel: () => act({ do: 'dismiss' }),
  })
}

function fieldOf(seat, field, label, hint) {
  const chosen = (field.options ?? []).filter((option) => option.default).map((option) => option.value)
  const shared = { name: field.custom_id, label, hint, required: field.required !== false && field.type !== 23 }
  switch (field.type) {
    case 4:
      return {
        ...shared,
        kind: field.style === 2 ? 'long' : 'line',
        value: field.value ?? '',
        placeholder: field.placeholder,
        most: field.max_length,
      }
    case 23:
      return { ...shared, kind: 'tick', value: field.default === true }
    case 21:
      return { ...shared, kind: 'one', options: field.options, value: chosen }
    case 22:
      return { ...shared, kind: 'many', options: field.options, value: chosen }
    default: {
      const value = field.default_values?.map(({ id }) => id) ?? chosen
      const many = (field.max_values ?? 1) > 1
      return { ...shared, kind: many ? 'many' : 'one', always: 'list', options: field.options ?? entities(seat, field), value }
    }
  }
}
