import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BotApi } from './bot-api.fixture.ts'
import { fromAda, pressed, type SmallBot, smallBot, type Written } from './small-bot.fixture.ts'

let api: BotApi
let bot: SmallBot
let written: readonly Written[]
beforeEach(async () => {
  api = await BotApi.start()
  written = []
  bot = await smallBot({ apiUrl: api.url, answer: ({ payload }) => (payload['text'] === 'go' ? written : []) })
})
afterEach(async () => {
  await bot[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

/** Has the bot send these, and gives the calls that it made for them. */
async function send(...messages: readonly Written[]) {
  written = messages
  const before = api.calls.length
  await api.tell(fromAda({ text: 'go' }))
  await bot.running.idle()
  expect((await bot.running.deadLetters()).items).toEqual([])
  return api.calls.slice(before).map(({ method, parameters: { chat_id: _, ...rest } }) => [method, rest] as const)
}
const refusal = (description: string, error_code = 400) => ({ error_code, description: `Bad Request: ${description}` })

describe('buttons', () => {
  const options = [
    { label: 'Tea', value: 'tea, please' },
    { label: 'Coffee', value: 'coffee '.repeat(30).trim() },
  ]

  it('say their value when they are pressed, however long it is', async () => {
    const [[, { reply_markup }] = ['', {}]] = await send({ type: 'choice', payload: { text: 'Tea?', options } })
    const { inline_keyboard: keys } = reply_markup as { inline_keyboard: { text: string; callback_data: string }[][] }
    expect(keys.map((row) => row.map(({ text }) => text))).toEqual([['Tea'], ['Coffee']])
    for (const [key] of keys) await api.tell(pressed(key!.callback_data, 101))
    await bot.running.idle()
    expect(bot.messages.slice(1).map(({ type, payload, tags }) => [type, payload, tags])).toEqual(
      options.map(({ value }) => ['text', { text: value }, { buttonOf: '101' }]),
    )
    expect(bot.events).toEqual(
      options.map(({ value }) => ({
        type: 'telegram:buttonPressed',
        payload: { action: 'say', value, messageId: '101' },
        place: { conversation: '1111', user: '1111', knowsMessage: true },
      })),
    )
    expect(api.called('answerCallbackQuery')).toEqual(options.map(() => ({ callback_query_id: '4382bfdwdsb323b2d9' })))
  })

  it('that others made are an event alone', async () => {
    await api.tell(pressed('own-data', 7))
    await bot.running.idle()
    expect(bot.messages).toEqual([])
    expect(bot.events).toMatchObject([
      { payload: { action: 'other', value: 'own-data' }, place: { knowsMessage: false } },
    ])
  })

  it('count although Telegram cannot show that they were pressed', async () => {
    api.instead('answerCallbackQuery', refusal('query is too old and response timeout expired or query ID is invalid'))
    expect(await api.tell(pressed('sgo', 7))).toBe(200)
    await bot.running.idle()
    expect(bot.messages).toHaveLength(1)
  })

  it('of a dropdown stand in two columns, and more than Telegram takes below several messages', async () => {
    const many = Array.from({ length: 130 }, (_, index) => ({ label: `${index}`, value: `${index}` }))
    const calls = await send({ type: 'dropdown', payload: { text: 'Which?', options: many } })
    const rows = calls.map(([, { reply_markup }]) => (reply_markup as { inline_keyboard: object[][] }).inline_keyboard)
    expect(calls.map(([, { text }]) => text)).toEqual(['Which?', '…'])
    expect(rows.map((keys) => [keys.length, keys[0]?.length])).toEqual([
      [50, 2],
      [15, 2],
    ])
  })

  it('of a card stand below its picture, and links that Telegram would refuse are written out', async () => {
    const card = {
      title: 'Plugboard',
      subtitle: 'Bots',
      actions: [
        { action: 'url', label: 'Read', value: 'https://example.com/' },
        { action: 'url', label: 'Local', value: 'http://localhost:3000/' },
        { action: 'postback', label: 'Go', value: 'GO' },
      ],
    }
    const reply_markup = {
      inline_keyboard: [[{ text: 'Read', url: 'https://example.com/' }], [{ text: 'Go', callback_data: 'pGO' }]],
    }
    const text = 'Plugboard\nBots\nLocal: http://localhost:3000/'
    const entities = [{ type: 'bold', offset: 0, length: 9 }]
    expect(await send({ type: 'card', payload: card })).toEqual([['sendMessage', { text, entities, reply_markup }]])
    const imageUrl = 'https://example.com/a.png'
    expect(await send({ type: 'carousel', payload: { items: [{ ...card, imageUrl }, card] } })).toEqual([
      ['sendPhoto', { photo: imageUrl, caption: text, caption_entities: entities, reply_markup }],
      ['sendMessage', { text, entities, reply_markup }],
    ])
  })
})
