import type { Text } from '../../locales/text.ts'
import type { Picture } from './picture.ts'

/** Every text that a picture writes. */
export function textsIn(picture: Picture): readonly Text[] {
  switch (picture.kind) {
    case 'week':
    case 'year':
    case 'hours':
    case 'months':
      return [picture.title]
    case 'topics':
      return [picture.title, ...picture.topics.map(({ name }) => name)]
    case 'day':
      return [picture.title, ...picture.tracks.map(({ label }) => label), ...picture.legend.map(({ label }) => label)]
  }
  return picture satisfies never
}
