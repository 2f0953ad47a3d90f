import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { renderAsync } from '@resvg/resvg-js'

const fonts = join(dirname(createRequire(import.meta.url).resolve('pretendard/package.json')), 'dist', 'public', 'static')

/** The two weights that pictures are lettered in, Hangul included. */
const fontFiles: readonly string[] = ['Pretendard-Regular.otf', 'Pretendard-Bold.otf'].map((name) => join(fonts, name))

const zoom = 2

/** A picture of `svgOf` (light or dark) as PNG, 960 wide. Drawn on a thread of the runtime, so nobody else waits. */
export async function pngOf(svg: string): Promise<Buffer> {
  const drawn = await renderAsync(svg, {
    fitTo: { mode: 'zoom', value: zoom },
    font: { loadSystemFonts: false, fontFiles: [...fontFiles], defaultFontFamily: 'Pretendard' },
  })
  return drawn.asPng()
}
