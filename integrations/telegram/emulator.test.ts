/** Against an emulator that was written by others. It knows nine methods, and sends updates without their secret. */
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createSocket } from 'node:net'
import emulator from 'telegram-test-api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { token } from './bot-api.fixture.ts'
import { type SmallBot, smallBot } from './small-bot.fixture.ts'

// Its types say that the class is exported otherwise than it is.
const TelegramServer = emulator as never as typeof emulator.default
let server: InstanceType<typeof TelegramServer>
let bot: SmallBot | undefined
const answer = ({ payload: { text } }: { payload: Record<string, unknown> }) =>
  text === '/start'
    ? [{ type: 'choice', payload: { text: 'Tea?', options: [{ label: 'Tea', value: 'tea, please' }] } }]
    : [{ type: 'text', payload: { text: `You said: ${String(text)}` } }]

beforeEach(async () => {
  server = new TelegramServer({ port: await freePort(), host: '127.0.0.1' })
  await server.start()
})
afterEach(async () => {
  await bot?.[Symbol.asyncDispose]()
  bot = undefined
  await server.stop()
})

/** The emulator listens where it is told to. */
async function freePort(): Promise<number> {
  const socket = createSocket()
  await new Promise<void>((resolve) => {
    socket.listen(0, '127.0.0.1', resolve)
  })
  const { port } = socket.address() as AddressInfo
  await new Promise((resolve) => {
    socket.close(resolve)
  })
  return port
}

/** What the bot has sent, the oldest first. */
const sent = (): { text?: string; reply_markup?: unknown }[] =>
  server.storage.botMessages.map((stored: { message: object }) => stored.message)

describe('a bot that polls the emulator', () => {
  it('answers a command with buttons, and the press of one with a text', async () => {
    bot = await smallBot({ apiUrl: server.config.apiURL, polling: true, answer })
    const client = server.getClient(token, { timeout: 20_000 })
    await client.sendCommand(client.makeCommand('/start'))
    await expect.poll(sent, { timeout: 20_000 }).toHaveLength(1)
    expect(sent()).toMatchObject([
      { text: 'Tea?', reply_markup: { inline_keyboard: [[{ text: 'Tea', callback_data: 'stea, please' }]] } },
    ])
    const message = { message_id: server.storage.botMessages[0]?.messageId }
    await client.sendCallback(client.makeCallbackQuery('stea, please', { message }))
    await expect.poll(sent, { timeout: 20_000 }).toHaveLength(2)
    expect(sent()[1]).toMatchObject({ text: 'You said: tea, please' })
    expect(bot.events.map(({ type }) => type)).toEqual(['telegram:commandReceived', 'telegram:buttonPressed'])
  })

  it('has an answer that grows in one message, and deletes it', async () => {
    const grown = Promise.withResolvers<void>()
    async function* stream() {
      yield 'Once'
      await grown.promise
      yield ' upon a time'
    }
    bot = await smallBot({
      apiUrl: server.config.apiURL,
      polling: true,
      answer: () => [{ type: 'text', payload: {}, stream: stream() }],
    })
    const client = server.getClient(token)
    await client.sendMessage(client.makeMessage('tell'))
    await expect.poll(sent, { timeout: 20_000 }).toMatchObject([{ text: 'Once' }])
    grown.resolve()
    await expect.poll(sent, { timeout: 20_000 }).toMatchObject([{ text: 'Once upon a time' }])
    await bot.running.idle()
    const own = bot.running.clientOf('telegram')
    const [conversation] = (await own.listConversations()).items
    const { items } = await own.listMessages({ conversationId: conversation!.id })
    await bot.actions['deleteMessage']!({ conversationId: conversation!.id, messageId: items.at(-1)!.id })
    expect(sent()).toEqual([])
  })
})

describe('a bot that the emulator calls', () => {
  it('hears through a relay that adds the secret, and answers', async () => {
    const secrets: (string | undefined)[] = []
    const relay = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const { webhooks } = server as never as { webhooks: Record<string, { secret_token?: string }> }
        const secret = webhooks[token]?.secret_token
        secrets.push(secret)
        fetch(`${bot?.url}${request.url}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret ?? '' },
          body: Buffer.concat(chunks),
        }).then(
          ({ status }) => response.writeHead(status).end(),
          () => response.destroy(),
        )
      })
    })
    await new Promise<void>((resolve) => {
      relay.listen(0, '127.0.0.1', resolve)
    })
    try {
      const url = `http://127.0.0.1:${(relay.address() as AddressInfo).port}`
      bot = await smallBot({ apiUrl: server.config.apiURL, answer, start: { url } })
      const client = server.getClient(token)
      await client.sendMessage(client.makeMessage('hello'))
      await expect.poll(sent, { timeout: 20_000 }).toMatchObject([{ text: 'You said: hello' }])
      expect(secrets).toEqual([expect.stringMatching(/^[\da-f]{64}$/)])
      await bot[Symbol.asyncDispose]()
    } finally {
      relay.closeAllConnections()
      relay.close()
    }
  })
})
