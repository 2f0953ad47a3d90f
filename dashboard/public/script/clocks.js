/** How far this machine's clock is behind the server's, in milliseconds, by the newest screen on the page. */
function skew() {
  let newest = null
  for (const screen of document.querySelectorAll('[data-now]')) {
    if (newest === null || screen.dataset.now > newest) newest = screen.dataset.now
  }
  if (newest !== null && newest !== seen.now) Object.assign(seen, { now: newest, skew: Date.parse(newest) - Date.now() })
  return seen.skew
}
const seen = { now: '', skew: 0 }

const relative = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: 'auto' })

/** Days of the calendar in the reader's zone, so that `tomorrow` is the day that people call so. */
function daysBetween(from, to, timeZone) {
  const day = (moment) => Date.parse(new Date(moment).toLocaleDateString('en-CA', { timeZone }))
  return Math.round((day(to) - day(from)) / 86400000)
}

function fromNow(moment, now, timeZone) {
  const seconds = Math.round((moment - now) / 1000)
  const distance = Math.abs(seconds)
  if (distance < 60) return relative.format(seconds, 'second')
  if (distance < 90 * 60) return relative.format(Math.round(seconds / 60), 'minute')
  if (distance < 36 * 3600) return relative.format(Math.round(seconds / 3600), 'hour')
  return relative.format(daysBetween(now, moment, timeZone), 'day')
}

function digits(milliseconds) {
  const left = Math.max(0, Math.ceil(milliseconds / 1000))
  return `${String(Math.floor(left / 60)).padStart(2, '0')}:${String(left % 60).padStart(2, '0')}`
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text
}

function tick() {
  const now = Date.now() + skew()
  for (const meter of document.querySelectorAll('.meter[data-until]')) {
    const left = Date.parse(meter.dataset.until) - now
    write(meter.querySelector('[data-digits]'), digits(left))
    const max = Number(meter.dataset.max)
    meter.querySelector('progress').value = Math.min(max, Math.max(0, max - left / 1000))
  }
  for (const time of document.querySelectorAll('time[data-countdown]')) {
    write(time, fromNow(Date.parse(time.dateTime), now, time.dataset.countdown))
  }
}

/** Moves every countdown and bar on the page once a second. Nothing of it is announced. */
export function watchClocks() {
  tick()
  setInterval(tick, 1000)
  document.addEventListener('htmx:after:swap', tick)
}
