import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqliteStore } from 'plugboard/runtime'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BotApi, token } from './bot-api.fixture.ts'
import { fromAda, inGroup, type SmallBot, smallBot } from './small-bot.fixture.ts'

let api: BotApi
let bot: SmallBot
beforeEach(async () => {
  api = await BotApi.start()
})
afterEach(async () => {
  await bot[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})
const echo = ({ payload }: { payload: Record<string, unknown> }) => [
  { type: 'text', payload: { text: `You said: ${String(payload['text'])}` } },
]
const start = async (options: Partial<Parameters<typeof smallBot>[0]> = {}) => {
  bot = await smallBot({ apiUrl: api.url, ...options })
}

describe('a bot that Telegram calls', () => {
  it('tells Telegram where it is, what it wants to know and by which secret it knows Telegram', async () => {
    await start()
    expect(api.called('setWebhook')).toEqual([
      {
        url: `${bot.url}/telegram/webhook`,
        secret_token: expect.stringMatching(/^[\w-]{32,256}$/),
        allowed_updates: expect.arrayContaining(['message', 'callback_query', 'message_reaction']),
      },
    ])
    expect(bot.running.installations).toMatchObject([{ active: true, registration: { status: 'registered' } }])
  })

  it('hears a text and answers it', async () => {
    await start({ answer: echo })
    expect(await api.tell(fromAda({ text: 'hello' }))).toBe(200)
    await bot.running.idle()
    expect(bot.messages).toEqual([
      {
        type: 'text',
        id: expect.any(String),
        conversationId: expect.any(String),
        payload: { text: 'hello' },
        tags: { id: '1365' },
        conversation: { channel: 'direct', id: '1111', chatId: '1111', title: 'Ada Lovelace', username: 'ada' },
        user: { name: 'Ada Lovelace', id: '1111', username: 'ada', language: 'en' },
      },
    ])
    expect(api.called('sendMessage')).toEqual([{ chat_id: 1111, text: 'You said: hello' }])
  })

  it('takes an update once that is sent again', async () => {
    await start({ answer: echo })
    const statuses = [
      await api.tell(fromAda({ text: 'once' }), { id: 5 }),
      await api.tell(fromAda({ text: 'once' }), { id: 5 }),
    ]
    await bot.running.idle()
    expect(statuses).toEqual([200, 200])
    expect(bot.messages).toHaveLength(1)
    expect(api.called('sendMessage')).toHaveLength(1)
  })

  it('takes an update once that comes twice at once', async () => {
    await start({ answer: echo })
    const telling = [1, 2].map(() => api.tell(fromAda({ text: 'once' }), { id: 5 }))
    expect(await Promise.all(telling)).toEqual([200, 200])
    await bot.running.idle()
    expect(bot.messages).toHaveLength(1)
    expect(api.called('sendMessage')).toHaveLength(1)
  })

  it.each([
    ['no secret', null],
    ['an empty one', ''],
    ['another one', 'a'.repeat(64)],
    ['the token', token],
  ])('stores nothing of a request with %s', async (_, secret) => {
    await start()
    expect(await api.tell(fromAda({ text: 'forged' }), { secret })).toBe(401)
    await bot.running.idle()
    expect(bot.messages).toEqual([])
    expect((await bot.running.clientOf('telegram').listConversations()).items).toEqual([])
    // The id of a delivery that was refused is free: the true one comes in.
    expect(await api.tell(fromAda({ text: 'true' }), { id: 870_001 })).toBe(200)
  })

  it.each(['{"update_id":', '[]', 'null', '{"message":{}}', '{"update_id":"5"}', ''])(
    'refuses the body %j, which is no update',
    async (body) => {
      await start()
      const response = await api.post(body, api.webhook?.secret_token)
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ error: { code: 'request_invalid' } })
    },
  )

  it('refuses a body that is too large, before it is looked at', async () => {
    await start({ serve: { bodyLimit: 10_000 } })
    const body = JSON.stringify({ update_id: 9, ...fromAda({ text: 'x'.repeat(20_000) }) })
    const response = await api.post(body, api.webhook?.secret_token)
    expect(response.status).toBe(413)
    expect(bot.messages).toEqual([])
  })

  it('answers other paths and methods with what they are', async () => {
    await start()
    const headers = { 'x-telegram-bot-api-secret-token': api.webhook?.secret_token ?? '' }
    const at = async (path: string, method = 'GET') =>
      (await fetch(`${bot.url}/telegram${path}`, { headers, method })).status
    expect([await at('/webhook'), await at('/else'), await at('/files/a')]).toEqual([405, 404, 404])
  })

  it('knows groups, and each topic of them, as conversations of their own', async () => {
    await start({ answer: echo })
    await api.tell(inGroup({ text: 'in the topic', message_thread_id: 45, is_topic_message: true }))
    await api.tell(inGroup({ text: 'beside it' }))
    await api.tell(inGroup({ text: 'in an answer', message_thread_id: 46 }))
    await bot.running.idle()
    expect(bot.messages.map(({ conversation }) => conversation)).toEqual([
      { channel: 'group', id: '-1002/45', chatId: '-1002', threadId: '45', title: 'Plugs' },
      { channel: 'group', id: '-1002', chatId: '-1002', title: 'Plugs' },
      { channel: 'group', id: '-1002', chatId: '-1002', title: 'Plugs' },
    ])
    expect(api.called('sendMessage').toSorted((a, b) => String(b['text']).localeCompare(String(a['text'])))).toEqual([
      { chat_id: -1002, message_thread_id: 45, text: 'You said: in the topic' },
      { chat_id: -1002, text: 'You said: in an answer' },
      { chat_id: -1002, text: 'You said: beside it' },
    ])
  })

  it('sets its webhook again when it is started, if somebody has taken it away meanwhile', async () => {
    const store = await sqliteStore(join(await mkdtemp(join(tmpdir(), 'telegram-')), 'bot.sqlite'))
    const first = await smallBot({ apiUrl: api.url, start: { store, url: 'https://plugs.test' } })
    await first[Symbol.asyncDispose]()
    const webhook = api.webhook
    api.webhook = undefined
    await start({ start: { store, url: 'https://plugs.test' } })
    await expect.poll(() => api.webhook).toEqual(webhook)
    expect(bot.log.map(({ message }) => message).join()).toContain('is told again where the bot is')
  })

  it('says in its log what Telegram could not deliver', async () => {
    api.webhookTrouble = { last_error_date: Math.floor(Date.now() / 1000), last_error_message: 'SSL error' }
    await start()
    await expect.poll(() => JSON.stringify(bot.log)).toContain('SSL error')
    expect(api.called('setWebhook')).toHaveLength(1)
  })

  it('takes its webhook back when it is taken out of the bot', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'telegram-'))
    const store = await sqliteStore(join(folder, 'bot.sqlite'))
    const first = await smallBot({ apiUrl: api.url, start: { store } })
    await first[Symbol.asyncDispose]()
    expect(api.webhook).toBeDefined()
    await start({ enabled: false, start: { store } })
    expect(api.webhook).toBeUndefined()
  })
})
