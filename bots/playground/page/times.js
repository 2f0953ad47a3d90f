/** Times as a person's client shows them: in their language and zone, countdowns moving. */
import { h } from './dom.js'

const shapes = {
  t: { hour: 'numeric', minute: '2-digit' },
  T: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  d: { year: 'numeric', month: '2-digit', day: '2-digit' },
  D: { year: 'numeric', month: 'long', day: 'numeric' },
  f: { year: 'numeric', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit' },
  F: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit' },
}

export function timeText(seat, at, shape) {
  if (shape !== 'R') return new Intl.DateTimeFormat(seat.language, { ...shapes[shape], timeZone: seat.timezone }).format(at)
  const seconds = Math.round((at - (seat.now ?? Date.now())) / 1000)
  const [unit, size] = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
    ['second', 1],
  ].find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1]
  return new Intl.RelativeTimeFormat(seat.language, { numeric: 'always' }).format(Math.round(seconds / size), unit)
}

export const timeElement = (seat, seconds, shape) => {
  const at = seconds * 1000
  const title = timeText(seat, at, 'F')
  return h(
    'time',
    { class: 'time', datetime: new Date(at).toISOString(), title, 'data-seat': seat.id, 'data-shape': shape },
    timeText(seat, at, shape),
  )
}

/** Moves every countdown on the page. */
export function keepCounting(seatOf) {
  setInterval(() => {
    for (const time of document.querySelectorAll('time[data-shape="R"]')) {
      const seat = seatOf(time.dataset.seat)
      if (seat) time.textContent = timeText(seat, Date.parse(time.dateTime), 'R')
    }
  }, 1000)
}
