import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { serveSmallBot, type SmallBotOptions } from './small-bot.fixture.ts'

const executablePath = '/usr/bin/chromium'
export const isInstalled = existsSync(executablePath)
if (!isInstalled)
  process.stderr.write(`The tests in a browser are skipped: there is no ${executablePath}. apt-get install chromium\n`)

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

let browser: Browser
/** Starts a browser for the tests of a file. */
export function useBrowser(): void {
  beforeAll(async () => {
    if (isInstalled) browser = await chromium.launch({ executablePath, args: flags })
  })
  afterAll(async () => {
    await browser?.close()
  })
}

/** A page in a window of its own. What goes wrong in it, such as something that its policy forbids, is noted. */
export async function openPage(url: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ locale: 'en-GB', ...options })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', ({ message }) => problems.push(message))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  await page.goto(url)
  return { context, page, problems }
}

/** The page of a small bot, connected, in a window of its own. */
export async function visit(options: SmallBotOptions & BrowserContextOptions = {}) {
  const bot = await serveSmallBot(options)
  const opened = await openPage(bot.url, options)
  await connected(opened.page)
  return {
    bot,
    ...opened,
    async [Symbol.asyncDispose]() {
      await opened.context.close()
      await bot[Symbol.asyncDispose]()
    },
  }
}

export const connected = (page: Page): Promise<void> => page.getByText('Connected', { exact: true }).waitFor()
export const composer = (page: Page) => page.getByRole('textbox', { name: 'Message to' })
export const bubbles = (page: Page) => page.getByRole('listitem').locator('.bubble')

/** Writes something and sends it. */
export async function write(page: Page, text: string): Promise<void> {
  await composer(page).fill(text)
  await composer(page).press('Enter')
}

/** Waits until there are as many messages, and gives what they say. */
export async function said(page: Page, count: number): Promise<string[]> {
  await bubbles(page)
    .nth(count - 1)
    .waitFor()
  return bubbles(page).allTextContents()
}
