/** A message, App Home and a form as Slack's client draws them. */
import { face, h } from './dom.js'
import { formFrame, picker } from './forms.js'
import { slackText } from './markup.js'
import { timeText } from './times.js'

export function drawMessage(seat, message, act, hide) {
  const words = message.blocks.length > 0 ? drawBlocks(seat, message.blocks, message.id, act) : slackText(seat, message.text)
  return h(
    'article',
    { class: `message${message.private ? ' private' : ''}${message.rings ? ' rings' : ''}${message.inThread ? ' threaded' : ''}` },
    message.private &&
      h('p', { class: 'eyes foot' }, '◉ Only visible to you · ', h('button', { type: 'button', onclick: hide }, 'Dismiss')),
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
        ),
        words,
        message.edited && h('span', { class: 'edited' }, '(edited)'),
      ),
    ),
  )
}

export const drawHome = (seat, { body }, act) => h('article', { class: 'home' }, drawBlocks(seat, body.blocks, 'home', act))

export const drawBlocks = (seat, blocks, on, act) =>
  h('div', { class: 'container' }, ...blocks.map((block) => drawBlock(seat, block, on, act)))

const words = (seat, text) => (text.type === 'mrkdwn' ? slackText(seat, text.text) : h('div', { class: 'text' }, text.text))

function drawBlock(seat, block, on, act) {
  switch (block.type) {
    case 'header':
      return h('div', { class: 'headerblock' }, block.text.text)
    case 'section':
      return h(
        'div',
        { class: 'section' },
        block.text && words(seat, block.text),
        block.fields && h('div', { class: 'fieldsof text' }, ...block.fields.map((field) => words(seat, field))),
        block.accessory && drawElement(seat, block.accessory, on, act),
      )
    case 'context':
      return h(
        'div',
        { class: 'context' },
        ...block.elements.map((element) =>
          element.type === 'image' ? h('img', { src: element.image_url, alt: element.alt_text, width: 20 }) : words(seat, element),
        ),
      )
    case 'actions':
      return h('div', { class: 'rowof' }, ...block.elements.map((element) => drawElement(seat, element, on, act)))
    case 'divider':
      return h('hr')
    case 'image':
      return h('img', { src: block.image_url, alt: block.alt_text })
    default:
      return h('pre', {}, JSON.stringify(block, null, 1))
  }
}

const optionsOf = (seat, element) => {
  if (/users_select$/.test(element.type)) return seat.people.map(({ id, name }) => ({ label: name, value: id }))
  if (/(channels|conversations)_select$/.test(element.type)) return seat.channels.map(({ id, name }) => ({ label: `#${name}`, value: id }))
  return (element.options ?? []).map(({ text, value, description }) => ({ label: text.text, value, description: description?.text }))
}

const chosenIn = (element) =>
  [element.initial_option, ...(element.initial_options ?? [])]
    .filter(Boolean)
    .map(({ value }) => value)
    .concat([element.initial_user, element.initial_channel, element.initial_conversation].filter(Boolean), element.initial_users ?? [])

function drawElement(seat, element, on, act) {
  switch (element.type) {
    case 'image':
      return h('img', { src: element.image_url, alt: element.alt_text })
    case 'button': {
      const look = `button ${element.style ?? ''}`
      const onclick = () => {
        const sure = element.confirm ? window.confirm(`${element.confirm.title?.text ?? ''}\n\n${element.confirm.text?.text ?? ''}`) : true
        return sure && act({ do: 'press', on, which: element.action_id })
      }
      if (element.url)
        return h('a', { class: look, href: element.url, target: '_blank', rel: 'noreferrer', onclick }, element.text.text, ' ↗')
      return h('button', { type: 'button', class: look, onclick }, element.text.text)
    }
    default:
      return picker({
        label: element.placeholder?.text ?? 'Choose',
        options: optionsOf(seat, element),
        many: element.type.startsWith('multi_'),
        chosen: chosenIn(element),
        onpick: (values) => act({ do: 'select', on, which: element.action_id, values }),
      })
  }
}

export function drawForm(seat, { body, values }, act) {
  return formFrame({
    title: body.title.text,
    fields: body.blocks.map((block) =>
      block.type === 'input'
        ? fieldOf(seat, block, values[block.block_id]?.[block.element.action_id] ?? {}, act)
        : { words: drawBlock(seat, block, 'form', act) },
    ),
    submit: body.submit && { label: body.submit.text, class: 'button primary' },
    cancel: { label: body.close?.text ?? 'Cancel', class: 'button' },
    onsubmit: (values) => act({ do: 'submit', values }),
    oncancel: () => act({ do: 'dismiss' }),
  })
}

const chosenBefore = (state) =>
  [state.selected_option?.value, state.selected_user, state.selected_channel, state.selected_conversation]
    .concat(
      (state.selected_options ?? []).map(({ value }) => value),
      state.selected_users ?? [],
      state.selected_channels ?? [],
    )
    .filter((one) => one !== undefined && one !== null)

/** `state` is what stands in the field: what the app filled in, or the person before the form was drawn again. */
function fieldOf(seat, { element, label, hint, optional, block_id: faultAt }, state, act) {
  const shared = {
    name: element.action_id,
    faultAt,
    label: label.text,
    hint: hint?.text,
    required: optional !== true,
    placeholder: element.placeholder?.text,
  }
  switch (element.type) {
    case 'plain_text_input':
      return { ...shared, kind: element.multiline ? 'long' : 'line', value: state.value ?? '', most: element.max_length }
    case 'number_input':
      return { ...shared, kind: 'number', value: state.value ?? '' }
    case 'external_select': {
      const suggest = async (text) => (await act({ do: 'suggest', on: 'form', which: element.action_id, text })).offers ?? []
      return { ...shared, kind: 'line', value: state.selected_option?.text.text ?? '', suggest }
    }
    case 'datepicker':
    case 'timepicker':
      return { ...shared, kind: 'line', value: state.selected_date ?? state.selected_time ?? '' }
    default: {
      const many = element.type.startsWith('multi_') || element.type === 'checkboxes'
      return { ...shared, kind: many ? 'many' : 'one', options: optionsOf(seat, element), value: chosenBefore(state) }
    }
  }
}
