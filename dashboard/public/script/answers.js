/** An answer that comes below what is in sight is brought there; the focus stays on what was pressed. */
export function bringAnswers() {
  const calm = matchMedia('(prefers-reduced-motion: reduce)')
  document.addEventListener('htmx:after:swap', ({ detail }) => {
    const answers = document.getElementById('answers')
    if (detail.ctx.request.method !== 'POST' || !answers?.firstElementChild) return
    answers.scrollIntoView({ block: 'nearest', behavior: calm.matches ? 'auto' : 'smooth' })
  })
}
