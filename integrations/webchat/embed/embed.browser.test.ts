import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Script } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { isInstalled, openPage, useBrowser } from '../browser.fixture.ts'
import { identityFor } from '../identity.fixture.ts'
import { serveSmallBot } from '../small-bot.fixture.ts'
import { embedScript } from './embed-script.ts'

useBrowser()
const identitySecret = 'a secret of the site, of some length'

/** A site at another origin than the bot, with a strict policy of its own. At the same host: what is stored for frames of others, this browser refuses. */
async function site(content: () => string) {
  const server = createServer((_, response) => {
    const [bot = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(content()) ?? []
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.setHeader('content-security-policy', `default-src 'none'; script-src ${bot}; frame-src ${bot}`)
    response.end(`<!doctype html><html lang="en"><title>A shop</title><h1>A shop</h1>${content()}</html>`)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    origin: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** A shop that includes the chat of a bot. */
async function shop({
  attributes = '',
  allowed = true,
  ...options
}: { attributes?: string; allowed?: boolean } & object = {}) {
  let content = ''
  const shopSite = await site(() => content)
  const bot = await serveSmallBot({
    configuration: { identitySecret, ...(allowed && { allowedOrigins: [shopSite.origin] }) },
  })
  content = `<script src="${bot.url}embed.js" ${attributes}></script>`
  const opened = await openPage(shopSite.url, options)
  const frame = opened.page.frameLocator('iframe')
  return {
    bot,
    ...opened,
    launch: opened.page.getByRole('button', { name: /Chat/ }),
    frame,
    composer: frame.getByRole('textbox', { name: 'Message to' }),
    connected: () => frame.getByText('Connected', { exact: true }).waitFor({ state: 'attached' }),
    async [Symbol.asyncDispose]() {
      await opened.context.close()
      await bot[Symbol.asyncDispose]()
      await shopSite[Symbol.asyncDispose]()
    },
  }
}

describe('the script for sites', () => {
  it('is had by any site, and is a script', async () => {
    await using bot = await serveSmallBot()
    const response = await fetch(`${bot.url}embed.js`)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8'])
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(await response.text()).toBe(embedScript)
    expect(() => new Script(embedScript)).not.toThrow()
  })
})

describe.skipIf(!isInstalled)('the chat in another site', () => {
  it('opens from a button, by keyboard alone, and gives the focus back', async () => {
    await using visited = await shop()
    const { page, launch, frame, composer } = visited
    await page.keyboard.press('Tab')
    await expect.poll(() => launch.getAttribute('aria-label')).toBe('Open Chat')
    await page.keyboard.press('Enter')
    await visited.connected()
    expect(await launch.getAttribute('aria-expanded')).toBe('true')
    await expect.poll(() => composer.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.type('hello')
    await page.keyboard.press('Enter')
    await frame.getByText('You said: hello').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('iframe').waitFor({ state: 'hidden' })
    expect(await launch.evaluate((element) => (element.getRootNode() as ShadowRoot).activeElement === element)).toBe(
      true,
    )
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.keyboard.press('Enter')
    await frame.getByText('You said: hello').waitFor()
    await page.reload()
    await launch.click()
    await frame.getByText('You said: hello').waitFor()
    expect(visited.problems).toEqual([])
  })

  it('does not open in a site that is not allowed', async () => {
    await using visited = await shop({ allowed: false })
    await visited.launch.click()
    await expect.poll(() => visited.problems.join('\n')).toMatch(/frame-ancestors/)
    expect(await visited.composer.count()).toBe(0)
  })

  it('tells how much was said while it was closed', async () => {
    await using visited = await shop({ attributes: 'data-eager data-side="left" data-label="Help"' })
    const { page, bot } = visited
    const client = bot.running.clientOf('webchat')
    await visited.connected()
    const users = async () => (await client.listUsers()).items
    await expect.poll(users).toHaveLength(1)
    const userId = (await users())[0]?.id ?? ''
    const { conversationId } = await bot.actions.getOrCreateConversation({ conversation: { userId } })
    await bot.write(conversationId, 'Can I help?')
    const launch = page.getByRole('button', { name: 'Open Help, 1 unread' })
    await launch.waitFor()
    await launch.click()
    await visited.frame.getByText('Chat: Can I help?').waitFor()
    await page.getByRole('button', { name: 'Close Help' }).click()
    await page.getByRole('button', { name: 'Open Help', exact: true }).waitFor()
  })

  it('knows whom the site vouches for, and nobody else after that', async () => {
    await using visited = await shop({
      attributes: `data-identity="${identityFor({ sub: '17', name: 'Ada' }, identitySecret)}"`,
    })
    const { page, launch, frame, composer, bot } = visited
    await launch.click()
    await visited.connected()
    await composer.fill('I am Ada')
    await composer.press('Enter')
    await frame.getByText('You said: I am Ada').waitFor()
    const client = bot.running.clientOf('webchat')
    expect((await client.listUsers({ tags: { id: 'known:17' } })).items).toMatchObject([{ name: 'Ada' }])
    type Site = { plugboardWebchat: { identify(token?: string): void; signOut(): void } }
    await page.evaluate(() => (window as never as Site).plugboardWebchat.identify())
    await visited.connected()
    expect(await frame.getByText('I am Ada').count()).toBe(0)
    await page.evaluate(
      (token) => (window as never as Site).plugboardWebchat.identify(token),
      identityFor({ sub: '17' }, identitySecret),
    )
    await frame.getByText('You said: I am Ada').waitFor()
    await page.evaluate(() => (window as never as Site).plugboardWebchat.signOut())
    await frame.getByText('You said: I am Ada').waitFor({ state: 'detached' })
    expect(
      page.url() +
        page
          .frames()
          .map((one) => one.url())
          .join(),
    ).not.toMatch(/eyJ|known|\.[\w-]{43}/)
  })

  it('is as its attributes say, and does what the site tells it', async () => {
    await using visited = await shop({ attributes: 'data-open data-side="left" data-color="rgb(0, 100, 0)"' })
    const { page, launch } = visited
    await visited.connected()
    const button = await launch.boundingBox()
    expect(button?.x).toBeLessThan(100)
    expect(await launch.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe('rgb(0, 100, 0)')
    type Site = { plugboardWebchat: { open(): void; close(): void } }
    await page.evaluate(() => (window as never as Site).plugboardWebchat.close())
    await page.locator('iframe').waitFor({ state: 'hidden' })
    await page.evaluate(() => (window as never as Site).plugboardWebchat.open())
    await page.locator('iframe').waitFor({ state: 'visible' })
    expect(visited.problems).toEqual([])
  })

  it.each([
    { name: 'a phone', viewport: { width: 320, height: 568 }, colorScheme: 'light' as const, whole: true },
    { name: 'a desk in the dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark' as const, whole: false },
  ])('fits $name', async ({ whole, ...options }) => {
    await using visited = await shop(options)
    const { page, launch, frame } = visited
    await launch.click()
    await visited.connected()
    await visited.composer.fill('hello')
    await visited.composer.press('Enter')
    await frame.getByRole('button', { name: 'Chats' }).waitFor()
    const box = await page.locator('iframe').boundingBox()
    const { width, height } = options.viewport
    if (whole) expect(box).toEqual({ x: 0, y: 0, width, height })
    else expect(box?.width).toBe(400)
    expect(await frame.locator('body').evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false)
    // What stands in the header does not reach into its buttons.
    expect(await frame.locator('.who').evaluate((who) => who.scrollWidth > who.clientWidth)).toBe(false)
    await frame.getByRole('button', { name: 'Close', exact: true }).click()
    await page.locator('iframe').waitFor({ state: 'hidden' })
    const button = await launch.boundingBox()
    expect(button && button.x + button.width <= width && button.y + button.height <= height).toBe(true)
  })
})
