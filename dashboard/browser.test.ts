import type { Page } from 'playwright-core'
import { afterEach, expect, it } from 'vitest'
import type { Caller } from '../src/commands/perform.ts'
import { ada, ben, chae, mo } from '../src/testing/cast.ts'
import { describeWith } from '../src/testing/describe-with.ts'
import { useBrowser } from './testing/browser.ts'
import { usePages } from './testing/pages.ts'

const pages = usePages()
const patience = { timeout: 8000 }

const focused = (page: Page): Promise<string | null> => page.locator(':focus').textContent()
const announced = (page: Page): Promise<string | null> => page.locator('#announcer').textContent()

async function openRoom(host: Caller, name: string, more: Record<string, string> = {}): Promise<string> {
  const { screen } = await pages().house.does(host, 'room create', { name, ...more })
  return screen.shows?.room ?? ''
}

describeWith('Chromium', 'in a browser', (chromium) => {
  const tabs = useBrowser(chromium, pages)
  afterEach(async () => {
    for (const host of [ada, mo]) await pages().house.does(host, 'room close', { sure: 'yes' })
  })

  it('follows the room by itself and keeps the focus on its control', async () => {
    const room = await openRoom(ada, 'Live one')
    const page = await tabs().signIn(ada)
    const opened = page.waitForResponse((response) => response.url().includes('/live'))
    await page.goto(`/rooms/${room}`)
    await opened
    await page.getByRole('button', { name: 'Pause' }).focus()
    await pages().house.does(ben, 'room join', { room })
    await page.getByText('Here (2)').waitFor()
    expect(await focused(page)).toBe('Pause')
    expect(await announced(page)).toBe('')

    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Resume' }).waitFor()
    expect(await announced(page)).toBe('focus · paused')
    expect(await focused(page)).toBe('Resume')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Pause' }).waitFor()
    expect(await focused(page)).toBe('Pause')
    await pages().house.does(ada, 'room close', { room, sure: 'yes' })
    await page.getByRole('heading', { name: 'Nothing here' }).waitFor()
  })

  it('keeps the focus on the page when what was pressed is gone', async () => {
    const room = await openRoom(ada, 'Stopped')
    await pages().house.does(ben, 'room join', { room })
    const page = await tabs().signIn(ada)
    await page.goto(`/rooms/${room}`)
    await page.getByRole('button', { name: 'More' }).press('Enter')
    await page.locator('#answers').getByRole('button', { name: 'Stop', exact: true }).press('Enter')
    await page.getByText('Stop for everyone?').waitFor()
    await page.locator('#answers').getByRole('button', { name: 'Stop', exact: true }).press('Enter')
    await page.getByRole('button', { name: 'Start', exact: true }).waitFor()
    await expect.poll(() => focused(page)).toBe('Stopped')
    await page.getByRole('button', { name: 'More' }).press('Enter')
    await page.getByRole('button', { name: 'Close room' }).press('Enter')
    await page.getByText('for everyone?').waitFor()
    await page.getByRole('button', { name: 'Close room' }).press('Enter')
    await page.waitForURL('/rooms')
    await expect.poll(() => focused(page)).toContain('is closed')
  })

  it('leads to the first wrong field of a form', async () => {
    const page = await tabs().signIn(ada)
    await page.goto('/rooms/new')
    await page.getByLabel('Focus').fill('999')
    await page.getByLabel('Capacity').fill('999999')
    await page.locator('#form-send').click()
    await page.locator('.error').first().waitFor()
    expect(await page.locator(':focus').getAttribute('id')).toBe('field-focus')
  })

  it('offers the way in or the way out, as the reader stands', async () => {
    const room = await openRoom(ada, 'Door')
    const page = await tabs().signIn(ben)
    await page.goto(`/rooms/${room}`)
    const offered = () => page.locator('.screen[data-room] .button').allTextContents()
    expect(await offered()).toEqual(['Join', 'Pause', 'Skip', 'More'])
    await page.getByRole('button', { name: 'Join' }).click()
    await expect.poll(offered).toEqual(['Pause', 'Skip', 'Leave', 'More'])
  })

  it('answers on a page that is an answer itself', async () => {
    await pages().house.does(ada, 'reserve create', { at: 'tomorrow 9am', name: 'Early' })
    const page = await tabs().signIn(ada)
    const said: string[] = []
    page.on('console', (message) => said.push(message.text()))
    await page.goto('/reservations')
    await page.getByText('Early').first().waitFor()
    await page.getByRole('button', { name: 'Open: Early' }).click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Cancel for everyone' }).click()
    await page.getByText('is cancelled').waitFor()
    await page.getByRole('button', { name: 'My reservations' }).click()
    await expect.poll(() => page.getByText('Early').count()).toBe(0)
    expect(said).toEqual([])
  })

  it('asks for the zone of the browser, and the answer takes the place of the question', async () => {
    const page = await tabs().signIn(mo, { timezoneId: 'Asia/Tokyo' })
    const clock = new Intl.DateTimeFormat('en', { timeStyle: 'short', timeZone: 'Asia/Tokyo', hourCycle: 'h23' })
    expect(await page.locator('#zone time').textContent()).toBe(clock.format(pages().house.clock.now()))
    await page.locator('#zone-yes').click()
    await page.getByText('the clock of Asia/Tokyo').waitFor()
    await page.reload()
    expect(await page.locator('#zone').count()).toBe(0)
  })

  it('letters every page of the bar on one line', async () => {
    for (const width of [390, 320]) {
      const page = await tabs().signIn(ada, { viewport: { width, height: 640 } })
      const labels = await page.locator('.rail nav a span').evaluateAll((all) => all.map((one) => one.getBoundingClientRect()))
      for (const { height, left, right } of labels) {
        expect(height).toBeLessThan(24)
        expect(left).toBeGreaterThanOrEqual(0)
        expect(right).toBeLessThanOrEqual(width)
      }
      for (const [i, { right }] of labels.slice(0, -1).entries()) expect(labels[i + 1]?.left).toBeGreaterThan(right)
    }
  })

  it('takes a code along', async () => {
    const room = await openRoom(ada, 'Shared')
    const page = await tabs().signIn(ada, { permissions: ['clipboard-read', 'clipboard-write'] })
    await page.goto(`/rooms/${room}`)
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('button', { name: 'Share' }).click()
    await page.getByRole('button', { name: 'Copy' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(await page.locator('.copy').first().textContent())
  })

  it('counts down without a word to screen readers', async () => {
    const room = await openRoom(ada, 'Clock')
    const page = await tabs().signIn(ben)
    await page.goto(`/rooms/${room}`)
    const digits = page.locator('[data-digits]')
    const before = await digits.textContent()
    expect(before).toMatch(/^2[45]:\d\d$/)
    await expect.poll(() => digits.textContent(), patience).not.toBe(before)
    expect(await announced(page)).toBe('')
  })

  it('says a new phase once', async () => {
    const room = await openRoom(ada, 'Phases')
    const page = await tabs().signIn(ben)
    const opened = page.waitForResponse((response) => response.url().includes('/live'))
    await page.goto(`/rooms/${room}`)
    await opened
    await pages().house.clock.advance('25m')
    await expect.poll(() => announced(page), patience).toMatch(/^break/)
  })

  it('answers a refusal below the panel, with the way out as a button', async () => {
    const room = await openRoom(ada, 'Strict')
    await pages().house.does(ben, 'room join', { room })
    const page = await tabs().signIn(ben)
    await page.goto(`/rooms/${room}`)
    await page.getByRole('button', { name: 'Skip' }).click()
    await page.locator('#answers').getByText('Only the host').waitFor()
    expect(await focused(page)).toBe('Skip')
    expect(await page.locator('[data-digits]').count()).toBe(1)
  })

  it('says on the list of rooms that a room is closed whose page was open', async () => {
    const room = await openRoom(ada, 'Last one')
    const page = await tabs().signIn(ada)
    const opened = page.waitForResponse((response) => response.url().includes('/live'))
    await page.goto(`/rooms/${room}`)
    await opened
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('button', { name: 'Close room' }).click()
    await page.waitForURL('/rooms')
    await page.getByText('“Last one” is closed.').waitFor()
    await page.reload()
    expect(await page.getByText('is closed').count()).toBe(0)
  })

  it('brings an answer below the fold into sight', async () => {
    const room = await openRoom(ada, 'Far up')
    const page = await tabs().signIn(ada, { viewport: { width: 360, height: 480 }, reducedMotion: 'reduce' })
    await page.goto(`/rooms/${room}`)
    await page.getByRole('button', { name: 'More' }).click()
    await page.locator('#answers .screen').waitFor()
    const top = async (): Promise<number> => (await page.locator('#answers').boundingBox())?.y ?? Number.POSITIVE_INFINITY
    await expect.poll(top, patience).toBeLessThan(280)
  })

  it('leaves buttons and clocks in the console to the newest panel of a room', async () => {
    await openRoom(mo, 'Twice')
    const page = await tabs().signIn(mo)
    await page.goto('/console')
    for (const many of [1, 2]) {
      await page.locator('#line').fill('room info')
      await page.locator('#line').press('Enter')
      await expect.poll(() => page.locator('#log .entry').count(), patience).toBe(many)
    }
    expect(await page.locator('#log .entry').first().locator('button, [data-until]').count()).toBe(0)
    expect(await page.locator('#log .entry').last().getByRole('button', { name: 'Pause' }).count()).toBe(1)
  })

  it('ends the stream of somebody who is kicked out of a private room', async () => {
    const room = await openRoom(ada, 'Only us', { private: 'yes' })
    await pages().link(chae)
    await pages().house.does(ada, 'room invite', { user: await username('채'), room })
    await pages().house.does(chae, 'room join', { room })
    const page = await tabs().signIn(chae)
    const opened = page.waitForResponse((response) => response.url().includes('/live'))
    await page.goto(`/rooms/${room}`)
    await opened
    await page.locator('.screen-title', { hasText: 'Only us' }).waitFor()
    await pages().house.does(ada, 'room ban', { user: await username('채'), room })
    await page.getByRole('heading', { name: '여기엔 아무것도 없어요' }).waitFor()
  })

  it('ends the stream when its login is signed out in another tab', async () => {
    const page = await tabs().signIn(mo)
    const opened = page.waitForResponse((response) => response.url().includes('/live'))
    await page.goto('/')
    await opened
    const other = await page.context().newPage()
    await other.goto('/settings')
    await other.locator('main').getByRole('button', { name: 'Sign out' }).click()
    await other.waitForURL(/sign-in/)
    await page.waitForURL(/sign-in/)
  })

  it('runs the console with the keyboard alone', async () => {
    const page = await tabs().signIn(mo)
    await page.goto('/console')
    await page.keyboard.type('room cr')
    await page.getByRole('option', { name: /room create/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.keyboard.type('name:"By keys" start:no')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Enter')
    await page.locator('#log').getByText('By keys').last().waitFor()
    expect(await page.locator(':focus').getAttribute('id')).toBe('line')
    await page.keyboard.press('ArrowUp')
    expect(await page.locator('#line').inputValue()).toContain('By keys')
    await page.locator('#log').getByRole('button', { name: 'Start', exact: true }).press('Enter')
    await page.locator('#log').getByRole('button', { name: 'Pause' }).waitFor()
    expect(await page.locator('#log .entry').count()).toBe(1)
  })

  it('starts from home with one press', async () => {
    const page = await tabs().signIn(mo)
    await page.getByRole('button', { name: 'Start 25 min' }).click()
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await page.locator('#front').getByText('nothing is counted').waitFor()
    await page.locator('#front').getByRole('button', { name: 'Start 25 min' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/')
  })

  it('joins the room that opened for one from home, beside which one may start alone', async () => {
    await pages().house.does(mo, 'reserve create', { at: 'in 3 minutes', name: 'Soon' })
    await pages().house.clock.advance('3m')
    const page = await tabs().signIn(mo)
    await page.locator('#front').getByRole('button', { name: 'Start 25 min' }).waitFor()
    await page.route('**/', (route) => (route.request().method() === 'GET' ? route.abort() : route.continue()))
    await page.getByRole('button', { name: 'Join', exact: true }).first().click()
    await page.getByRole('button', { name: 'Leave', exact: true }).waitFor()
    expect(await page.getByRole('heading', { name: 'Soon' }).count()).toBe(1)
  })

  it('does the main job without JavaScript', async () => {
    const page = await tabs().signIn(mo, { javaScriptEnabled: false })
    await page.getByRole('link', { name: 'Open a room' }).click()
    await page.getByLabel('Name').fill('Plain paper')
    await page.getByLabel('Focus').fill('999')
    await page.getByRole('button', { name: 'Open' }).click()
    expect(await page.locator('#field-focus-error').textContent()).toContain('1 to 180')
    expect(await page.getByLabel('Name').inputValue()).toBe('Plain paper')
    await page.getByLabel('Focus').fill('50')
    await page.getByRole('button', { name: 'Open' }).click()
    await page.waitForURL(/\/rooms\/[0-9a-f-]{36}$/)
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByRole('button', { name: 'Resume' }).waitFor()
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('button', { name: 'Close room' }).click()
    await page.getByText('is closed').waitFor()
  })

  it('leads the keyboard from the skip link into the content, with the focus in sight', async () => {
    const page = await tabs().signIn(ada)
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Skip to the content')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    expect(await page.locator('main :focus').count()).toBe(1)
    const outline = await page.locator(':focus').evaluate((element) => String(element.computedStyleMap().get('outline-style')))
    expect(outline).toBe('solid')
  })

  it('moves nothing for those who want no motion', async () => {
    const page = await tabs().signIn(ada, { reducedMotion: 'reduce' })
    const moving = await page
      .locator('.button, nav a')
      .evaluateAll((all) => all.map((element) => String(element.computedStyleMap().get('transition-duration'))))
    expect(new Set(moving)).toEqual(new Set(['0s']))
  })
})

async function username(display: string): Promise<string> {
  const row = await pages().house.app.db.selectFrom('user').select('username').where('display_name', '=', display).executeTakeFirstOrThrow()
  return row.username
}
