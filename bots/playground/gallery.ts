import { drawForm } from '../../dashboard/form.ts'
import { drawScreen } from '../../dashboard/render.ts'
import type { Form } from '../../src/commands/command.ts'
import { formGallery } from '../../src/commands/gallery.ts'
import type { Locale } from '../../src/locales/text.ts'
import type { Reader } from '../../src/locales/write.ts'
import { gallery, sampleReader } from '../../src/screens/gallery.ts'
import type { Screen } from '../../src/screens/screen.ts'
import { modal, partsMessage, partsOf } from '../discord/forms.ts'
import { type Payload, renderCalling } from '../discord/render.ts'
import { formView } from '../slack/forms.ts'
import { createRenderer, type Drawn } from '../slack/render.ts'
import { isJson } from '../slack/simulator/json.ts'
import { initialValues } from '../slack/simulator/values.ts'

const renderer = createRenderer('/focus')

/** One screen or form as the three surfaces send it: messages and modals for Discord, blocks or a view for Slack, HTML for the web. */
type Shown = { readonly name: string; readonly discord: object; readonly slack: object; readonly web: string }

/** Every screen and every form there is, in one language. Needs nothing that runs. */
export function drawGallery(locale: Locale): {
  readonly seat: object
  readonly screens: readonly Shown[]
  readonly forms: readonly Shown[]
} {
  const reader = sampleReader(locale)
  return {
    seat: seatOf(reader),
    screens: gallery.map(({ name, screen }) => ({ name, ...showScreen(screen, reader) })),
    forms: formGallery.map(({ name, form }) => ({ name, ...showForm(form, reader) })),
  }
}

/** A client that knows the people of the samples and stands at their moment. */
function seatOf({ locale, timezone, now, people }: Reader): object {
  const known = [...people.values()].flatMap(({ name, mention }) => {
    const id = mention?.match(/\d+/)?.[0]
    return id === undefined ? [] : [{ id, name }]
  })
  return { id: 'gallery', language: locale, timezone, now: now.getTime(), people: known, places: [], channels: [] }
}

const showScreen = (screen: Screen, reader: Reader): Omit<Shown, 'name'> => ({
  discord: { messages: [onDiscord(renderCalling(screen, reader))], modals: [] },
  slack: { blocks: onSlack(renderer.message(screen, reader)) },
  web: drawScreen(screen, reader, { csrf: '', id: 'sample', spot: 'page' }).markup,
})

/** Nothing is uploaded here: a picture stands in its place as it is drawn. */
const inPlace = (svg: string): string => `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`

function onDiscord({ components, pictures = [] }: Payload): readonly object[] {
  const drawn = new Map(pictures.map(({ name, svg }) => [`attachment://${name}`, inPlace(svg)]))
  const shown: unknown = JSON.parse(JSON.stringify(components), (key, value) =>
    key === 'url' ? (drawn.get(String(value)) ?? value) : value,
  )
  return Array.isArray(shown) ? shown : []
}

const onSlack = ({ blocks, pictures = [] }: Drawn): readonly object[] =>
  pictures
    .toReversed()
    .reduce<readonly object[]>(
      (all, { at, svg, alt }) => all.toSpliced(at, 0, { type: 'image', image_url: inPlace(svg), alt_text: alt }),
      blocks,
    )

/** A form that is longer than a modal of Discord begins with a message that offers its parts. */
function showForm(form: Form, reader: Reader): Omit<Shown, 'name'> {
  const parts = partsOf(form)
  const inParts = parts.length > 1
  const body = formView(renderer, form, reader, null)
  return {
    discord: {
      messages: inParts ? [partsMessage(form, reader).components] : [],
      modals: parts.map((part) => modal(part, reader, inParts)),
    },
    slack: { view: { body, values: initialValues(asSent(body.blocks)) } },
    web: drawForm(form, reader, { csrf: '', heading: 'h2' }).markup,
  }
}

const asSent = (blocks: object) => (JSON.parse(JSON.stringify(blocks)) as unknown[]).filter(isJson)
