import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BotApi } from './bot-api.fixture.ts'
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
const start = async (options: Partial<Parameters<typeof smallBot>[0]> = {}) => {
  bot = await smallBot({ apiUrl: api.url, ...options })
}
/** Tells the bot, and gives what it heard. */
async function heard(...updates: readonly object[]) {
  for (const update of updates) expect(await api.tell(update)).toBe(200)
  await bot.running.idle()
  return bot.messages.map(({ type, payload, tags }) => ({ type, payload, tags }))
}
const file = (id: string, more: object = {}) => ({ file_id: id, file_unique_id: `u${id}`, file_size: 5, ...more })
const address = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/telegram\/files\/[\da-f]{64}\//)

describe('what people send', () => {
  beforeEach(async () => {
    for (const id of ['A', 'B']) api.files.set(id, { path: `x/${id}`, content: `bytes of ${id}` })
    await start()
  })

  it.each([
    [
      'a photo',
      { photo: [file('small', { width: 90, height: 67 }), file('A', { width: 800, height: 600 })], caption: 'Look' },
      { type: 'image', payload: { imageUrl: address, title: 'Look' } },
    ],
    [
      'a voice message',
      { voice: file('A', { duration: 3, mime_type: 'audio/ogg' }) },
      { type: 'audio', payload: { audioUrl: address, kind: 'voice' } },
    ],
    [
      'music',
      { audio: file('A', { duration: 200, title: 'Song', performer: 'Band', mime_type: 'audio/mpeg' }) },
      { type: 'audio', payload: { audioUrl: address, kind: 'audio', title: 'Song' } },
    ],
    [
      'a video',
      { video: file('A', { width: 1, height: 1, duration: 1 }), caption: 'Film' },
      { type: 'video', payload: { videoUrl: address, kind: 'video', title: 'Film' } },
    ],
    [
      'a round video',
      { video_note: file('A', { length: 240, duration: 1 }) },
      { type: 'video', payload: { videoUrl: address, kind: 'note' } },
    ],
    [
      'an animation, which is a document too',
      { animation: file('A', { width: 1, height: 1, duration: 1 }), document: file('A') },
      { type: 'video', payload: { videoUrl: address, kind: 'animation' } },
    ],
    [
      'a document',
      { document: file('A', { file_name: 'a b.pdf', mime_type: 'application/pdf' }) },
      { type: 'file', payload: { fileUrl: address, title: 'a b.pdf' } },
    ],
    [
      'a sticker',
      {
        sticker: file('A', {
          type: 'regular',
          width: 512,
          height: 512,
          is_animated: false,
          is_video: false,
          emoji: '👍',
          set_name: 'Set',
        }),
      },
      { type: 'sticker', payload: { stickerUrl: address, fileId: 'A', emoji: '👍', set: 'Set' } },
    ],
    [
      'a place',
      { location: { latitude: 1.5, longitude: 2.5 } },
      { type: 'location', payload: { latitude: 1.5, longitude: 2.5 } },
    ],
    [
      'a venue, which is a place too',
      {
        location: { latitude: 1.5, longitude: 2.5 },
        venue: { location: { latitude: 1.5, longitude: 2.5 }, title: 'Café', address: 'Main Street 1' },
      },
      { type: 'location', payload: { latitude: 1.5, longitude: 2.5, title: 'Café', address: 'Main Street 1' } },
    ],
    [
      'a contact',
      { contact: { phone_number: '+123', first_name: 'Bob', user_id: 77 } },
      { type: 'contact', payload: { phoneNumber: '+123', firstName: 'Bob', userId: '77' } },
    ],
    [
      'words with a link',
      { text: 'see here and there', entities: [{ type: 'text_link', offset: 4, length: 4, url: 'https://a.test/' }] },
      { type: 'text', payload: { text: 'see here (https://a.test/) and there' } },
    ],
  ])('%s', async (_, content, expected) => {
    const [message] = await heard(fromAda(content))
    expect(message).toMatchObject(expected)
    expect(Object.keys(message!.payload).toSorted()).toEqual(Object.keys(expected.payload).toSorted())
  })

  it('an album comes as its pictures, with what holds them together', async () => {
    const messages = await heard(
      fromAda({ photo: [file('A')], media_group_id: '13' }, 1),
      fromAda({ photo: [file('B')], media_group_id: '13' }, 2),
    )
    expect(messages.map(({ tags }) => tags)).toMatchObject([
      { albumId: '13', id: '1' },
      { albumId: '13', id: '2' },
    ])
  })

  it('an answer knows what it answers', async () => {
    const [message] = await heard(fromAda({ text: 'yes', reply_to_message: { ...fromAda({ text: '?' }, 12).message } }))
    expect(message?.tags).toMatchObject({ replyTo: '12' })
  })

  it('what was forwarded is known as such', async () => {
    const origin = { type: 'hidden_user', sender_user_name: 'Bob', date: 1 }
    const messages = await heard(fromAda({ text: 'own' }), fromAda({ text: 'news', forward_origin: origin }))
    expect(messages.map(({ tags }) => tags['forwarded'])).toEqual([undefined, 'true'])
  })

  it('what no channel carries is an event, as Telegram sent it', async () => {
    await heard(fromAda({ dice: { emoji: '🎲', value: 4 } }), { poll_answer: { poll_id: '1', option_ids: [0] } })
    expect(bot.messages).toEqual([])
    expect(bot.events.map(({ type, payload }) => [type, payload])).toMatchObject([
      ['telegram:updateReceived', { kind: 'dice', update: { message: { dice: { value: 4 } } } }],
      ['telegram:updateReceived', { kind: 'poll_answer', update: { poll_answer: { poll_id: '1' } } }],
    ])
  })

  it('what is an event has its conversation and its person, and says what it is whatever it answers', async () => {
    const answered = { ...fromAda({ text: '?' }, 12).message }
    const { from, chat } = answered
    const news = { id: -1005, title: 'News', type: 'channel' }
    await heard(
      fromAda({ reply_to_message: answered, quote: { text: '?', position: 0 }, dice: { emoji: '🎲', value: 4 } }),
      { channel_post: { message_id: 3, date: 1, sender_chat: news, chat: news, game: { title: 'Chess' } } },
      { poll_answer: { poll_id: '1', user: from, option_ids: [0] } },
      { chat_join_request: { chat, from, user_chat_id: 1111, date: 1 } },
      { poll: { id: '1', question: 'Tea?' } },
    )
    expect(bot.events.map(({ payload, place }) => [(payload as { kind: string }).kind, place])).toEqual([
      ['dice', { conversation: '1111', user: '1111', knowsMessage: false }],
      ['game', { conversation: '-1005', user: '-1005', knowsMessage: false }],
      ['poll_answer', { conversation: undefined, user: '1111', knowsMessage: false }],
      ['chat_join_request', { conversation: '1111', user: '1111', knowsMessage: false }],
      ['poll', { conversation: undefined, user: undefined, knowsMessage: false }],
    ])
  })

  it('what no message can hold is an event as well, and holds up nothing', async () => {
    await heard(fromAda({ location: { latitude: 1000, longitude: 0 } }), fromAda({ text: 'next' }))
    expect(bot.messages.map(({ payload }) => payload)).toEqual([{ text: 'next' }])
    expect(bot.events).toMatchObject([{ payload: { kind: 'location' }, place: { conversation: '1111' } }])
  })
})

describe('a command', () => {
  const command = (text: string, length: number) => ({ text, entities: [{ type: 'bot_command', offset: 0, length }] })

  it('is an event, and a text', async () => {
    await start()
    await heard(fromAda(command('/start  ref-1', 6)), inGroup(command('/help@Plug_Test_Bot', 19)))
    expect(bot.events.map(({ type, payload, place }) => [type, payload, place])).toEqual([
      [
        'telegram:commandReceived',
        { command: 'start', arguments: 'ref-1', messageId: '1365' },
        { conversation: '1111', user: '1111', knowsMessage: false },
      ],
      [
        'telegram:commandReceived',
        { command: 'help', arguments: '', messageId: '77' },
        { conversation: '-1002', user: '1111', knowsMessage: false },
      ],
    ])
    expect(bot.messages.map(({ payload }) => payload['text'])).toEqual(['/start  ref-1', '/help@Plug_Test_Bot'])
  })

  it('is an event alone where that is wanted', async () => {
    await start({ configuration: { commandsAsMessages: false } })
    expect(await heard(fromAda(command('/start', 6)))).toEqual([])
    expect(bot.events).toHaveLength(1)
  })

  it('for another bot of the group is a text like others', async () => {
    await start({ configuration: { commandsAsMessages: false } })
    expect(await heard(inGroup(command('/help@other_bot', 15)))).toHaveLength(1)
    expect(bot.events).toEqual([])
  })
})

describe('what happens beside messages', () => {
  beforeEach(() => start())
  const chat = fromAda({}).message.chat
  const from = fromAda({}).message.from

  it('a message that is edited is known again', async () => {
    await heard(fromAda({ text: 'teh' }, 5), {
      edited_message: { ...fromAda({ text: 'the', edit_date: 1 }, 5).message },
    })
    expect(bot.messages).toHaveLength(1)
    const place = { conversation: '1111', user: '1111', knowsMessage: true }
    expect(bot.events).toMatchObject([
      { type: 'telegram:messageChanged', payload: { messageId: '5', type: 'text', payload: { text: 'the' } }, place },
      { type: 'telegram:messageEdited', payload: { text: 'the' }, place },
    ])
  })

  it('reactions are told by what has changed', async () => {
    await heard(fromAda({ text: 'hi' }, 5), {
      message_reaction: {
        chat,
        message_id: 5,
        user: from,
        date: 1,
        old_reaction: [{ type: 'emoji', emoji: '👍' }],
        new_reaction: [
          { type: 'emoji', emoji: '❤' },
          { type: 'custom_emoji', custom_emoji_id: '5368324170671202286' },
        ],
      },
    })
    const place = { conversation: '1111', user: '1111', knowsMessage: true }
    expect(bot.events).toMatchObject([
      {
        type: 'telegram:reactionChanged',
        payload: { messageId: '5', added: ['❤', '5368324170671202286'], removed: ['👍'] },
        place,
      },
      { type: 'telegram:reactionRemoved', payload: { reaction: '👍' }, place },
      { type: 'telegram:reactionAdded', payload: { reaction: '❤️' }, place },
    ])
  })

  it('who blocks the bot, joins or leaves', async () => {
    const plug = { id: 4_839_574_812, is_bot: true, first_name: 'Plug' }
    const bob = { id: 9, is_bot: false, first_name: 'Bob' }
    await heard(
      {
        my_chat_member: {
          chat,
          from,
          date: 1,
          old_chat_member: { status: 'member', user: plug },
          new_chat_member: { status: 'kicked', user: plug, until_date: 0 },
        },
      },
      inGroup({ new_chat_members: [bob, plug] }),
      inGroup({ left_chat_member: bob }),
    )
    expect(bot.events.map(({ payload }) => payload)).toEqual([
      { member: { id: '4839574812', name: 'Plug' }, isThisBot: true, status: 'kicked', previousStatus: 'member' },
      { member: { id: '9', name: 'Bob' }, isThisBot: false, status: 'member', previousStatus: 'left' },
      { member: { id: '9', name: 'Bob' }, isThisBot: false, status: 'left', previousStatus: 'member' },
    ])
  })

  it('a post of a channel is told by the channel', async () => {
    const channel = { id: -1005, title: 'News', type: 'channel', username: 'news' }
    await heard({ channel_post: { message_id: 3, chat: channel, sender_chat: channel, date: 1, text: 'today' } })
    expect(bot.messages).toMatchObject([
      { conversation: { channel: 'channel', id: '-1005', title: 'News' }, user: { id: '-1005', name: 'News' } },
    ])
  })

  it('a person who is renamed has the new name', async () => {
    const renamed = fromAda({ text: 'two' }).message
    await heard(fromAda({ text: 'one' }), {
      message: { ...renamed, from: { ...from, first_name: 'Augusta', username: 'augusta', language_code: 'fr' } },
    })
    expect(bot.messages.map(({ user }) => user)).toMatchObject([
      { name: 'Ada Lovelace', username: 'ada', language: 'en' },
      { name: 'Augusta Lovelace', username: 'augusta', language: 'fr' },
    ])
  })
})
