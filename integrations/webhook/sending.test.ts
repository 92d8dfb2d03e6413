import { Webhook } from 'standardwebhooks'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Answer, type Received, type Receiver, receiver, says } from './receiver.fixture.ts'
import {
  place,
  type Place,
  post,
  secretOf,
  shared,
  type WebhookBot,
  webhookBot,
  type WebhookBotOptions,
} from './webhook-bot.fixture.ts'

const opened: AsyncDisposable[] = []
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one[Symbol.asyncDispose]()
})
const started = async (options: WebhookBotOptions): Promise<WebhookBot> => {
  const bot = await webhookBot(options)
  opened.push(bot)
  return bot
}
const receiving = async (...answers: Answer[]): Promise<Receiver> => {
  const one = await receiver(...answers)
  opened.push(one)
  return one
}
const sender = (endpointUrl: string, options: WebhookBotOptions = {}): Promise<WebhookBot> =>
  started({
    name: 'sender',
    ...options,
    configuration: { endpointUrl, endpointIsPrivate: true, ...options.configuration },
  })
const paid = { type: 'invoice.paid', data: { amount: 5, to: 'Ü' } }
const failure = (sent: Promise<unknown>): Promise<unknown> => sent.catch((error: unknown) => error)

describe('two bots', () => {
  it('tell each other what has happened', async () => {
    const hearer = await started({})
    const bot = await sender(hearer.url)
    const { id, status } = await bot.send(paid)
    await hearer.running.idle()
    expect([id, status]).toEqual([expect.stringMatching(/^msg_[\da-f]{32}$/), 200])
    expect(hearer.events).toEqual([{ id, timestamp: expect.stringMatching(/^\d{4}-.*Z$/), ...paid }])
  })

  it('talk with each other, each a conversation of the other', async () => {
    const [here, there] = [await place(), await place()]
    const talks = (name: string, at: Place, to: Place, answer: (text: string) => string | undefined) =>
      sender(to.url, { name, place: at, answer })
    const asking = await talks('asking', here, there, (text) => (text === 'Who?' ? 'Ada' : undefined))
    const answering = await talks('answering', there, here, (text) => (text === 'hello' ? 'Who?' : undefined))
    const data = { conversationId: 'c1', userId: 'visitor', type: 'text', payload: { text: 'hello' } }
    await asking.send({ type: 'message.created', data })
    await vi.waitFor(() => expect(answering.messages).toHaveLength(2), 10_000)
    const told = (bot: WebhookBot) =>
      bot.messages.map(({ payload, conversation }) => [conversation, (payload as { text: string }).text])
    expect(told(answering)).toEqual([
      ['c1', 'hello'],
      ['c1', 'Ada'],
    ])
    expect(told(asking)).toEqual([['c1', 'Who?']])
    await Promise.all([asking.running.idle(), answering.running.idle()])
    for (const bot of [asking, answering]) expect((await bot.running.deadLetters()).items).toEqual([])
  })

  it('take a webhook once whose answer was lost, so that it was sent again', async () => {
    const hearer = await started({})
    const forward = async ({ headers, body }: Received) => {
      const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature } = headers
      const kept = { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature }
      return fetch(hearer.url, { method: 'POST', headers: kept as Record<string, string>, body })
    }
    const { url, received } = await receiving(
      (response, request) => void forward(request).then(() => response.destroy()),
      (response, request) => void forward(request).then(({ status }) => response.writeHead(status).end()),
    )
    const bot = await sender(url, { sends: true })
    await post(bot.url, { body: '{"type":"please.send","data":{"n":1}}' })
    await bot.running.idle()
    await hearer.running.idle()
    expect(received).toHaveLength(2)
    expect(hearer.events).toMatchObject([{ type: 'was.asked', data: { n: 1 } }])
    expect((await bot.running.deadLetters()).items).toEqual([])
  })
})

describe('a webhook that goes out', () => {
  it('is signed as the specification says, for whoever verifies it with its library', async () => {
    const { url, received } = await receiving()
    const bot = await sender(url)
    const { id, status } = await bot.send(paid)
    const [{ headers, body } = { headers: {}, body: '' }] = received
    expect(new Webhook(shared).verify(body, headers as Record<string, string>)).toMatchObject(paid)
    expect([status, headers['webhook-id'], headers['content-type']]).toEqual([204, id, 'application/json'])
    expect(JSON.parse(body)).toEqual({ ...paid, timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) })
  })

  it('has both signatures while the secret changes', async () => {
    const { url, received } = await receiving()
    const bot = await sender(url, { configuration: { secret: secretOf(3), previousSecret: secretOf(2) } })
    await bot.send(paid)
    const [{ headers, body } = { headers: {}, body: '' }] = received
    for (const byte of [2, 3])
      expect(new Webhook(secretOf(byte)).verify(body, headers as Record<string, string>)).toMatchObject(paid)
    expect(() => new Webhook(secretOf(1)).verify(body, headers as Record<string, string>)).toThrow('No matching')
  })

  it('has the same id at every attempt, and another one at another call', async () => {
    const { url, received } = await receiving(says(500), (response) => response.destroy())
    const bot = await sender(url, { sends: true })
    await post(bot.url, { body: '{"type":"please.send","data":{}}' })
    await bot.running.idle()
    await bot.send(paid)
    const ids = received.map(({ headers }) => headers['webhook-id'])
    expect(ids).toHaveLength(4)
    expect(new Set(ids.slice(0, 3)).size).toBe(1)
    expect(new Set(ids).size).toBe(2)
  })

  it('is none for what is no type', async () => {
    const { url, received } = await receiving()
    const bot = await sender(url)
    expect(await failure(bot.send({ type: 'a b', data: {} }))).toMatchObject({ code: 'input_invalid' })
    expect(received).toEqual([])
  })

  it('is a message with its sender, place and payload', async () => {
    const { url, received } = await receiving()
    const bot = await sender(url, { answer: (text) => text.toUpperCase() })
    const data = { conversationId: 'c1', userId: 'ada', type: 'text', payload: { text: 'hello' } }
    await post(bot.url, { body: JSON.stringify({ type: 'message.created', data }) })
    await bot.running.idle()
    expect(received.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      {
        type: 'message.created',
        timestamp: expect.any(String),
        data: {
          conversationId: 'c1',
          userId: expect.any(String),
          userName: 'sender',
          messageId: expect.any(String),
          type: 'text',
          payload: { text: 'HELLO' },
        },
      },
    ])
  })
})

describe('an address', () => {
  it('of this machine is refused, unless it is the endpoint and may be', async () => {
    const { url, received } = await receiving()
    const refused = await sender(url, { configuration: { endpointIsPrivate: false } })
    const allowed = await sender(url, { configuration: { urlSecret: secretOf(5) } })
    const errors = [await failure(refused.send(paid)), await failure(allowed.send({ ...paid, url: `${url}/other` }))]
    expect(errors).toMatchObject([{ code: 'address_refused' }, { code: 'address_refused' }])
    expect(received).toEqual([])
    await allowed.send({ ...paid, url })
    expect(received).toHaveLength(1)
  })

  it('other than the endpoint needs a secret of its own, and sending without one needs the endpoint', async () => {
    const bot = await started({})
    const errors = [await failure(bot.send({ ...paid, url: 'https://a.test/' })), await failure(bot.send(paid))]
    expect(errors).toMatchObject([
      { code: 'configuration_missing', where: { integration: 'webhook', action: 'send', path: 'urlSecret' } },
      { code: 'configuration_missing', where: { integration: 'webhook', action: 'send', path: 'endpointUrl' } },
    ])
  })
})

describe('a receiver', () => {
  const date = (): string => new Date(Date.now() + 60_000).toUTCString()

  it.each<[string, Answer, object]>([
    ['refuses (400)', says(400, {}, 'no\n such thing'), { code: 'vendor_refused', retryable: false }],
    ['does not know the secret (401)', says(401), { code: 'vendor_refused', retryable: true }],
    ['is not there yet (404)', says(404), { code: 'vendor_refused', retryable: true }],
    ['is gone (410)', says(410), { code: 'vendor_refused', retryable: false }],
    ['is elsewhere (307)', says(307, { location: '/' }), { code: 'vendor_refused', retryable: false }],
    [
      'asks to wait (429)',
      says(429, { 'retry-after': '7' }),
      { code: 'vendor_rate_limited', retryable: true, retryAfter: 7000 },
    ],
    ['asks to wait, nobody knows how long', says(429), { code: 'vendor_rate_limited', retryAfter: undefined }],
    [
      'is busy (503)',
      says(503, { 'retry-after': '2' }),
      { code: 'vendor_unavailable', retryable: true, retryAfter: 2000 },
    ],
    ['fails (500)', says(500, { 'retry-after': 'x' }), { code: 'vendor_unavailable', retryable: true }],
    ['breaks off', (response) => response.destroy(), { code: 'vendor_unavailable', retryable: true }],
  ])('%s', async (_, answer, expected) => {
    const { url } = await receiving(answer)
    const bot = await sender(url)
    expect(await failure(bot.send(paid))).toMatchObject({
      ...expected,
      where: { integration: 'webhook', action: 'send' },
    })
  })

  it('may say until when, and why', async () => {
    const { url } = await receiving(says(429, { 'retry-after': date() }, `too\n many ${'x'.repeat(5000)}`))
    const bot = await sender(url)
    const error = (await failure(bot.send(paid))) as { retryAfter: number; message: string }
    expect(error.retryAfter).toBeGreaterThan(0)
    expect(error.retryAfter).toBeLessThanOrEqual(60_000)
    expect(error.message).toContain('(429: too many x')
    expect(error.message.length).toBeLessThan(400)
  })

  it.each([200, 400])(
    'that answers %i and without end is not listened to',
    async (status) => {
      let written = 0
      const left = Promise.withResolvers<void>()
      const { url } = await receiving((response) => {
        response.on('close', left.resolve)
        response.writeHead(status)
        const more = (): void => {
          written += 65_536
          if (!response.destroyed) response.write('x'.repeat(65_536), () => setImmediate(more))
        }
        more()
      })
      const bot = await sender(url)
      const sent = await failure(bot.send(paid))
      expect(sent).toMatchObject(status === 200 ? { status } : { code: 'vendor_refused' })
      await left.promise
      // What the sockets hold, and no more.
      expect(written).toBeLessThan(50_000_000)
      // After 20 seconds the time of the call would be up, and the connection closed for that.
    },
    15_000,
  )

  it('that answers nothing is left when the caller is', async () => {
    const asked = Promise.withResolvers<void>()
    const left = Promise.withResolvers<void>()
    const { url } = await receiving((response) => {
      response.on('close', left.resolve)
      asked.resolve()
    })
    const bot = await sender(url)
    const controller = new AbortController()
    const sent = failure(bot.send(paid, { signal: controller.signal }))
    await asked.promise
    controller.abort()
    expect(await sent).toMatchObject({ code: 'aborted' })
    await left.promise
  })

  it('that is gone gets a message once, which is put aside; one that failed gets it again', async () => {
    const { url, received } = await receiving(says(502), says(410))
    const bot = await sender(url, { answer: () => 'answer' })
    const data = { conversationId: 'c1', userId: 'ada', type: 'text', payload: { text: 'hello' } }
    await post(bot.url, { body: JSON.stringify({ type: 'message.created', data }) })
    await bot.running.idle()
    expect(received.map(({ headers }) => headers['webhook-id'])).toEqual(
      Array(2).fill(received[0]?.headers['webhook-id']),
    )
    const { items } = await bot.running.deadLetters()
    expect(items).toMatchObject([{ code: 'vendor_refused', message: expect.stringContaining('(410)') }])
    expect(JSON.stringify([items, bot.log])).not.toContain(shared.slice('whsec_'.length))
  })
})
