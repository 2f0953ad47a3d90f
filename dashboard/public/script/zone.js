/** The question about the zone asks for the one of this machine; it is the person's only once they say yes. */
export function guessZone() {
  const question = document.getElementById('zone')
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  if (!question || !zone) return
  question.elements.choice.value = zone
  const clock = question.querySelector('time')
  clock.textContent = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    new Date(clock.dateTime),
  )
  clock.removeAttribute('title')
}
