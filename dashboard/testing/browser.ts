import type { AddressInfo } from 'node:net'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { Caller } from '../../src/commands/perform.ts'
import type { Pages } from './pages.ts'

const quietChromium = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export type Tabs = {
  readonly origin: string
  /** A tab in a browser of its own, with nobody signed in. */
  open(options?: BrowserContextOptions): Promise<Page>
  /** The same, signed in as one of the cast, standing at home. */
  signIn(who: Caller, options?: BrowserContextOptions): Promise<Page>
}

/** A real Chromium on the pages of this file, which listen on a free port of this machine. */
export function useBrowser(executablePath: string, pages: () => Pages): () => Tabs {
  let browser: Browser
  let origin: string
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: quietChromium })
    await pages().server.listen({ host: '127.0.0.1', port: 0 })
    origin = `http://127.0.0.1:${(pages().server.server.address() as AddressInfo).port}`
  })
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())))
  afterAll(() => browser.close())

  const open: Tabs['open'] = async (options = {}) => {
    const context = await browser.newContext({ baseURL: origin, locale: 'en-GB', ...options })
    context.setDefaultTimeout(8000)
    return context.newPage()
  }
  return () => ({
    origin,
    open,
    async signIn(who, options) {
      const page = await open(options)
      await page.goto(await pages().link(who))
      await page.locator('main button').click()
      await page.waitForURL(`${origin}/`)
      return page
    },
  })
}
