import { pngOf } from '../../src/screens/charts/png.ts'
import type { Drawing } from './render.ts'

export type PictureFile = { readonly name: string; readonly alt: string; readonly data: Buffer }

/** The pictures of a message as files to send along, in order. */
export const filesOf = (pictures: readonly Drawing[]): Promise<PictureFile[]> =>
  Promise.all(pictures.map(async ({ name, alt, svg }) => ({ name, alt, data: await pngOf(svg) })))
