/** A line with a code or an address gets a button that takes it along, where the browser lets a page do so. */
export function offerCopies() {
  if (!navigator.clipboard) return
  const { copy, copied } = document.body.dataset
  const offer = () => {
    for (const line of document.querySelectorAll('p:has(.copy):not([data-offered])')) {
      line.dataset.offered = ''
      const button = document.createElement('button')
      button.type = 'button'
      button.className = 'button plain'
      button.textContent = copy
      button.addEventListener('click', async () => {
        await navigator.clipboard.writeText(line.querySelector('.copy').textContent)
        button.textContent = copied
        document.getElementById('announcer').textContent = copied
      })
      line.after(button)
    }
  }
  offer()
  document.addEventListener('htmx:after:swap', offer)
}
