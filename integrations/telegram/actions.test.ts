import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BotApi } from './bot-api.fixture.ts'
import { fromAda, type SmallBot, smallBot } from './small-bot.fixture.ts'

let api: BotApi
let bot: SmallBot
let said: string
let answered: string
beforeEach(async () => {
  api = await BotApi.start()
  bot = await smallBot({
    apiUrl: api.url,
    answer: () => [{ type: 'text', payload: { text: `${'a'.repeat(4096)}b` } }],
  })
  await api.tell(fromAda({ text: 'hello' }, 12))
  await bot.running.idle()
  const client = bot.running.clientOf('telegram')
  const [conversation] = (await client.listConversations()).items
  const messages = (await client.listMessages({ conversationId: conversation!.id })).items
  said = messages.find(({ direction }) => direction === 'incoming')!.id
  answered = messages.find(({ direction }) => direction === 'outgoing')!.id
  api.calls.splice(0)
})
afterEach(async () => {
  await bot[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})
const act = (name: string, input: object): Promise<unknown> => bot.actions[name]!(input)

describe('what can be done in Telegram', () => {
  it('reacts to a message, and takes the reaction back', async () => {
    await act('react', { messageId: said, emoji: '👍' })
    await act('react', { messageId: said })
    expect(api.called('setMessageReaction')).toEqual([
      { chat_id: 1111, message_id: 12, reaction: [{ type: 'emoji', emoji: '👍' }] },
      { chat_id: 1111, message_id: 12, reaction: [] },
    ])
  })

  it('edits what the bot has sent; the same text again is no failure', async () => {
    api.instead('editMessageText', {
      error_code: 400,
      description: 'Bad Request: message is not modified: specified new message content is the same',
    })
    await act('editMessage', { messageId: answered, markdown: '**new**' })
    await act('editMessage', { messageId: answered, markdown: '**new**' })
    expect(api.called('editMessageText')).toEqual(
      Array.from({ length: 2 }, () => ({
        chat_id: 1111,
        message_id: 101,
        text: 'new',
        entities: [{ type: 'bold', offset: 0, length: 3 }],
      })),
    )
  })

  it('takes the other parts of what it edits away, and edits what stands below a picture', async () => {
    await act('editMessage', { messageId: answered, markdown: 'short' })
    expect(api.called('deleteMessage')).toEqual([{ chat_id: 1111, message_id: 102 }])
    await act('deleteMessage', { messageId: answered })
    expect(api.called('deleteMessage').map(({ message_id }) => message_id)).toEqual([102, 101])
    api.instead('editMessageText', {
      error_code: 400,
      description: 'Bad Request: there is no text in the message to edit',
    })
    await act('editMessage', { messageId: answered, markdown: '**new**' })
    expect(api.called('editMessageCaption')).toEqual([
      { chat_id: 1111, message_id: 101, caption: 'new', caption_entities: [{ type: 'bold', offset: 0, length: 3 }] },
    ])
  })

  it('calls whatever the Bot API has, and not what is for the integration to say', async () => {
    const parameters = { chat_id: 1111, question: 'Tea?', options: [{ text: 'Yes' }, { text: 'No' }] }
    expect(await act('callApi', { method: 'sendPoll', parameters })).toMatchObject({ result: { message_id: 103 } })
    expect(api.calls).toEqual([{ method: 'sendPoll', parameters }])
    for (const method of ['setWebhook', 'getUpdates', '../getMe', 'toString2'])
      await expect(act('callApi', { method })).rejects.toMatchObject({ code: 'input_invalid' })
    await expect(act('callApi', { method: 'noSuchThing' })).rejects.toMatchObject({ code: 'vendor_refused' })
  })

  it('deletes all parts of a message', async () => {
    await act('deleteMessage', { messageId: answered })
    expect(api.called('deleteMessage').map(({ message_id }) => message_id)).toEqual([101, 102])
  })

  it('says which commands there are', async () => {
    const commands = [{ command: 'start', description: 'Begin' }]
    await act('setCommands', { commands })
    expect(api.called('setMyCommands')).toEqual([{ commands }])
  })

  it('shows that an answer is being written', async () => {
    const { items } = await bot.running.clientOf('telegram').listConversations()
    const input = { conversationId: items[0]!.id, messageId: said }
    await act('startTypingIndicator', input)
    await act('stopTypingIndicator', input)
    expect(api.calls).toEqual([{ method: 'sendChatAction', parameters: { chat_id: 1111, action: 'typing' } }])
  })
})

describe('people and chats of which nothing has come', () => {
  it('are found by what Telegram calls them, and stay the same when they write', async () => {
    const first = await act('getOrCreateUser', { user: { id: '1111' } })
    expect(await act('getOrCreateUser', { user: { id: '1111' } })).toEqual(first)
    const { items } = await bot.running.clientOf('telegram').listUsers()
    expect(items.map(({ id }) => ({ userId: id }))).toEqual([first])
    const { items: conversations } = await bot.running.clientOf('telegram').listConversations()
    for (const chatId of ['1111', '@plugs'])
      expect(await act('getOrCreateConversation', { conversation: { chatId } })).toEqual({
        conversationId: conversations[0]!.id,
      })
  })

  it('are topics too, where a group has some', async () => {
    const conversation = { chatId: '-1002', threadId: '45' }
    const { conversationId } = (await act('getOrCreateConversation', { conversation })) as { conversationId: string }
    const { conversation: made } = await bot.running.clientOf('telegram').getConversation({ id: conversationId })
    expect([made.channel, made.tags]).toMatchObject(['group', { id: '-1002/45', title: 'Plugs' }])
    await expect(
      act('getOrCreateConversation', { conversation: { chatId: '1111', threadId: '45' } }),
    ).rejects.toMatchObject({ code: 'vendor_refused' })
  })

  it('are refused if Telegram does not know them, or they are no people, and nothing is made', async () => {
    await expect(act('getOrCreateUser', { user: { id: '404' } })).rejects.toMatchObject({ code: 'vendor_refused' })
    await expect(act('getOrCreateConversation', { conversation: { chatId: '-404' } })).rejects.toMatchObject({
      code: 'vendor_refused',
    })
    const client = bot.running.clientOf('telegram')
    expect([(await client.listUsers()).items.length, (await client.listConversations()).items.length]).toEqual([1, 1])
  })
})
