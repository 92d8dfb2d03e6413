import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqliteStore } from 'plugboard/runtime'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { failed, HttpApi, token } from '../http-api.fixture.ts'
import { ada, applicationId, bob, bot as itself, command, places, pressed } from '../interactions.fixture.ts'
import { written } from '../people.fixture.ts'
import { type SmallBot, smallBot } from '../small-bot.fixture.ts'

let api: HttpApi
let bot: SmallBot | undefined
beforeEach(async () => {
  api = await HttpApi.start()
  bot = undefined
})
afterEach(async () => {
  await bot?.[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})
const echo = ({ payload }: { payload: Record<string, unknown> }) => [
  { type: 'text', payload: { text: `You said: ${String(payload['text'])}` } },
]
const start = async (options: Partial<Parameters<typeof smallBot>[0]> = {}): Promise<SmallBot> => {
  bot = await smallBot({ apiUrl: api.url, gateway: true, answer: echo, ...options })
  return bot
}
/** Tells the bot, and waits until that has done everything. */
async function tell(t: string, d: object): Promise<void> {
  await api.gateway.tell(t, d)
  await bot?.running.idle()
}

describe('a bot that keeps a connection open', () => {
  it('says who it is and what it wants to hear, hears and answers', async () => {
    const { messages } = await start()
    const message = written('hello')
    await tell('MESSAGE_CREATE', message)
    expect(api.gateway.said).toEqual([
      {
        op: 2,
        d: {
          token,
          intents: 1 | 512 | 1024 | 4096 | 8192 | 32_768,
          properties: expect.objectContaining({ browser: 'plugboard' }),
        },
      },
    ])
    expect(messages).toMatchObject([
      {
        type: 'text',
        payload: { text: 'hello' },
        tags: { id: message.id },
        conversation: { channel: 'channel', id: places.channel.id, title: 'general' },
        user: { name: 'Ada Lovelace', id: ada.id },
      },
    ])
    expect(api.called(/^POST /)).toMatchObject([
      { route: `POST /channels/${places.channel.id}/messages`, body: { content: 'You said: hello' } },
    ])
  })

  it('need not read what does not concern it', async () => {
    await start({ configuration: { readMessages: false } })
    await api.gateway.ready()
    expect(api.gateway.said).toMatchObject([{ d: { intents: 1 | 512 | 1024 | 4096 | 8192 } }])
  })

  it('knows direct messages and threads as what they are', async () => {
    const { messages } = await start()
    await tell('MESSAGE_CREATE', written('a', { place: 'dm' }))
    await tell('MESSAGE_CREATE', written('b', { place: 'thread', user: bob }))
    expect(messages.map(({ conversation }) => conversation)).toMatchObject([
      { channel: 'dm', person: ada.id },
      { channel: 'thread', parentId: places.channel.id },
    ])
  })

  it('hears files, and what a message answers', async () => {
    const { messages } = await start()
    const attachments = [
      { id: '5', filename: 'a.png', content_type: 'image/png', size: 1, url: 'https://example.com/a.png' },
    ]
    await tell(
      'MESSAGE_CREATE',
      written('', { more: { attachments, type: 19, message_reference: { message_id: '7' } } }),
    )
    expect(messages).toMatchObject([
      {
        type: 'image',
        payload: { imageUrl: 'https://example.com/a.png', title: 'a.png' },
        tags: { attachmentId: '5', replyTo: '7' },
      },
    ])
  })

  it('hears what is forwarded, and stickers', async () => {
    const { messages } = await start()
    const attachments = [
      { id: '5', filename: 'a.pdf', content_type: 'application/pdf', size: 1, url: 'https://example.com/a.pdf' },
    ]
    const message = { type: 0, content: 'Look', attachments, embeds: [] }
    await tell('MESSAGE_CREATE', written('', { more: { message_snapshots: [{ message }] } }))
    const sticker = { id: '6', name: 'Wave', format_type: 1 }
    await tell('MESSAGE_CREATE', written('', { more: { sticker_items: [sticker] } }))
    await tell('MESSAGE_CREATE', written('', { more: { sticker_items: [{ ...sticker, format_type: 3 }] } }))
    const address = 'https://cdn.discordapp.com/stickers/6'
    expect(messages.map(({ type, payload }) => [type, payload])).toEqual([
      ['text', { text: 'Look' }],
      ['file', { fileUrl: 'https://example.com/a.pdf', title: 'a.pdf' }],
      ['image', { imageUrl: `${address}.png`, title: 'Wave' }],
      ['file', { fileUrl: `${address}.json`, title: 'Wave' }],
    ])
  })

  it.each([
    [`<@${itself.id}> help`, 'help'],
    [`<@!${itself.id}>, ask <@${bob.id}>`, `ask <@${bob.id}>`],
    [`ask <@${itself.id}>`, `ask <@${itself.id}>`],
    [`<@${itself.id}>`, `<@${itself.id}>`],
  ])('is called by a mention, which is no part of what is said: %s', async (content, expected) => {
    const { messages } = await start()
    await tell('MESSAGE_CREATE', written(content))
    expect(messages.map(({ payload }) => payload)).toEqual([{ text: expected }])
  })

  it('is told that it was mentioned, once and with the message', async () => {
    const { events } = await start({ answer: () => [] })
    const message = written(`Well, <@${itself.id}>, what is this?`, { more: { mentions: [itself] } })
    await tell('MESSAGE_CREATE', message)
    await tell('MESSAGE_CREATE', message)
    await tell('MESSAGE_CREATE', written('what?', { more: { mentions: [bob] } }))
    expect(events).toEqual([
      {
        type: 'discord:botMentioned',
        payload: { messageId: message.id, text: 'Well, , what is this?' },
        place: { conversation: places.channel.id, user: ada.id, knowsMessage: true },
      },
    ])
  })

  it('keeps the name and picture that somebody has now', async () => {
    const { client } = await start({ answer: () => [] })
    await tell('MESSAGE_CREATE', written('one'))
    await tell('MESSAGE_CREATE', written('two', { user: { ...ada, global_name: 'Ada!', avatar: 'new' } }))
    expect((await client.listUsers()).items).toMatchObject([
      { name: 'Ada!', pictureUrl: `https://cdn.discordapp.com/avatars/${ada.id}/new.png` },
    ])
  })

  it('is told of messages that are deleted together, and of what channels are called now', async () => {
    const { events, client } = await start({ answer: () => [] })
    const all = [written('one'), written('two')]
    for (const message of all) await tell('MESSAGE_CREATE', message)
    await tell('CHANNEL_UPDATE', { ...places.channel, name: 'everyone' })
    await tell('CHANNEL_UPDATE', { ...places.channel, id: '5', name: 'unknown' })
    const ids = [...all.map(({ id }) => id), '5']
    await tell('MESSAGE_DELETE_BULK', { ids, channel_id: places.channel.id, guild_id: places.channel.guild_id })
    expect(events.map(({ type }) => type)).toEqual(['discord:messageDeleted', 'discord:messageDeleted'])
    expect((await client.listConversations()).items.map(({ tags }) => tags['title'])).toEqual(['everyone'])
  })

  it('does not hear itself, other bots, what Discord itself says, and what has nothing in it', async () => {
    const { messages } = await start()
    await tell('MESSAGE_CREATE', written('mine', { more: { author: itself } }))
    await tell('MESSAGE_CREATE', written('by a webhook', { more: { webhook_id: '5' } }))
    await tell('MESSAGE_CREATE', written('joined', { more: { type: 7 } }))
    await tell('MESSAGE_CREATE', written(''))
    expect(messages).toEqual([])
  })

  it('takes a message once that comes again', async () => {
    const { messages } = await start()
    const message = written('once')
    await tell('MESSAGE_CREATE', message)
    await tell('MESSAGE_CREATE', message)
    expect(messages).toHaveLength(1)
    expect(api.called(/^POST /)).toHaveLength(1)
  })

  it('leaves aside what cannot be taken', async () => {
    const { messages, log } = await start()
    await tell('INTERACTION_CREATE', { ...command('say'), data: undefined })
    await tell('MESSAGE_CREATE', written('by nobody', { more: { author: undefined } }))
    await tell('MESSAGE_CREATE', written('after'))
    expect(messages.map(({ payload }) => payload)).toEqual([{ text: 'after' }])
    expect(log.map(({ message }) => message)).toContain('an event of Discord cannot be taken and is left aside')
  })

  it('is told of commands and presses, and says at once that it was', async () => {
    await start()
    await tell('INTERACTION_CREATE', command('say', [], { id: '77', token: 'once' }))
    await tell('INTERACTION_CREATE', pressed('other', '5', { id: '78', token: 'twice' }))
    expect(api.called(/^(?:POST|PATCH)/)).toMatchObject([
      { route: 'POST /interactions/77/once/callback', body: { type: 5 }, authorization: undefined },
      { route: `PATCH /webhooks/${applicationId}/once/messages/@original`, body: { content: 'You said: /say' } },
      { route: 'POST /interactions/78/twice/callback', body: { type: 6 } },
    ])
  })

  it('has no part in the address that applications share', async () => {
    const { post } = await start()
    expect((await post(JSON.stringify(command('say')), { path: '/_integrations/discord/webhook' })).status).toBe(404)
  })

  it('believes nothing that comes to its address', async () => {
    const { post } = await start()
    expect((await post(JSON.stringify(command('say')))).status).toBe(401)
  })
})

describe('a connection', () => {
  const say = async (text: string): Promise<void> => tell('MESSAGE_CREATE', written(text))
  const texts = (): unknown[] => bot?.messages.map(({ payload }) => payload['text']) ?? []

  it('that breaks goes on where it was, and misses nothing', async () => {
    await start()
    await say('one')
    const client = await api.gateway.ready()
    client.socket.terminate()
    api.gateway.dispatch(client, 'MESSAGE_CREATE', written('while it was broken'))
    await expect.poll(() => texts().length).toBe(2)
    await say('three')
    expect(texts()).toEqual(['one', 'while it was broken', 'three'])
    expect(api.gateway.said.map(({ op, d }) => [op, d['session_id'], d['seq']])).toEqual([
      [2, undefined, undefined],
      [6, 'session-1', 2],
    ])
  })

  it('that Discord asks to renew is renewed', async () => {
    await start()
    const client = await api.gateway.ready()
    api.gateway.send(client, { op: 7, d: null })
    await expect.poll(() => api.gateway.said.map(({ op }) => op)).toEqual([2, 6])
    expect(client.closedWith).toBe(4000)
  })

  it('of which Discord knows nothing any more begins anew', async () => {
    await start()
    const client = await api.gateway.ready()
    api.gateway.forget()
    client.socket.terminate()
    await expect.poll(() => api.gateway.said.map(({ op }) => op)).toEqual([2, 6, 2])
    await say('again')
    expect(texts()).toEqual(['again'])
  })

  it('that ends for good has told everything before', async () => {
    await start()
    const client = await api.gateway.ready()
    api.gateway.dispatch(client, 'MESSAGE_CREATE', written('one'))
    api.gateway.dispatch(client, 'MESSAGE_CREATE', written('two'))
    api.gateway.send(client, { op: 9, d: false })
    await expect.poll(() => api.gateway.said.map(({ op }) => op), { timeout: 10_000 }).toEqual([2, 2])
    expect(texts()).toEqual(['one', 'two'])
  })

  it('on which nobody greets is given up', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true })
    try {
      api.gateway.greets = false
      await start()
      await expect.poll(() => api.gateway.clients.length).toBe(1)
      api.gateway.greets = true
      await vi.advanceTimersByTimeAsync(30_000)
      await api.gateway.ready()
      expect(api.gateway.clients).toHaveLength(2)
    } finally {
      vi.useRealTimers()
    }
  })

  it('that was closed for good begins anew', async () => {
    await start()
    const client = await api.gateway.ready()
    client.socket.close(4009)
    await expect.poll(() => api.gateway.said.map(({ op }) => op)).toEqual([2, 2])
  })

  it('beats, and is renewed when nobody answers', async () => {
    api.gateway.interval = 1000
    await start()
    await say('one')
    api.gateway.answersHeartbeats = false
    await expect.poll(() => api.gateway.said.map(({ op }) => op).slice(0, 2)).toEqual([2, 6])
    expect(api.gateway.heartbeats).toBeGreaterThan(0)
  })

  it('on which no JSON comes is renewed', async () => {
    await start()
    const client = await api.gateway.ready()
    client.socket.send('{"op":')
    await expect.poll(() => api.gateway.said.map(({ op }) => op)).toEqual([2, 6])
  })

  it('goes on after a restart of the bot', async () => {
    const store = await sqliteStore(join(await mkdtemp(join(tmpdir(), 'discord-')), 'bot.sqlite'))
    const first = await start({ start: { store } })
    await say('one')
    const client = await api.gateway.ready()
    await first[Symbol.asyncDispose]()
    bot = undefined
    await expect.poll(() => client.closedWith).toBe(4000)
    api.gateway.dispatch(client, 'MESSAGE_CREATE', written('meanwhile'))
    await start({ start: { store } })
    await expect.poll(texts).toEqual(['meanwhile'])
    expect(api.gateway.said.map(({ op }) => op)).toEqual([2, 6])
  })

  it.each([
    [4004, 'vendor_unauthorized', 'token'],
    [4014, 'vendor_refused', 'Message Content Intent'],
    [4011, 'vendor_refused', 'more servers'],
  ])('that Discord closes by %d waits for somebody to mend it', async (code, errorCode, remedy) => {
    api.gateway.refuses.push(code)
    const { log } = await start()
    await expect.poll(() => JSON.stringify(log)).toContain(remedy)
    expect(JSON.stringify(log)).toContain(errorCode)
    expect(JSON.stringify(log)).not.toContain(token)
    expect(api.gateway.said).toHaveLength(1)
  })

  it('is not begun more often than Discord lets it', async () => {
    const limit = { total: 1000, remaining: 0, reset_after: 50, max_concurrency: 1 }
    const url = api.gatewayUrl
    api.instead(/gateway/, { status: 200, body: { url, shards: 1, session_start_limit: limit } }, failed(500, 0, 'no'))
    const { log } = await start()
    await api.gateway.ready()
    expect(JSON.stringify(log)).toMatch(/vendor_rate_limited.*vendor_unavailable/)
  })

  it('ends with the bot', async () => {
    const started = await start()
    const client = await api.gateway.ready()
    await started[Symbol.asyncDispose]()
    bot = undefined
    await expect.poll(() => client.closedWith).toBe(4000)
  })
})
