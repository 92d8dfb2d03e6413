import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fromAda, inChannel } from './requests.fixture.ts'
import { type SmallBot, smallBot } from './small-bot.fixture.ts'
import { limited, WebApi } from './web-api.fixture.ts'

let api: WebApi
let bot: SmallBot
beforeEach(async () => {
  api = await WebApi.start()
  bot = await smallBot({
    apiUrl: api.url,
    answer: () => [{ type: 'text', payload: { text: `${'a'.repeat(3900)} b` } }],
  })
})
afterEach(async () => {
  await bot[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})
const act = (name: string, input: object): Promise<unknown> => bot.actions[name]!(input)

describe('what becomes of messages', () => {
  let said: { conversationId: string; messageId: string }
  let answered: typeof said
  beforeEach(async () => {
    const { ts } = api.workspace.write('D0ADA', 'U0ADA', 'hello')
    await bot.tell(fromAda({ ts }))
    const [conversation] = (await bot.client.listConversations()).items
    const { items } = await bot.client.listMessages({ conversationId: conversation!.id })
    const idOf = (direction: string) => items.find((message) => message.direction === direction)!.id
    said = { conversationId: conversation!.id, messageId: idOf('incoming') }
    answered = { conversationId: conversation!.id, messageId: idOf('outgoing') }
    api.calls.splice(0)
  })

  it('is that they get reactions and lose them, once however often it is asked', async () => {
    for (const name of ['addReaction', 'addReaction', 'removeReaction', 'removeReaction'])
      await act(name, { ...said, reaction: '❤' })
    const { ts } = api.workspace.said[0]!
    expect(api.called('reactions.add')).toEqual(
      Array.from({ length: 2 }, () => ({ channel: 'D0ADA', timestamp: ts, name: 'heart' })),
    )
    expect(api.called('reactions.remove')).toHaveLength(2)
  })

  it('is that they are changed, with all of their parts', async () => {
    const before = api.workspace.said.length
    await act('editMessage', { ...answered, text: 'new' })
    expect(api.workspace.said.slice(1).map(({ text }) => text)).toEqual(['new'])
    expect(before - api.workspace.said.length).toBe(0)
    const long = 'long '.repeat(1500).trim()
    await act('editMessage', { ...answered, text: long })
    expect(
      api.workspace.said
        .slice(1)
        .map(({ text }) => text)
        .join(' '),
    ).toBe(long)
    await act('editMessage', { ...answered, text: 'short' })
    expect(api.workspace.said.slice(1).map(({ text }) => text)).toEqual(['short'])
    await expect(act('editMessage', { ...said, text: 'mine' })).rejects.toMatchObject({ code: 'vendor_refused' })
  })

  it('is that they are deleted, and stay deleted', async () => {
    for (const _ of [1, 2]) await act('deleteMessage', answered)
    expect(api.workspace.said.map(({ user }) => user)).toEqual(['U0ADA'])
  })

  it('is shown below them while an answer is written, until it is there', async () => {
    const { ts } = api.workspace.said[0]!
    const shown = { channel_id: 'D0ADA', thread_ts: ts }
    await act('startTypingIndicator', said)
    await act('stopTypingIndicator', said)
    await act('startTypingIndicator', said)
    await bot.tell(fromAda({ text: 'well?' }))
    await bot.tell(fromAda({ text: 'well?' }))
    expect(api.called('assistant.threads.setStatus')).toEqual([
      { ...shown, status: 'is typing…' },
      { ...shown, status: '' },
      { ...shown, status: 'is typing…' },
      { ...shown, status: '' },
    ])
  })
})

it('is shown in a thread while an answer is written, where Slack takes it away by itself', async () => {
  await bot.tell(inChannel({ thread_ts: '1780000000.000100' }))
  const [conversation] = (await bot.client.listConversations()).items
  const [message] = (await bot.client.listMessages({ conversationId: conversation!.id })).items
  await act('startTypingIndicator', { conversationId: conversation!.id, messageId: message!.id })
  await bot.tell(inChannel({ thread_ts: '1780000000.000100' }))
  expect(api.called('assistant.threads.setStatus')).toEqual([
    { channel_id: 'C0GENERAL', thread_ts: '1780000000.000100', status: 'is typing…' },
  ])
})

describe('people and places of which nothing has come', () => {
  it('are found by what Slack calls them, and stay the same when they write', async () => {
    const user = await act('getOrCreateUser', { user: { id: 'U0ADA' }, name: 'Somebody' })
    const { conversationId } = (await act('getOrCreateConversation', { conversation: { channelId: 'U0ADA' } })) as {
      conversationId: string
    }
    await bot.tell(fromAda())
    expect((await bot.client.listUsers({ tags: { id: 'U0ADA' } })).items).toMatchObject([
      { id: (user as { userId: string }).userId, name: 'Ada Lovelace', pictureUrl: 'https://example.com/ada.png' },
    ])
    expect((await bot.client.listConversations()).items).toMatchObject([
      { id: conversationId, channel: 'dm', tags: { person: 'U0ADA' } },
    ])
  })

  it('are threads too', async () => {
    const { ts } = api.workspace.write('C0GENERAL', 'U0ADA', 'hello')
    const conversation = { channelId: 'C0GENERAL', threadTs: ts }
    const { conversationId } = (await act('getOrCreateConversation', { conversation })) as { conversationId: string }
    const { conversation: made } = await bot.client.getConversation({ id: conversationId })
    expect([made.channel, made.tags]).toMatchObject(['thread', { id: `C0GENERAL/${ts}` }])
  })

  it.each([
    ['getOrCreateUser', { user: { id: 'U0NOBODY' } }],
    ['getOrCreateUser', { user: { id: 'U0GONE' } }],
    ['getOrCreateConversation', { conversation: { channelId: 'C0NONE' } }],
    ['getOrCreateConversation', { conversation: { channelId: 'C0OTHER' } }],
    ['getOrCreateConversation', { conversation: { channelId: 'C0OLD' } }],
    ['getOrCreateConversation', { conversation: { channelId: 'U0GONE' } }],
    ['getOrCreateConversation', { conversation: { channelId: 'C0GENERAL', threadTs: '1.1' } }],
  ])(
    'are refused if Slack does not know them or lets nobody write there, and nothing is made: %s %j',
    async (name, input) => {
      await expect(act(name, input)).rejects.toMatchObject({ code: 'vendor_refused' })
      expect([(await bot.client.listUsers()).items, (await bot.client.listConversations()).items]).toEqual([[], []])
    },
  )
})

describe('one interface twice', () => {
  it('lists channels, and accounts, each by its own cursors', async () => {
    const channels = (await act('listChannels', { limit: 2 })) as { items: { name: string }[]; nextCursor: string }
    const users = (await act('listUsers', { limit: 3 })) as { items: object[]; nextCursor: string }
    expect(channels.items.map(({ name }) => name)).toEqual(['general', 'support'])
    expect(users.items[0]).toEqual({
      id: 'U0ADA',
      name: 'Ada Lovelace',
      username: 'ada',
      email: 'ada@example.com',
      pictureUrl: 'https://example.com/ada.png',
      isBot: false,
      isDeactivated: false,
    })
    const rest = (await act('listChannels', { cursor: channels.nextCursor })) as typeof channels
    expect(rest.items.map(({ name }) => name)).toEqual(['other', 'secret'])
    expect(rest.nextCursor).toBeUndefined()
    await expect(act('listUsers', { cursor: channels.nextCursor })).rejects.toMatchObject({ code: 'vendor_refused' })
  })

  it('creates channels, and tells of each once', async () => {
    const { item } = (await act('createChannel', { draft: { name: 'plans', isPrivate: true } })) as {
      item: { id: string }
    }
    expect(item).toEqual({
      id: expect.any(String),
      name: 'plans',
      isPrivate: true,
      isMember: true,
      topic: '',
      purpose: 'About plans',
    })
    await bot.tell({ type: 'channel_created', channel: { id: item.id, name: 'plans', creator: 'U0BOT' } })
    expect(bot.events.map(({ type, payload }) => [type, payload])).toEqual([['slack:channelCreated', { item }]])
    await expect(act('createChannel', { draft: { name: 'plans' } })).rejects.toMatchObject({ code: 'vendor_refused' })
    await expect(act('createChannel', { draft: { name: 'No Name' } })).rejects.toMatchObject({ code: 'input_invalid' })
  })
})

describe('what else can be done', () => {
  it('is to answer at the address of a command, and at no other', async () => {
    await act('respond', { responseUrl: `${api.origin}/response/1`, markdown: '**yes**', visibleTo: 'everyone' })
    await act('respond', { responseUrl: `${api.origin}/response/1`, markdown: 'no', replace: true })
    expect(api.responses).toEqual([
      { text: '*yes*', response_type: 'in_channel', replace_original: false },
      { text: 'no', response_type: 'ephemeral', replace_original: true },
    ])
    for (const responseUrl of ['https://example.com/', 'http://127.0.0.1:1/', 'https://hooks.slack.com.example.com/'])
      await expect(act('respond', { responseUrl, markdown: 'x' })).rejects.toMatchObject({ code: 'vendor_refused' })
  })

  it('is to answer there later, if Slack wants that', async () => {
    api.instead('response', limited(2))
    const answer = { responseUrl: `${api.origin}/response/1`, markdown: 'x' }
    await expect(act('respond', answer)).rejects.toMatchObject({ code: 'vendor_rate_limited', retryAfter: 2000 })
  })

  it('is to write to one person, to open modals and homes, to find people, to join channels and to see who is there', async () => {
    const place = (await act('getOrCreateConversation', { conversation: { channelId: 'C0GENERAL' } })) as object
    api.calls.splice(0)
    await act('sendEphemeral', { ...place, person: 'U0ADA', markdown: '**psst**' })
    const view = { type: 'modal', title: { type: 'plain_text', text: 'A' }, blocks: [] }
    expect(await act('openView', { triggerId: '1.2.3', view })).toEqual({ viewId: 'V0VIEW' })
    expect(await act('updateView', { viewId: 'V0VIEW', view })).toEqual({ viewId: 'V0VIEW' })
    expect(await act('publishHome', { person: 'U0ADA', view: { type: 'home', blocks: [] } })).toEqual({
      viewId: 'V0HOME',
    })
    expect(await act('findPerson', { email: 'bob@example.com' })).toEqual({ id: 'U0BOB' })
    await act('joinChannel', { channelId: 'C0OTHER' })
    expect(await act('listMembers', { channelId: 'C0OTHER', limit: 2 })).toEqual({
      people: ['U0ADA', 'U0BOB'],
      nextCursor: 'next:2',
    })
    expect(api.calls.slice(0, 3)).toEqual([
      { method: 'chat.postEphemeral', parameters: { channel: 'C0GENERAL', user: 'U0ADA', text: '*psst*' } },
      { method: 'views.open', parameters: { trigger_id: '1.2.3', view } },
      { method: 'views.update', parameters: { view_id: 'V0VIEW', view } },
    ])
  })
})
