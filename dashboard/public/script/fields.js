/** Fields whose values have a list: it is asked for again with what is typed so far. */
export function fillLists() {
  for (const field of document.querySelectorAll('[data-fill]')) {
    let pause = null
    const fill = async () => {
      const typed = field.value
      const answer = await fetch(`${field.dataset.fill}&typed=${encodeURIComponent(typed)}`, { headers: { accept: 'application/json' } })
      if (answer.ok && field.value === typed) field.list.replaceChildren(...(await answer.json()).map(optionOf))
    }
    field.addEventListener('focus', fill, { once: true })
    field.addEventListener('input', () => {
      clearTimeout(pause)
      pause = setTimeout(fill, 120)
    })
  }
}

function optionOf({ label, value }) {
  const option = document.createElement('option')
  option.value = value
  if (label !== value) option.label = label
  return option
}
