/** Against an emulator that was written by others. It sends no events: those are signed here. */
import { createEmulator, type Emulator } from 'emulate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freePort } from './free-port.fixture.ts'
import { inChannel } from './requests.fixture.ts'
import { type SmallBot, smallBot, type Written } from './small-bot.fixture.ts'

const botToken = 'xoxb-emulated'
const admin = 'xoxp-admin'
let emulator: Emulator
let bot: SmallBot
let written: readonly Written[]
beforeEach(async () => {
  emulator = await createEmulator({
    service: 'slack',
    port: await freePort(),
    seed: {
      slack: {
        users: [
          { name: 'plug', real_name: 'Plug' },
          { name: 'ada', real_name: 'Ada Lovelace', email: 'ada@example.com' },
        ],
        channels: [{ name: 'plans' }, { name: 'secret', is_private: true }],
        tokens: [
          { token: botToken, user: 'plug', type: 'bot' },
          { token: admin, user: 'admin', type: 'user' },
        ],
      },
    },
  })
  written = []
  bot = await smallBot({
    apiUrl: `${emulator.url}/api/`,
    configuration: { botToken },
    answer: ({ payload }) => (payload['text'] === 'go' ? written : []),
  })
})
afterEach(async () => {
  await bot[Symbol.asyncDispose]()
  await emulator.close()
})

/** Does something as a person. */
async function asPerson<T>(method: string, parameters: Record<string, string>): Promise<T> {
  const response = await fetch(`${emulator.url}/api/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${admin}` },
    body: new URLSearchParams(parameters),
  })
  return (await response.json()) as T
}
interface Message {
  readonly ts: string
  readonly text: string
  readonly thread_ts?: string
  readonly blocks?: readonly { readonly type: string }[]
  readonly files?: readonly { readonly title: string }[]
  readonly reactions?: readonly { readonly name: string }[]
}
const channelNamed = async (name: string): Promise<string> => {
  const { channels } = await asPerson<{ channels: { id: string; name: string }[] }>('conversations.list', {
    types: 'public_channel,private_channel',
  })
  return channels.find((channel) => channel.name === name)?.id ?? ''
}
const history = async (channel: string): Promise<Message[]> =>
  (await asPerson<{ messages: Message[] }>('conversations.history', { channel })).messages.toReversed()
/** Writes as a person, and tells the bot of it as Slack would. */
async function write(channel: string, text: string): Promise<string> {
  const { ts } = await asPerson<{ ts: string }>('chat.postMessage', { channel, text })
  await bot.tell(inChannel({ channel, text, ts, user: 'U000000001' }))
  return ts
}

describe('with the emulator', () => {
  it('a bot hears and answers, reacts, changes what it has said and deletes it', async () => {
    expect(bot.running.installations).toMatchObject([{ active: true, registration: { status: 'registered' } }])
    const channel = await channelNamed('plans')
    written = [{ type: 'choice', payload: { text: 'Tea?', options: [{ label: 'Tea', value: 'tea' }] } }]
    const ts = await write(channel, 'go')
    expect(bot.messages).toMatchObject([{ conversation: { title: 'plans' }, user: { name: 'admin' } }])
    expect((await history(channel)).at(-1)).toMatchObject({
      text: 'Tea?',
      blocks: [{ type: 'section' }, { type: 'actions' }],
    })
    const [conversation] = (await bot.client.listConversations()).items
    const { items } = await bot.client.listMessages({ conversationId: conversation!.id })
    const [said, answered] = items.map(({ id }) => ({ conversationId: conversation!.id, messageId: id }))
    for (const _ of [1, 2]) await bot.actions['addReaction']!({ ...said, reaction: '👍' })
    expect((await history(channel)).find((message) => message.ts === ts)?.reactions).toMatchObject([{ name: '+1' }])
    for (const _ of [1, 2]) await bot.actions['removeReaction']!({ ...said, reaction: '👍' })
    await bot.actions['editMessage']!({ ...answered, text: 'Coffee?' })
    const changed = (await history(channel)).at(-1)
    expect([changed?.text, changed?.blocks ?? []]).toEqual(['Coffee?', []])
    for (const _ of [1, 2]) await bot.actions['deleteMessage']!(answered!)
    expect((await history(channel)).map((message) => message.text)).toEqual(['go'])
    await expect(bot.actions['editMessage']!({ ...said, text: 'mine' })).rejects.toMatchObject({
      code: 'vendor_refused',
    })
  })

  it('a bot answers in a thread, and uploads files that people read', async () => {
    const channel = await channelNamed('plans')
    written = [{ type: 'file', payload: { fileUrl: 'data:text/plain;base64,aGVsbG8=', title: 'A file' } }]
    const { ts } = await asPerson<{ ts: string }>('chat.postMessage', { channel, text: 'root' })
    await bot.tell(inChannel({ channel, text: 'go', user: 'U000000001', thread_ts: ts }))
    expect((await bot.running.deadLetters()).items).toEqual([])
    const { messages } = await asPerson<{ messages: Message[] }>('conversations.replies', { channel, ts })
    expect(messages.at(-1)).toMatchObject({ thread_ts: ts, files: [{ title: 'A file' }] })
    const { items } = await bot.client.listMessages({
      conversationId: (await bot.client.listConversations()).items[0]!.id,
    })
    expect(items.at(-1)?.tags['id']).toBe(messages.at(-1)?.ts)
  })

  it('a bot writes to people and in channels before anything has come from them', async () => {
    const { id } = (await bot.actions['findPerson']!({ email: 'ada@example.com' })) as { id: string }
    await bot.actions['getOrCreateUser']!({ user: { id } })
    const direct = (await bot.actions['getOrCreateConversation']!({ conversation: { channelId: id } })) as object
    expect(await bot.actions['getOrCreateConversation']!({ conversation: { channelId: id } })).toEqual(direct)
    await expect(bot.actions['getOrCreateUser']!({ user: { id: 'U0NOBODY' } })).rejects.toMatchObject({
      code: 'vendor_refused',
    })
    expect((await bot.client.listUsers()).items.map(({ name }) => name)).toEqual(['ada'])
  })

  it('a bot lists channels and accounts, page by page, and creates channels', async () => {
    const all = async (name: string): Promise<string[]> => {
      const names: string[] = []
      let cursor: string | undefined
      do {
        const page = (await bot.actions[name]!({ limit: 2, ...(cursor !== undefined && { cursor }) })) as {
          items: { name: string }[]
          nextCursor?: string
        }
        names.push(...page.items.map((item) => item.name))
        cursor = page.nextCursor
      } while (cursor !== undefined)
      return names
    }
    const { item } = (await bot.actions['createChannel']!({ draft: { name: 'new-plans' } })) as { item: object }
    expect(item).toMatchObject({ name: 'new-plans', isMember: true, isPrivate: false })
    await expect(bot.actions['createChannel']!({ draft: { name: 'new-plans' } })).rejects.toMatchObject({
      code: 'vendor_refused',
      message: expect.stringContaining('name_taken'),
    })
    expect((await all('listChannels')).toSorted()).toEqual(['general', 'new-plans', 'plans', 'random', 'secret'])
    expect((await all('listUsers')).toSorted()).toEqual(['ada', 'admin', 'plug'])
  })
})
