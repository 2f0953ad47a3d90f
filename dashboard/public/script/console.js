/** The command line: suggestions while typing, earlier lines with the arrow keys. */
export function startConsole() {
  const line = document.getElementById('line')
  if (!line) return
  const list = document.getElementById('suggestions')
  const hits = document.querySelector(line.dataset.hits)
  const past = []
  let back = 0
  let chosen = -1
  let asked = 0

  line.setAttribute('role', 'combobox')
  line.setAttribute('aria-controls', list.id)
  line.setAttribute('aria-autocomplete', 'list')
  line.setAttribute('aria-expanded', 'false')

  const close = () => {
    list.hidden = true
    chosen = -1
    line.setAttribute('aria-expanded', 'false')
    line.removeAttribute('aria-activedescendant')
  }

  const choose = (place) => {
    const options = [...list.children]
    chosen = (place + options.length) % options.length
    for (const [i, option] of options.entries()) option.setAttribute('aria-selected', String(i === chosen))
    options[chosen].scrollIntoView({ block: 'nearest' })
    line.setAttribute('aria-activedescendant', options[chosen].id)
  }

  const take = (option) => {
    line.value = option.dataset.value
    close()
    line.focus()
    suggest()
  }

  const show = ({ said, suggestions }) => {
    list.replaceChildren(...suggestions.map(optionOf))
    hits.textContent = said
    chosen = -1
    list.hidden = suggestions.length === 0
    line.setAttribute('aria-expanded', String(!list.hidden))
    line.removeAttribute('aria-activedescendant')
  }

  const suggest = async () => {
    asked += 1
    const mine = asked
    const answer = await fetch(`${line.dataset.suggest}?text=${encodeURIComponent(line.value)}`, {
      headers: { accept: 'application/json' },
    })
    if (answer.ok && mine === asked && document.activeElement === line) show(await answer.json())
  }

  const recall = (step) => {
    if (past.length === 0) return
    back = Math.min(past.length, Math.max(0, back + step))
    line.value = back === 0 ? '' : past[past.length - back]
  }

  let pause = null
  line.addEventListener('input', () => {
    clearTimeout(pause)
    pause = setTimeout(suggest, 90)
  })
  line.addEventListener('blur', () => setTimeout(close, 150))
  line.addEventListener('keydown', (event) => {
    if (event.isComposing) return
    if (event.key === 'Escape') close()
    else if (event.key === 'Enter' && !list.hidden && chosen >= 0) {
      event.preventDefault()
      take(list.children[chosen])
    } else if (event.key === 'Tab' && !event.shiftKey && !list.hidden && chosen >= 0) {
      event.preventDefault()
      take(list.children[chosen])
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      if (list.hidden) recall(-step)
      else choose(chosen < 0 && step < 0 ? list.children.length - 1 : chosen + step)
    }
  })
  list.addEventListener('mousedown', (event) => {
    const option = event.target.closest('[role=option]')
    if (!option) return
    event.preventDefault()
    take(option)
  })
  const hush = () => {
    clearTimeout(pause)
    asked += 1
    close()
  }
  document.getElementById('prompt').addEventListener('submit', hush)
  document.getElementById('prompt').addEventListener('htmx:after:swap', () => {
    hush()
    past.push(line.value)
    back = 0
    line.value = ''
    line.focus({ preventScroll: true })
    list.closest('form').scrollIntoView({ block: 'end' })
  })
  document.addEventListener('htmx:after:swap', () => freezeOld(document.getElementById('log')))
}

/** Of each room only the newest panel counts down and can be pressed; those before it stay as a record. */
function freezeOld(log) {
  const newest = new Map()
  const panels = [...log.querySelectorAll('.screen[data-room]')]
  for (const panel of panels) {
    const { room, now } = panel.dataset
    if (!newest.has(room) || now >= newest.get(room).dataset.now) newest.set(room, panel)
  }
  for (const panel of panels) if (newest.get(panel.dataset.room) !== panel) freeze(panel)
}

function freeze(panel) {
  for (const control of panel.querySelectorAll('.buttons, .select, .digits')) control.remove()
  for (const meter of panel.querySelectorAll('[data-until]')) delete meter.dataset.until
  for (const time of panel.querySelectorAll('[data-countdown]')) delete time.dataset.countdown
}

function optionOf({ label, value, about }, i) {
  const option = document.createElement('li')
  option.setAttribute('role', 'option')
  option.setAttribute('aria-selected', 'false')
  option.id = `suggestion-${i}`
  option.dataset.value = value
  option.textContent = label
  if (about) {
    const small = document.createElement('small')
    small.textContent = about
    option.append(small)
  }
  return option
}
