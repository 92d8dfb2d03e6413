import { describe, expect, it } from 'vitest'
import { serveSmallBot } from './small-bot.fixture.ts'
import { said, Visitor } from './visitor.fixture.ts'

interface Listed {
  readonly id: string
  readonly title?: string
  readonly unread: boolean
  readonly createdAt: string
}
const listOf = async (visitor: Visitor): Promise<readonly Listed[]> =>
  ((await (await visitor.ask('conversations')).json()) as { conversations: Listed[] }).conversations
const begin = async (visitor: Visitor): Promise<string> =>
  ((await (await visitor.send('POST', 'conversations')).json()) as { conversation: Listed }).conversation.id
const codeOf = async (response: Response): Promise<unknown[]> => [
  response.status,
  ((await response.json()) as { error: { code: string } }).error.code,
]

describe('the conversations of a visitor', () => {
  it('are begun, listed from the latest on, and each told from the others', async () => {
    await using bot = await serveSmallBot()
    const ada = await Visitor.at(bot.url)
    expect(await listOf(ada)).toEqual([])
    const { conversationId: first } = await ada.say('about the  weather\nof today')
    const second = await begin(ada)
    await ada.say('about tea', 'm1', second)
    await bot.running.idle()
    expect(await listOf(ada)).toEqual([
      { id: second, title: 'about tea', unread: true, createdAt: expect.any(String) },
      { id: first, title: 'about the weather of today', unread: true, createdAt: expect.any(String) },
    ])
    expect(said((await ada.history(`?conversation=${second}`)).messages)).toEqual([
      'visitor text {"text":"about tea"}',
      'bot text {"text":"You said: about tea"}',
    ])
    expect((await ada.history()).conversationId).toBe(first)
    expect((await ada.history(`?conversation=${second}&limit=1`)).messages).toHaveLength(1)
  })

  it('are not begun where one has nothing in it yet', async () => {
    await using bot = await serveSmallBot()
    const ada = await Visitor.at(bot.url)
    const blank = await begin(ada)
    expect(await begin(ada)).toBe(blank)
    await ada.say('hello', 'm1', blank)
    const other = await ada.send('POST', 'conversations')
    expect(other.status).toBe(201)
    expect(await listOf(ada)).toHaveLength(2)
  })

  it('are begun by a request without a body or with JSON, and by no other', async () => {
    await using bot = await serveSmallBot()
    const ada = await Visitor.at(bot.url)
    expect(await codeOf(await ada.ask('conversations', { method: 'POST', body: '{"a' }))).toEqual([
      400,
      'request_invalid',
    ])
    expect(await listOf(ada)).toEqual([])
    expect((await ada.send('POST', 'conversations', {})).status).toBe(201)
  })

  it('are a hundred at most', async () => {
    await using bot = await serveSmallBot()
    const ada = await Visitor.at(bot.url)
    const { conversationId } = await ada.say('hello')
    await bot.running.idle()
    const client = bot.running.clientOf('webchat')
    const { visitor } = (await client.getConversation({ id: conversationId })).conversation.tags
    for (let count = 1; count < 100; count += 1)
      await client.getOrCreateConversation({ channel: 'channel', tags: { visitor, id: `${count}`, title: 'x' } })
    expect(await codeOf(await ada.send('POST', 'conversations'))).toEqual([409, 'too_many_conversations'])
    expect(await listOf(ada)).toHaveLength(100)
  })

  it('are followed one at a time, and of the others it is told that something was said', async () => {
    await using bot = await serveSmallBot()
    const ada = await Visitor.at(bot.url)
    const { conversationId: first } = await ada.say('one')
    const second = await begin(ada)
    await using watched = await ada.watch(`?conversation=${second}`)
    await ada.say('two', 'm2', first)
    await expect.poll(() => watched.of('conversation')).toContainEqual({ conversationId: first })
    await ada.say('three', 'm3', second)
    await expect.poll(() => watched.of('message').length).toBe(2)
    expect(said(watched.of('message') as never)).toEqual([
      'visitor text {"text":"three"}',
      'bot text {"text":"You said: three"}',
    ])
  })

  it('are no business of another visitor', async () => {
    await using bot = await serveSmallBot()
    const [ada, eve] = [await Visitor.at(bot.url), await Visitor.at(bot.url)]
    const { conversationId, messageId } = await ada.say('secret')
    const unknown = [404, 'conversation_unknown']
    expect(await codeOf(await eve.ask(`history?conversation=${conversationId}`))).toEqual(unknown)
    expect(await codeOf(await eve.ask(`events?conversation=${conversationId}`))).toEqual(unknown)
    expect(await codeOf(await eve.send('POST', 'typing', { typing: true, conversationId }))).toEqual(unknown)
    expect(await codeOf(await eve.upload('x', 'text/plain', 'a', `&conversation=${conversationId}`))).toEqual(unknown)
    const message = [404, 'message_unknown']
    expect(await codeOf(await eve.send('PATCH', `messages/${messageId}`, { text: 'x' }))).toEqual(message)
    expect(await codeOf(await eve.send('DELETE', `messages/${messageId}`))).toEqual(message)
    expect(await codeOf(await eve.send('POST', `messages/${messageId}/reactions`, { reaction: '👍' }))).toEqual(message)
    expect(await codeOf(await eve.send('POST', 'receipts', { messageId, what: 'read' }))).toEqual(message)
    expect(await listOf(eve)).toEqual([])
  })
})

describe('typing', () => {
  it('of the visitor is an event for the bot', async () => {
    await using bot = await serveSmallBot()
    const ada = await Visitor.at(bot.url)
    // There is nothing yet in which somebody could be typing.
    expect((await ada.send('POST', 'typing', { typing: true })).status).toBe(204)
    const { conversationId } = await ada.say('hello')
    for (const typing of [true, false])
      expect((await ada.send('POST', 'typing', { typing, conversationId })).status).toBe(204)
    await bot.running.idle()
    const userId = ada.token?.split('.')[0]
    expect(bot.heard).toEqual(
      [true, false].map((typing) => ({ type: 'webchat:visitorTyping', payload: { conversationId, userId, typing } })),
    )
    expect(await codeOf(await ada.send('POST', 'typing', { typing: 'yes' }))).toEqual([400, 'request_invalid'])
  })

  it('of the bot is shown at once, for as long as it says, and in its own conversation', async () => {
    await using bot = await serveSmallBot()
    const ada = await Visitor.at(bot.url)
    const { conversationId, messageId } = await ada.say('hello')
    const other = await begin(ada)
    await using watched = await ada.watch()
    await using elsewhere = await ada.watch(`?conversation=${other}`)
    const place = { conversationId, messageId }
    const tried: number[] = []
    for (const [timeout, shown] of [
      [undefined, 30_000],
      [5000, 5000],
      [9_000_000, 120_000],
    ] as const) {
      await bot.actions.startTypingIndicator({ ...place, timeout })
      tried.push(shown)
      await expect.poll(() => watched.of('typing').map((typing) => typing['timeout'])).toEqual(tried)
    }
    await bot.actions.stopTypingIndicator(place)
    await expect.poll(() => watched.of('typing').at(-1)).toEqual({ timeout: 0 })
    await bot.actions.startTypingIndicator({ conversationId: other, messageId })
    await expect.poll(() => elsewhere.of('typing')).toHaveLength(1)
    expect(watched.of('typing')).toHaveLength(4)
    const nowhere = bot.actions.startTypingIndicator({ conversationId: 'nowhere', messageId })
    await expect(nowhere).rejects.toMatchObject({ code: 'vendor_refused' })
  })
})
