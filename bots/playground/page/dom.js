/** An element: `h('a', { href, class: 'x', onclick }, 'words', child)`. What is null, false or '' is left out. */
export function h(name, props = {}, ...children) {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value)
    else if (key === 'style') for (const [property, set] of Object.entries(value)) element.style.setProperty(property, set)
    else element.setAttribute(key, value === true ? '' : String(value))
  }
  element.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false && child !== ''))
  return element
}

export const face = (name, app) =>
  h('span', { class: app ? 'face app' : 'face', 'data-who': name, 'aria-hidden': true }, app ? 'F' : [...name][0])
