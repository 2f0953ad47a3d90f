const known = new Set(
  'html head meta title link script body a header svg path rect line circle text figure nav span form input button main p div h1 h2 h3 section ul li dl dt dd time bdi code table thead tbody tr th td progress select option datalist label textarea article small strong br noscript hx-partial'.split(
    ' ',
  ),
)

/**
 * What is wrong with a piece of markup: a tag that the dashboard never writes, an attribute that runs code, or an angle
 * bracket outside a tag. Empty where all of it is ours.
 */
export function foreignIn(markup: string): string[] {
  const found: string[] = []
  const rest = markup
    .replace(/<!doctype html>/gi, '')
    .replace(
      /<(\/?)([a-z][a-z0-9-]*)((?:\s+[\w:-]+(?:="[^"<>]*"|='[^'<>]*')?)*)\s*\/?>/g,
      (tag, _close, name: string, attributes: string) => {
        if (!known.has(name)) found.push(`tag ${tag}`)
        const names = attributes.replace(/="[^"]*"|='[^']*'/g, '')
        if (/\s(on\w+|style|srcdoc|formaction)(\s|$)/i.test(names) || /(href|src|action)="\s*(javascript|data|vbscript):/i.test(attributes))
          found.push(`attribute ${tag}`)
        return ''
      },
    )
  const loose = /[<>]/.exec(rest)
  if (loose) found.push(`loose ${rest.slice(Math.max(0, loose.index - 40), loose.index + 40)}`)
  return found
}
