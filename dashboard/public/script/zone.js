/** Offers the zone of this machine where the person has none yet; it is theirs only once they save it. */
export function guessZone() {
  const field = document.querySelector('[data-guess="timezone"]')
  if (field && field.value === '') field.value = Intl.DateTimeFormat().resolvedOptions().timeZone
}
