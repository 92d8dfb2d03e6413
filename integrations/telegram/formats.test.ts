import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BotApi } from './bot-api.fixture.ts'
import { fromAda, type SmallBot, smallBot, type Written } from './small-bot.fixture.ts'

let api: BotApi
let bot: SmallBot
let written: readonly Written[]
beforeEach(async () => {
  api = await BotApi.start()
  written = []
  bot = await smallBot({ apiUrl: api.url, answer: () => written })
})
afterEach(async () => {
  await bot[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

/** Has the bot send something, and gives the calls that it made for it. */
async function send(message: Written) {
  written = [message]
  const before = api.calls.length
  await api.tell(fromAda({ text: 'go' }))
  await bot.running.idle()
  expect((await bot.running.deadLetters()).items).toEqual([])
  return api.calls.slice(before).map(({ method, parameters: { chat_id: _, ...rest } }) => [method, rest] as const)
}
const text = 'see this (https://no.) now'
const markdown = 'see [this](https://no.) **now**'

describe('a format that Telegram refuses', () => {
  it('loses nothing of what is said: it goes without, with the address behind its words', async () => {
    const calls = await send({ type: 'markdown', payload: { markdown } })
    expect(calls).toMatchObject([
      ['sendMessage', { text: 'see this now', entities: [{ type: 'text_link' }, { type: 'bold' }] }],
      ['sendMessage', { text }],
    ])
    expect(calls[1]![1]).not.toHaveProperty('entities')
  })

  it('loses nothing of an answer that is shown while it is made, or of one that is changed', async () => {
    const grown = Promise.withResolvers<void>()
    async function* stream() {
      yield 'see'
      await grown.promise
      yield markdown.slice(3)
    }
    const sending = send({ type: 'markdown', payload: {}, stream: stream() })
    await expect.poll(() => api.called('sendMessage').length, { timeout: 10_000 }).toBe(1)
    grown.resolve()
    expect((await sending).at(-1)).toEqual(['editMessageText', { message_id: 101, text }])
    const client = bot.running.clientOf('telegram')
    const conversationId = (await client.listConversations()).items[0]!.id
    const { items } = await client.listMessages({ conversationId })
    const { id: messageId } = items.find(({ direction }) => direction === 'outgoing')!
    await bot.actions['editMarkdown']!({ messageId, markdown })
    expect(api.called('editMessageText').at(-1)).toEqual({ chat_id: 1111, message_id: 101, text })
  })

  it('that is no format is no reason to send anything again', async () => {
    written = [{ type: 'markdown', payload: { markdown } }]
    api.instead('sendMessage', { error_code: 400, description: 'Bad Request: chat not found' })
    await api.tell(fromAda({ text: 'go' }))
    await bot.running.idle()
    expect(api.called('sendMessage')).toHaveLength(1)
    expect((await bot.running.deadLetters()).items).toMatchObject([{ code: 'vendor_refused' }])
  })
})

it.each([
  ['quotes', `${'>'.repeat(3000)} x`],
  ['lists', `${'- '.repeat(1500)}x`],
])('%s that are nested deeper than anybody reads go as they are', async (_, nested) => {
  expect(await send({ type: 'markdown', payload: { markdown: nested } })).toEqual([['sendMessage', { text: nested }]])
})

it.each([0, 1, 2, 3, 4, 5, 6])(
  'people who are one character stay together, though %i letters are before',
  async (letters) => {
    const family = '👨‍👩‍👧‍👦'
    const calls = await send({ type: 'text', payload: { text: `${'x'.repeat(letters)}${family.repeat(500)}` } })
    for (const [index, [, { text: piece }]] of calls.entries())
      expect((String(piece).length - (index === 0 ? letters : 0)) % family.length).toBe(0)
  },
)
