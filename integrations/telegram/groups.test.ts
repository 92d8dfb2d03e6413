import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BotApi } from './bot-api.fixture.ts'
import { fromAda, inGroup, type SmallBot, smallBot } from './small-bot.fixture.ts'

let api: BotApi
let bot: SmallBot
beforeEach(async () => {
  api = await BotApi.start()
  bot = await smallBot({
    apiUrl: api.url,
    answer: ({ payload: { text } }) =>
      text === 'go' ? [{ type: 'choice', payload: { text: 'Which?', options: [{ label: 'Long', value }] } }] : [],
  })
})
afterEach(async () => {
  await bot[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})
const value = 'long '.repeat(30).trim()
const heard = async (...updates: readonly object[]): Promise<void> => {
  for (const update of updates) expect(await api.tell(update)).toBe(200)
  await bot.running.idle()
}
const ids = async () => (await bot.running.clientOf('telegram').listConversations()).items.map(({ tags }) => tags['id'])
const supergroup = (content: object, message_id: number) => ({
  message: { ...inGroup(content, message_id).message, chat: { id: -1009, title: 'Plugs', type: 'supergroup' } },
})

describe('in a group', () => {
  it('a mention of the bot is an event beside the message, and that of others is none', async () => {
    const mention = (text: string, offset: number, length: number, more: object = {}) =>
      inGroup({ text, entities: [{ type: 'mention', offset, length, ...more }] })
    await heard(
      mention('hey @Plug_Test_Bot help', 4, 14),
      mention('hey @plug_test_bot2 help', 4, 15),
      mention('Plug, help', 0, 4, {
        type: 'text_mention',
        user: { id: 4_839_574_812, is_bot: true, first_name: 'Plug' },
      }),
      fromAda({ text: '@plug_test_bot', entities: [{ type: 'mention', offset: 0, length: 14 }] }),
    )
    expect(bot.messages).toHaveLength(4)
    expect(bot.events.map(({ type, payload }) => [type, (payload as { text: string }).text])).toEqual([
      ['telegram:botMentioned', 'hey  help'],
      ['telegram:botMentioned', ', help'],
    ])
  })

  it('what one person writes to a channel is a conversation of their own, and answered there', async () => {
    const direct = (topic_id: number, text: string) => ({
      message: {
        ...inGroup({ text, direct_messages_topic: { topic_id } }).message,
        chat: { id: -1003, title: 'News', type: 'supergroup', is_direct_messages: true },
      },
    })
    await heard(direct(7, 'go'), direct(8, 'hello'))
    expect(await ids()).toEqual(expect.arrayContaining(['-1003/d7', '-1003/d8']))
    expect(api.called('sendMessage')).toMatchObject([{ chat_id: -1003, direct_messages_topic_id: 7 }])
  })

  it('the press of a button that is too old for Telegram to say its topic is in the topic all the same', async () => {
    await heard(inGroup({ text: 'go', message_thread_id: 45, is_topic_message: true }))
    const [{ reply_markup }] = api.called('sendMessage') as [
      { reply_markup: { inline_keyboard: [[{ callback_data: string }]] } },
    ]
    const { callback_data: data } = reply_markup.inline_keyboard[0][0]
    const { chat, from } = inGroup({}).message
    await heard({
      callback_query: { id: '1', from, message: { message_id: 101, chat, date: 0 }, chat_instance: '1', data },
    })
    expect(bot.messages.at(-1)).toMatchObject({ payload: { text: value }, conversation: { id: '-1002/45' } })
    expect(bot.events).toMatchObject([
      { payload: { action: 'say' }, place: { conversation: '-1002/45', knowsMessage: true } },
    ])
  })

  it('topics that are created and closed', async () => {
    const topic = { message_thread_id: 45, is_topic_message: true }
    await heard(
      inGroup({ ...topic, forum_topic_created: { name: 'Help', icon_color: 1 } }),
      inGroup({ ...topic, forum_topic_closed: {} }),
    )
    expect(bot.events.map(({ payload, place }) => [payload, place])).toMatchObject([
      [{ change: 'created', title: 'Help' }, { conversation: '-1002/45' }],
      [{ change: 'closed' }, { conversation: '-1002/45' }],
    ])
    const { items } = await bot.running.clientOf('telegram').listConversations()
    expect(items.map(({ tags }) => tags['title'])).toEqual(['Help'])
  })

  it('a group that becomes a supergroup stays the same conversation', async () => {
    await heard(inGroup({ text: 'before' }), inGroup({ migrate_to_chat_id: -1009 }), {
      message: { ...inGroup({ text: 'after' }, 78).message, chat: { id: -1009, title: 'Plugs', type: 'supergroup' } },
    })
    const { items } = await bot.running.clientOf('telegram').listConversations()
    expect(items.map(({ tags }) => tags)).toMatchObject([{ id: '-1009', chatId: '-1009' }])
    expect(bot.messages).toHaveLength(2)
  })

  it('that becomes a supergroup, the new one may tell of it first, or somebody may have written there', async () => {
    await heard(
      inGroup({ text: 'before' }),
      supergroup({ migrate_from_chat_id: -1002 }, 1),
      inGroup({ migrate_to_chat_id: -1009 }),
    )
    expect(await ids()).toEqual(['-1009'])
    await heard(
      { message: { ...inGroup({ text: 'before' }).message, chat: { id: -7, title: 'Sockets', type: 'group' } } },
      {
        message: {
          ...inGroup({ migrate_to_chat_id: -1009 }).message,
          chat: { id: -7, title: 'Sockets', type: 'group' },
        },
      },
      supergroup({ text: 'after' }, 3),
    )
    expect(new Set(await ids())).toEqual(new Set(['-1009', '-7']))
    expect(bot.messages.at(-1)).toMatchObject({ conversation: { id: '-1009' } })
    expect(bot.events).toEqual([])
  })
})
