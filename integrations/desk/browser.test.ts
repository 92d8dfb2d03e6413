import { existsSync } from 'node:fs'
import desk from '@plugboard/desk'
import { BotDefinition, IntegrationDefinition, IntegrationImplementation, messages } from 'plugboard'
import hitl from 'plugboard/plugins/hitl'
import { serve, startBot } from 'plugboard/runtime'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

const executablePath = '/usr/bin/chromium'
const installed = existsSync(executablePath)
if (!installed)
  process.stderr.write(`The tests in a browser are skipped: there is no ${executablePath}. apt-get install chromium\n`)

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync']
let browser: Browser
beforeAll(async () => {
  if (installed) browser = await chromium.launch({ executablePath, args: flags })
})
afterAll(async () => {
  await browser?.close()
})

const key = 'a key & some length'
const { text } = messages.defaults

/** A bot that is served, in whose room somebody has asked for help; and the page in a browser. */
async function visit() {
  const sent: string[] = []
  const definition = new IntegrationDefinition({ name: 'room', channels: { room: { messages: { text } } } })
  const room = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      channels: { room: { messages: { text: async ({ payload }) => void sent.push(payload.text) } } },
    }),
  }))
  const running = await startBot(
    new BotDefinition()
      .addIntegration(room)
      .addIntegration(desk, { configuration: { key, title: 'The desk' } })
      .addPlugin(hitl, { configuration: { startCommand: '/human', title: 'A <b>lamp</b>' } }),
    { environment: {}, log: () => {} },
  )
  const server = await serve(() => running, { host: '127.0.0.1', port: 0 })
  const client = running.clientOf('room')
  const { user } = await client.getOrCreateUser({ tags: { id: '1' }, name: 'Ada' })
  const { conversation } = await client.getOrCreateConversation({ channel: 'room', tags: {} })
  const say = async (words: string) => {
    const said = { conversationId: conversation.id, userId: user.id, type: 'text', payload: { text: words } }
    await client.createMessage(said)
    await running.idle()
  }
  /** Something else that was said in the session, to whoever serves it. */
  const show = async (type: string, payload: object) => {
    const desks = running.clientOf('desk')
    const [session] = (await desks.listConversations({ channel: 'hitl' })).items
    const { user: agent } = await desks.getOrCreateUser({ tags: { id: 'agent Edsger' }, name: 'Edsger' })
    await desks.createMessage({ conversationId: session?.id ?? '', userId: agent.id, type, payload })
  }
  /** Keeps a file as an integration does which gives it to its visitor alone. Gives its address. */
  const keep = async (name: string, contentType: string, content: Uint8Array) => {
    await client.uploadFile({ key: `room/${name}`, content, contentType, tags: { name } })
    return `http://127.0.0.1:3000/room/files/${name}`
  }
  const context = await browser.newContext()
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', ({ message }) => problems.push(message))
  return {
    page,
    problems,
    sent,
    say,
    show,
    keep,
    url: `${server.url}/desk/`,
    async [Symbol.asyncDispose]() {
      await context.close()
      await server.close()
      await running.stop()
    },
  }
}

describe.skipIf(!installed)('the page in a browser', () => {
  it('lets somebody in by the key alone', async () => {
    await using visitor = await visit()
    const { page } = visitor
    await page.goto(visitor.url)
    await page.getByLabel('Your name').fill('Eve')
    await page.getByLabel('Key').fill('a key of some length')
    await page.getByRole('button', { name: 'Begin' }).click()
    await page.getByText('The key is wrong.').waitFor()
    expect(await page.getByText('Nobody is waiting.').isVisible()).toBe(false)
  })

  it('takes a session on, answers it, and ends it', async () => {
    await using visitor = await visit()
    const { page } = visitor
    await visitor.say('My lamp is <i>broken</i>')
    await visitor.say('/human')
    await page.goto(`${visitor.url}#key=${encodeURIComponent(key)}`)
    expect(new URL(page.url()).hash).toBe('')
    await page.getByLabel('Your name').fill('Grace')
    await page.getByRole('button', { name: 'Begin' }).click()
    const waiting = page.getByRole('button', { name: 'Ada' })
    await waiting.waitFor()
    for (const words of ['A <b>lamp</b>', '“My lamp is <i>broken</i>”', 'Free · asked just now'])
      expect(await waiting.textContent()).toContain(words)
    await waiting.click()
    await page.locator('#messages').getByText('My lamp is <i>broken</i>').waitFor()
    // Whoever looks has not taken it.
    expect(await waiting.textContent()).toContain('Free')
    expect(visitor.sent.filter((text) => text.includes('Grace'))).toEqual([])
    await page.getByPlaceholder('Write an answer').fill('Which one?')
    await page.getByPlaceholder('Write an answer').press('Enter')
    await page.getByRole('listitem').getByText('Which one?').waitFor()
    await vi.waitFor(
      () => expect(visitor.sent.slice(-2)).toEqual(['Grace is with you now.', 'Grace: Which one?']),
      20_000,
    )
    expect(await page.getByRole('button', { name: 'Take' }).isVisible()).toBe(false)
    await visitor.say('The green one')
    await page.locator('#messages').getByText('The green one').waitFor()
    await waiting.getByText('“The green one”').waitFor()
    await waiting.getByText('Taken by Grace').waitFor()
    await page.getByRole('button', { name: 'End', exact: true }).click()
    await page.getByText('Nobody is waiting.').waitFor()
    await vi.waitFor(() => expect(visitor.sent.at(-1)).toContain('has ended'), 20_000)
    expect(visitor.problems).toEqual([])
  }, 60_000)

  it('shows pictures that only the bot may read, saves other files, and names the address of what it cannot have', async () => {
    await using visitor = await visit()
    const { page } = visitor
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    )
    await visitor.say('/human')
    await page.goto(`${visitor.url}#key=${encodeURIComponent(key)}`)
    await page.getByLabel('Your name').fill('Grace')
    await page.getByRole('button', { name: 'Begin' }).click()
    await page.getByRole('button', { name: 'Ada' }).click()
    const imageUrl = await visitor.keep('lamp.png', 'image/png', png)
    await visitor.show('image', { imageUrl, title: 'My lamp' })
    const picture = page.getByRole('img', { name: 'My lamp' })
    await picture.waitFor()
    await vi.waitFor(
      async () => expect(await page.evaluate('document.querySelector("#messages img").naturalWidth')).toBe(1),
      20_000,
    )
    const fileUrl = await visitor.keep('p.svg', 'image/svg+xml', Buffer.from('<svg onload="alert(1)"/>'))
    await visitor.show('file', { fileUrl, title: 'The plan' })
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Open The plan' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('p.svg')
    await visitor.show('audio', { audioUrl: 'http://127.0.0.1:1/none.mp3', title: 'A noise' })
    await page.getByRole('button', { name: 'Open A noise' }).click()
    await page.getByRole('link', { name: 'http://127.0.0.1:1/none.mp3' }).waitFor()
    expect(visitor.problems).toEqual([])
  }, 60_000)

  it('keeps what was not sent, sends it once, and makes nothing anew that has not changed', async () => {
    await using visitor = await visit()
    const { page } = visitor
    await visitor.say('/human')
    await page.goto(`${visitor.url}#key=${encodeURIComponent(key)}`)
    await page.getByLabel('Your name').fill('Grace')
    await page.getByRole('button', { name: 'Begin' }).click()
    const session = page.getByRole('button', { name: 'Ada' })
    await session.click()
    const answer = page.getByPlaceholder('Write an answer')
    await answer.fill('Which one?')
    // The answer arrives, and nobody hears of it.
    await page.route('**/messages', async (route) => {
      await route.fetch()
      await route.abort()
    })
    await answer.press('Enter')
    await page.getByText('That did not work').waitFor()
    expect(await answer.inputValue()).toBe('Which one?')
    await page.unroute('**/messages')
    await answer.press('Enter')
    await vi.waitFor(async () => expect(await answer.inputValue()).toBe(''), 20_000)
    await visitor.say('The green one')
    await page.locator('#messages').getByText('The green one').waitFor()
    expect(visitor.sent.filter((text) => text.includes('Which one?'))).toEqual(['Grace: Which one?'])
    await session.focus()
    await page.evaluate('document.querySelector("#messages li").dataset.probe = "first"')
    await visitor.say('With the switch')
    await page.locator('#messages').getByText('With the switch').waitFor()
    expect(await page.evaluate('document.querySelector("#messages li").dataset.probe')).toBe('first')
    expect(await page.evaluate('document.activeElement.textContent')).toContain('A <b>lamp</b>')
    expect(visitor.problems).toEqual([])
  }, 60_000)

  it('has room for the answer on the screen of a phone, and says what a message of any type says', async () => {
    await using visitor = await visit()
    const { page } = visitor
    await page.setViewportSize({ width: 390, height: 740 })
    await visitor.say(Array.from({ length: 60 }, (_, index) => `line ${index}`).join('\n'))
    await visitor.say('/human')
    await page.goto(`${visitor.url}#key=${encodeURIComponent(key)}`)
    await page.getByLabel('Your name').fill('Grace')
    await page.getByRole('button', { name: 'Begin' }).click()
    await page.getByRole('button', { name: 'Ada' }).click()
    await page.getByText('line 59').waitFor()
    const { y = Infinity, height = 0 } = (await page.getByRole('button', { name: 'Send' }).boundingBox()) ?? {}
    expect(y + height).toBeLessThanOrEqual(740)
    const place = { latitude: 52.5, longitude: 13.4, title: 'Depot', address: 'Some street 1' }
    await visitor.show('bloc', { items: [{ type: 'location', payload: place }] })
    await page.getByText('Some street 1').waitFor()
    expect(await page.getByText('52.5, 13.4').isVisible()).toBe(true)
    expect(visitor.problems).toEqual([])
  }, 60_000)
})
