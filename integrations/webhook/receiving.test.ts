import { afterEach, describe, expect, it } from 'vitest'
import {
  post,
  type Posted,
  secretOf,
  shared,
  type WebhookBot,
  webhookBot,
  type WebhookBotOptions,
} from './webhook-bot.fixture.ts'

let bot: WebhookBot
afterEach(() => bot[Symbol.asyncDispose]())
const start = async (options?: WebhookBotOptions) => {
  bot = await webhookBot(options)
}
const tell = async (posted: Posted): Promise<number> => {
  const { status } = await post(bot.url, posted)
  await bot.running.idle()
  return status
}
const paid = JSON.stringify({ type: 'invoice.paid', timestamp: '2026-01-02T03:04:05+01:00', data: { amount: 5 } })

describe('a webhook that comes in', () => {
  it('is an event with its type, time and data', async () => {
    await start()
    expect(await tell({ body: paid, id: 'msg_7' })).toBe(200)
    expect(bot.events).toEqual([
      { id: 'msg_7', type: 'invoice.paid', timestamp: '2026-01-02T02:04:05.000Z', data: { amount: 5 } },
    ])
  })

  it('without these is an event with all of its body, at the time at which it was signed', async () => {
    await start()
    const before = Math.floor(Date.now() / 1000) * 1000
    expect(await tell({ body: '{"user":{"id":"ü"},"timestamp":"soon"}' })).toBe(200)
    const [event] = bot.events
    expect(event).toMatchObject({ id: 'msg_1', data: { user: { id: 'ü' }, timestamp: 'soon' } })
    expect(event).not.toHaveProperty('type')
    expect(Date.parse(String(event?.timestamp))).toBeGreaterThanOrEqual(before)
  })

  it('is taken once, however often it comes', async () => {
    await start()
    const statuses = [await tell({ body: paid }), await tell({ body: paid }), await tell({ body: paid, id: 'msg_2' })]
    expect(statuses).toEqual([200, 200, 200])
    expect(bot.events.map(({ id }) => id)).toEqual(['msg_1', 'msg_2'])
  })

  it('is taken once when it comes twice at once', async () => {
    await start()
    expect(await Promise.all([tell({ body: paid }), tell({ body: paid })])).toEqual([200, 200])
    expect(bot.events).toHaveLength(1)
  })

  it.each<[string, Partial<Posted>]>([
    ['was signed by somebody else', { secret: secretOf(9) }],
    [
      'has a signature of another body',
      { headers: { 'webhook-signature': 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=' } },
    ],
    ['has another id than was signed', { headers: { 'webhook-id': 'msg_2' } }],
    [
      'has another time than was signed',
      { headers: { 'webhook-timestamp': String(Math.floor(Date.now() / 1000) - 60) } },
    ],
    ['has no signature', { headers: { 'webhook-signature': null } }],
    ['has no id', { headers: { 'webhook-id': null } }],
    ['has no time', { headers: { 'webhook-timestamp': null } }],
    ['has a time that is none', { headers: { 'webhook-timestamp': 'today' } }],
    ['has a signature of a version that there is not', { headers: { 'webhook-signature': 'v1 v1, v9,x' } }],
    ['was signed more than five minutes ago', { offset: -310 }],
    ['was signed more than five minutes ahead', { offset: 310 }],
  ])('is refused when it %s, and its id stays free', async (_, wrong) => {
    await start()
    expect(await tell({ body: paid, ...wrong })).toBe(401)
    expect(bot.events).toEqual([])
    expect(await tell({ body: paid })).toBe(200)
    expect(bot.events).toHaveLength(1)
  })

  it.each([-290, 290])('is taken when it was signed %i seconds from now', async (offset) => {
    await start()
    expect(await tell({ body: paid, offset })).toBe(200)
    expect(bot.events).toHaveLength(1)
  })

  it.each(['{"type":', '[]', 'null', '"text"', ''])('is refused with the body %j, which is no object', async (body) => {
    await start()
    const response = await post(bot.url, { body })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { code: 'request_invalid' } })
    // Its sender may mend it and send it again.
    expect(await tell({ body: paid })).toBe(200)
    expect(bot.events).toHaveLength(1)
  })

  it('is refused when it is too large', async () => {
    await start({ bodyLimit: 1000 })
    expect(await tell({ body: JSON.stringify({ data: 'x'.repeat(2000) }) })).toBe(413)
    expect(bot.events).toEqual([])
  })

  it('may be signed by the new secret or the one before, and by no older one', async () => {
    await start({ configuration: { secret: secretOf(3), previousSecret: secretOf(2) } })
    const statuses = [3, 2, 1].map((byte) => tell({ body: paid, id: `msg_${byte}`, secret: secretOf(byte) }))
    expect(await Promise.all(statuses)).toEqual([200, 200, 401])
  })

  it('comes to one path by one method', async () => {
    await start()
    const put = await post(bot.url, { body: paid, method: 'PUT' })
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'POST'])
    expect((await post(`${bot.url}/more`, { body: paid })).status).toBe(404)
    await bot.running.idle()
    expect(bot.events).toEqual([])
  })
})

describe('a message that comes in', () => {
  const message = (more: object = {}) =>
    JSON.stringify({
      type: 'message.created',
      data: { conversationId: 'c1', userId: 'ada', type: 'text', payload: { text: 'hello' }, ...more },
    })

  it('is one of its conversation and person', async () => {
    await start()
    await tell({ body: message({ userName: 'Ada', messageId: 'm1' }) })
    await tell({ body: message({ type: 'image', payload: { imageUrl: 'https://a.test/a.png' } }), id: 'msg_2' })
    expect(bot.messages).toEqual([
      { type: 'text', payload: { text: 'hello' }, conversation: 'c1', user: { name: 'Ada', id: 'ada' }, id: 'm1' },
      {
        type: 'image',
        payload: { imageUrl: 'https://a.test/a.png' },
        conversation: 'c1',
        user: { name: 'Ada', id: 'ada' },
        id: 'msg_2',
      },
    ])
    expect(bot.events).toEqual([])
    expect((await bot.running.clientOf('webhook').listConversations()).items).toHaveLength(1)
  })

  it('has the name that its person has now', async () => {
    await start()
    await tell({ body: message({ userName: 'Ada' }) })
    await tell({ body: message({ userName: 'Ada King' }), id: 'msg_2' })
    await tell({ body: message(), id: 'msg_3' })
    expect(bot.messages.map(({ user }) => (user as { name: string }).name)).toEqual(['Ada', 'Ada King', 'Ada King'])
  })

  it('is an event where it has another form', async () => {
    await start()
    expect(await tell({ body: '{"type":"message.created","data":{"object":"message"}}' })).toBe(200)
    expect(bot.messages).toEqual([])
    expect(bot.events).toMatchObject([{ type: 'message.created', data: { object: 'message' } }])
  })

  it.each([
    [{ type: 'toString' }, 'data.type'],
    [{ payload: { text: '' } }, 'data.payload.text'],
  ])('is refused with %j', async (wrong, path) => {
    await start()
    const response = await post(bot.url, { body: message(wrong) })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      error: { code: 'request_invalid', message: expect.stringContaining(`'${path}'`) },
    })
    await bot.running.idle()
    expect([bot.messages, bot.events]).toEqual([[], []])
  })
})

describe('a configuration', () => {
  it.each([
    ['secret', { secret: 'password' }],
    ['secret', { secret: `whsec_${Buffer.alloc(23).toString('base64')}` }],
    ['previousSecret', { previousSecret: 'whsec_' }],
    ['endpointUrl', { endpointUrl: 'ftp://a.test' }],
    ['urlSecret', { urlSecret: shared.slice('whsec_'.length) }],
  ])('with a wrong %s does not start, and is not repeated', async (key, configuration) => {
    await start()
    const failed = await webhookBot({ configuration }).catch((error: unknown) => error)
    expect(failed).toMatchObject({
      problems: [{ code: 'configuration_invalid', path: `webhook.configuration.${key}` }],
    })
    expect(String(failed)).not.toContain(shared.slice('whsec_'.length))
  })
})
