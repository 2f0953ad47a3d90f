import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formGallery } from '../../src/commands/gallery.ts'
import { gallery } from '../../src/screens/gallery.ts'
import { startServer } from './server.ts'

let server: Awaited<ReturnType<typeof startServer>>
beforeAll(async () => {
  server = await startServer({ port: 0, pictures: 'http://127.0.0.1:1', seats: [], faults: [], stage: () => ({}) })
})
afterAll(() => server.stop())

type Shown = {
  readonly name: string
  readonly discord: { readonly messages: readonly object[][]; readonly modals: readonly object[] }
  readonly slack: { readonly blocks?: readonly object[]; readonly view?: { readonly body: { readonly blocks: readonly object[] } } }
  readonly web: string
}
type Gallery = { readonly screens: readonly Shown[]; readonly forms: readonly Shown[]; readonly styles: readonly string[] }

const read = async (locale: string): Promise<Gallery> => (await fetch(`${server.url}/gallery/${locale}.json`)).json() as Promise<Gallery>

describe.each(['en', 'ko'])('in %s', (locale) => {
  test('every screen is drawn for the three', async () => {
    const { screens } = await read(locale)
    expect(screens.map(({ name }) => name)).toEqual(gallery.map(({ name }) => name))
    for (const { name, discord, slack, web } of screens) {
      expect(discord.messages.flat().length, name).toBeGreaterThan(0)
      expect(slack.blocks?.length, name).toBeGreaterThan(0)
      expect(web, name).toContain('<article class="screen')
    }
  })

  test('every form is drawn for the three', async () => {
    const { forms } = await read(locale)
    expect(forms.map(({ name }) => name)).toEqual(formGallery.map(({ name }) => name))
    for (const { name, discord, slack, web } of forms) {
      expect(discord.modals.length, name).toBeGreaterThan(0)
      expect(discord.messages.length, name).toBe(discord.modals.length > 1 ? 1 : 0)
      expect(slack.view?.body.blocks.length, name).toBeGreaterThan(0)
      expect(web, name).toContain('<form class="form')
    }
  })
})

test('the page and all that it looks like come from this machine', async () => {
  const page = await (await fetch(`${server.url}/gallery`)).text()
  const named = [...page.matchAll(/(?:src|href)="(\/[\w-]+\.\w+)"/g)].map(([, address]) => address)
  for (const address of [...named, ...(await read('en')).styles]) expect((await fetch(server.url + address)).status, address).toBe(200)
  expect((await fetch(`${server.url}/dashboard/style/../../package.json`)).status).toBe(404)
})
