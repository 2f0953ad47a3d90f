import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import type { Caller } from '../src/commands/perform.ts'
import { ada, chae } from '../src/testing/cast.ts'
import { describeWith } from '../src/testing/describe-with.ts'
import { useBrowser } from './testing/browser.ts'
import { usePages } from './testing/pages.ts'

const pages = usePages()
const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const colours = ['color-contrast', 'link-in-text-block']
const looks = ['light', 'dark'] as const
const widths = [1200, 390] as const

/** The ways to each page, by what is done there before it is looked at. */
const ways: Readonly<Record<string, (page: Page, room: string) => Promise<unknown>>> = {
  home: (page) => page.goto('/'),
  rooms: (page) => page.goto('/rooms'),
  'a room': (page, room) => page.goto(`/rooms/${room}`),
  'a room with an answer below': async (page, room) => {
    await page.goto(`/rooms/${room}`)
    await page.locator('.buttons .button').last().click()
    await page.locator('#answers .screen').waitFor()
  },
  'the console with answers': async (page) => {
    await page.goto('/console')
    for (const line of ['help', 'room list', 'room create focus:999']) {
      await page.locator('#line').fill(line)
      await page.locator('#line').press('Enter')
      await page.locator('#log .entry', { hasText: line }).last().waitFor()
    }
  },
  'the console with suggestions': async (page) => {
    await page.goto('/console')
    await page.locator('#line').pressSequentially('room ')
    await page.locator('[role=option]').first().waitFor()
    await page.keyboard.press('ArrowDown')
  },
  reservations: (page) => page.goto('/reservations'),
  stats: (page) => page.goto('/stats?period=year'),
  'goals and achievements': (page) => page.goto('/goals'),
  'the account of a day': (page) => page.goto('/why'),
  settings: (page) => page.goto('/settings?kept'),
  'the import': (page) => page.goto('/import'),
  'a preview of an import': async (page) => {
    await page.goto('/import')
    const buffer = Buffer.from('start,minutes,subject\n2026-01-05 09:00,50,math\n2026-01-06 09:00,25,korean\nyesterday,5,\n')
    await page.locator('#own-file').setInputFiles({ name: 'history.csv', mimeType: 'text/csv', buffer })
    await page.locator('form:has(#own-file) .button').click()
    await page.waitForURL('**/import/preview')
  },
  setup: (page) => page.goto('/setup'),
  diagnosis: (page) => page.goto('/diagnose'),
  'a form with errors': async (page) => {
    await page.goto('/form/%3Fgoal.set')
    await page.locator('#field-daily_time').fill('9999')
    await page.locator('#form-send').click()
    await page.locator('.error').first().waitFor()
  },
  'an error': (page) => page.goto('/nowhere'),
}

describeWith('Chromium', 'accessibility', (chromium) => {
  const tabs = useBrowser(chromium, pages)
  let room = ''
  beforeAll(async () => {
    const made = await pages().house.does(ada, 'room create', { name: '깊은 집중 Deep work' })
    room = made.screen.shows?.room ?? ''
    await pages().house.does(chae, 'room create', { name: '새벽반' })
    for (const who of [ada, chae]) await pages().house.does(who, 'reserve create', { at: 'tomorrow 9am', name: '새벽반' })
  })

  it.each([
    ['en', ada],
    ['ko', chae],
  ] as const)('no page breaks WCAG 2.2 AA in %s, light or dark, wide or narrow', { timeout: 180_000 }, async (locale, who: Caller) => {
    const page = await tabs().signIn(who, { locale })
    for (const [name, go] of Object.entries(ways)) {
      await go(page, room)
      expect(await page.locator('html').getAttribute('lang')).toBe(locale)
      await inEveryLook(page, name)
    }
    const stranger = await tabs().open({ locale })
    await stranger.goto('/sign-in')
    await inEveryLook(stranger, 'sign-in')
    await stranger.goto(await pages().link(who))
    await inEveryLook(stranger, 'a link')
  })

  it('every control is 44 px high, and nothing is wider than a phone', async () => {
    const page = await tabs().signIn(chae, { locale: 'ko', viewport: { width: 320, height: 640 } })
    for (const [name, go] of Object.entries(ways)) {
      await go(page, room)
      const small = await page
        .locator('button:visible, a.button:visible, input:not([type=hidden]):visible, select:visible, nav a:visible')
        .evaluateAll((all) =>
          all
            .map((element) => ({ height: element.getBoundingClientRect().height, markup: element.outerHTML }))
            .filter(({ height }) => height < 43.9),
        )
      expect(small, name).toEqual([])
      expect(await page.locator('html').evaluate((element) => element.scrollWidth), name).toBeLessThanOrEqual(320)
    }
  })
})

async function inEveryLook(page: Page, name: string): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    for (const colorScheme of looks) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      // Dark pages differ from light ones by their colours alone, and a whole analysis takes seconds.
      const axe = new AxeBuilder({ page }).setLegacyMode()
      const { violations } = await (colorScheme === 'light' ? axe.withTags(wcag) : axe.withRules(colours)).analyze()
      const found = violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`) }))
      expect(found, `${name}, ${colorScheme}, ${width} px`).toEqual([])
    }
  }
}
